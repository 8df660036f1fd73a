// Over 300 lines: the one place where a lab, its journal, its time and its watchers meet; the parts are in files of their own.
import type { ApiRequest, Change } from "@/sim/apiserver/request";
import type { Cluster, ClusterInput } from "@/sim/cluster";
import type { EditRequest, JournalEntry, LabApi, LabHost, ShellMemory } from "@/workstation/lab/types";
import { AppError } from "../errors";
import { createKubeApiHandler, type KubeApiHandler } from "../kubeapi/handler";
import type { LabTime } from "../realtime/protocol";
import { LabClock } from "./clock";
import { clusterDelta, clusterEvents, clusterObjects } from "./cluster-view";
import type { LabEngine } from "./engine";
import { AutoGrader } from "./grader";
import { FILE_LIMIT_BYTES, listHome, readHome, writeHome } from "./home-files";
import type { HostEntry, Journal, StoredLab } from "./journal";
import type { CallInput, CallResult, LabEvent, LabSeed, LabView } from "./messages";
import { readObject } from "./object-read";
import { Outbox } from "./outbox";
import { OutsideApi } from "./outside";
import { Pace } from "./pace";
import { SCROLLBACK_LIMIT, Screen } from "./screen";
import { FELT_AFTER_MS, type Struck, seemsMended, strike } from "./stroke";
import { UndoStack } from "./undo";

/** Deltas leave at most this often. */
const DELTA_EVERY_MS = 80;
/** A snapshot shortens the journal that a restart has to replay. */
const SNAPSHOT_EVERY = 200;
/** Entries that may wait for the disk before the lab itself waits. */
const BACKLOG_LIMIT = 500;
export const TERMINALS_LIMIT = 8;
export const COMMANDS_LIMIT = 5_000;
const EDITS_LIMIT = 16;
/** What clients from outside write within this time is taken back together. */
const OUTSIDE_BURST_MS = 1_000;
const OUTSIDE_LINE_LIMIT = 200;
/** How far `skip` and `next-change` go at once. */
const SKIP_LIMIT_MS = 24 * 3600_000;
const NEXT_CHANGE_LIMIT_MS = 3600_000;

interface OpenTerminal {
  screen: Screen;
  /** Absent until somebody opens it after a restart. */
  memory?: ShellMemory;
  live: boolean;
}

/** One lab in memory: runs its time, writes its journal, tells its watchers, and can be brought back from what it wrote. */
export class HostedLab {
  private lab!: LabApi;
  private pace!: Pace;
  private clock!: LabClock;
  private forget: (() => void)[] = [];
  private readonly outbox: Outbox;
  private readonly undoStack = new UndoStack();
  private readonly grader: AutoGrader;
  private terminals = new Map<string, OpenTerminal>();
  private edits = new Map<string, EditRequest>();
  private commands: StoredLab["commands"] = [];
  private seq = 0;
  private snapshotSeq = -1;
  private nextEdit = 1;
  private told = 0;
  /** How far the journal's last entry brings the lab back. */
  private kept = { atMs: 0, version: 0 };
  private outsideWroteAt = Number.NEGATIVE_INFINITY;
  private struck: Struck | undefined;
  private mending: Promise<void> | undefined;
  private deltaTimer: NodeJS.Timeout | undefined;
  private flushing = false;
  private viewers = 0;
  private replaying = true;
  private ended = false;
  private readonly outside = this.openOutside();
  /** The cluster's API for clients from outside, over HTTP. */
  readonly kubeApi: KubeApiHandler = createKubeApiHandler({ cluster: this.outside, prefix: "" });
  /** Wall time at which somebody last looked or a command ran. */
  lastUsedAt = performance.now();

  private constructor(
    private readonly seed: LabSeed,
    private readonly engine: LabEngine,
    private readonly journal: Journal,
    send: (event: LabEvent) => void,
    private readonly wallNow: () => number,
  ) {
    this.outbox = new Outbox(send);
    this.grader = new AutoGrader(
      seed.challenge,
      () => ({
        lab: this.lab,
        history: { commands: this.commands, hintsTaken: this.seed.hintsTaken },
        answers: this.seed.answers,
      }),
      (report, newlyPassed) => this.post({ event: "report", payload: { labId: seed.labId, report, newlyPassed } }),
    );
  }

  /** Brings a lab to life: anew, or as its snapshot and journal say. */
  static async open(
    seed: LabSeed,
    engine: LabEngine,
    journal: Journal,
    send: (event: LabEvent) => void,
    wallNow: () => number = Date.now,
  ): Promise<HostedLab> {
    const hosted = new HostedLab(seed, engine, journal, send, wallNow);
    const kept = await journal.read(seed.labId);
    const { pace, host } = hosted.newHost();
    if (kept.snapshot) {
      const { stored, seq } = kept.snapshot;
      hosted.seq = seq;
      hosted.snapshotSeq = seq;
      hosted.commands = stored.commands;
      hosted.struck = stored.struck;
      hosted.adopt(engine.restore(stored.lab, host), pace);
      for (const id of stored.terminals) hosted.terminals.set(id, hosted.sleepingTerminal(stored.lab.shells[id]));
    } else {
      hosted.adopt(engine.create(seed, host), pace);
    }
    hosted.clock = new LabClock(hosted.lab, () => hosted.afterWork());
    for (const { seq, entry } of kept.entries) hosted.replay(seq, entry);
    hosted.seq = Math.max(hosted.seq, kept.lastSeq);
    hosted.outbox.handIn(hosted.seq);
    hosted.outbox.committed(hosted.seq);
    for (const [id, terminal] of hosted.terminals) {
      const { output, lastSeq } = await journal.readRecording(seed.labId, id, SCROLLBACK_LIMIT);
      terminal.screen = new Screen(output, lastSeq, seed.startMs, 80, 24);
    }
    hosted.replaying = false;
    hosted.viewers = seed.viewers;
    hosted.clock.setViewers(seed.viewers);
    hosted.told = hosted.lab.cluster.store.resourceVersion;
    hosted.clock.replace(hosted.lab);
    // A lab that has begun no longer depends on its challenge's folder: the folder may change under it.
    if (hosted.snapshotSeq < 0) hosted.takeSnapshot();
    hosted.grader.poke();
    return hosted;
  }

  get labId(): string {
    return this.seed.labId;
  }

  get inUse(): boolean {
    return this.viewers > 0;
  }

  get busy(): boolean {
    return this.lab.busy();
  }

  view(): LabView {
    const { store } = this.lab.cluster;
    const view: LabView = {
      time: this.time(),
      objects: clusterObjects(store),
      events: clusterEvents(store),
      terminals: [...this.terminals.keys()],
      canUndo: this.undoStack.canUndo,
    };
    if (this.grader.last) view.report = this.grader.last;
    return view;
  }

  setViewers(count: number): void {
    const { speed } = this.time();
    this.viewers = count;
    this.lastUsedAt = performance.now();
    this.clock.setViewers(count);
    if (this.time().speed !== speed) this.post({ event: "lab:time", payload: { labId: this.labId, ...this.time() } });
  }

  // Terminals

  async openTerminal(id: string, columns: number, rows: number, create: boolean): Promise<{ scrollback: string }> {
    let terminal = this.terminals.get(id);
    if (!terminal && !create) return { scrollback: "" };
    if (!terminal) {
      if (this.terminals.size >= TERMINALS_LIMIT)
        throw new AppError("CONFLICT", `A lab has at most ${TERMINALS_LIMIT} terminals.`);
      terminal = { screen: new Screen("", 0, this.seed.startMs, columns, rows), live: false };
      this.terminals.set(id, terminal);
    }
    if (create) {
      terminal.screen.resize(columns, rows, this.wallNow());
      if (terminal.live) this.lab.terminal(id)?.resize(columns, rows);
      else {
        await this.clock.catchUp();
        this.startTerminal(id, terminal);
        await this.turn();
      }
    }
    this.flush();
    return { scrollback: terminal.screen.scrollback };
  }

  async input(id: string, data: string): Promise<void> {
    this.lastUsedAt = performance.now();
    await this.clock.catchUp();
    this.pace.begin();
    this.lab.terminal(id)?.input(data);
    await this.turn();
    this.afterWork();
  }

  resize(id: string, columns: number, rows: number): void {
    this.terminals.get(id)?.screen.resize(columns, rows, this.wallNow());
    this.lab.terminal(id)?.resize(columns, rows);
  }

  closeTerminal(id: string): void {
    if (!this.terminals.has(id)) return;
    this.lab.terminal(id)?.close();
    this.flush();
    this.terminals.delete(id);
    this.write({ atMs: this.lab.nowMs, kind: "close", terminal: id });
    this.clock.settle();
  }

  // Time

  time(): LabTime {
    const time: LabTime = { nowMs: this.lab.nowMs, speed: this.clock.isPaused ? 0 : this.clock.speed };
    return time;
  }

  async control(action: CallInput<"time">["action"], skipMs = 0): Promise<LabTime> {
    if (action === "pause" || action === "resume") await this.clock.pause(action === "pause");
    else if (action === "skip") await this.clock.skip(Math.min(Math.max(0, skipMs), SKIP_LIMIT_MS));
    else await this.toNextChange();
    this.write({ atMs: this.lab.nowMs, kind: "tick" });
    this.tellDelta();
    this.post({ event: "lab:time", payload: { labId: this.labId, ...this.time() } });
    await this.onDisk();
    return this.time();
  }

  /** Runs on until something that the map shows, or an event, has changed. */
  private async toNextChange(): Promise<void> {
    await this.clock.catchUp();
    const limit = this.lab.nowMs + NEXT_CHANGE_LIMIT_MS;
    for (;;) {
      const before = this.lab.cluster.store.resourceVersion;
      const next = this.lab.nextEventMs();
      if (next === undefined || next > limit) return;
      await this.clock.skip(Math.max(0, next - this.lab.nowMs));
      const changes = this.lab.cluster.store.changesSince(before);
      if (!changes || changes.some(isVisible)) return;
      await this.pace.breathe();
    }
  }

  // Undo, reset

  async undo(): Promise<{ nowMs: number }> {
    await this.clock.catchUp();
    const checkpoint = this.undoStack.pop();
    if (!checkpoint) throw new AppError("CONFLICT", "There is nothing to undo.");
    const shells = { ...checkpoint.snapshot.shells };
    // The typed history is the learner's, not the cluster's: it stays.
    for (const [id, memory] of Object.entries(this.lab.snapshot().shells)) {
      shells[id] = { ...(shells[id] ?? memory), history: memory.history, jobs: shells[id]?.jobs ?? [] };
    }
    this.change(
      (host) => this.engine.restore({ ...checkpoint.snapshot, shells }, host),
      shells,
      `undone: ${checkpoint.line}`,
    );
    this.write({ atMs: this.lab.nowMs, kind: "undo", to: checkpoint.seq });
    this.takeSnapshot();
    this.announce();
    await this.onDisk();
    return { nowMs: this.lab.nowMs };
  }

  async reset(): Promise<LabView> {
    await this.clock.catchUp();
    this.undoStack.clear();
    if (this.struck) this.post({ event: "mended", payload: this.letStrokeGo("gave-up") });
    this.change((host) => this.engine.create(this.seed, host), {}, "the lab starts again");
    this.write({ atMs: this.lab.nowMs, kind: "reset" });
    this.takeSnapshot();
    this.announce();
    await this.onDisk();
    return this.view();
  }

  /** Puts another lab in this one's place. Open terminals go on in it, and say why. */
  private change(make: (host: LabHost) => LabApi, shells: Record<string, ShellMemory>, why: string): void {
    this.outside.endAll();
    this.pace.stop();
    for (const stop of this.forget) stop();
    for (const id of this.terminals.keys()) this.lab.terminal(id)?.close();
    for (const edit of this.edits.values()) edit.resolve(null);
    this.edits.clear();
    const { pace, host } = this.newHost();
    this.adopt(make(host), pace);
    this.clock.replace(this.lab);
    for (const [id, terminal] of this.terminals) {
      delete terminal.memory;
      if (shells[id]) terminal.memory = shells[id];
      if (!terminal.live) continue;
      terminal.screen.write(
        `\r\n\x1b[2m# ${why.replace(/[^\x20-\x7e\u00a0-\uffff]/g, " ").slice(0, 200)}\x1b[0m`,
        this.wallNow(),
      );
      this.startTerminal(id, terminal);
    }
    this.told = this.lab.cluster.store.resourceVersion;
    this.grader.forget();
  }

  // Checks, answers, files

  async grade(): Promise<NonNullable<AutoGrader["last"]>> {
    await this.clock.catchUp();
    const report = await this.grader.gradeNow();
    if (!report) throw new AppError("CONFLICT", "There is nothing to check in a sandbox.");
    await this.onDisk();
    return report;
  }

  /** Breaks something. What was well before is watched from here on: `mended` tells when all of it is well again. */
  async strike({ stroke, roundId }: CallInput<"strike">): Promise<CallResult<"strike">> {
    await this.clock.catchUp();
    const report = await this.grader.gradeNow();
    const checks = report?.checks.filter(({ passed }) => passed).map(({ id }) => id) ?? [];
    const { seed } = this.seed;
    const done = strike(this.lab, stroke, { roundId, seed, checks });
    if (!done) return {};
    this.struck = done.struck;
    // A fault is mended, not undone.
    this.undoStack.clear();
    this.takeSnapshot();
    this.afterWork();
    const look = () => this.clock.catchUp().then(() => this.lookWhetherMended());
    setTimeout(() => void look().catch(console.error), FELT_AFTER_MS * 1.5).unref();
    await this.onDisk();
    return { fault: done.fault };
  }

  /** Objects first, which is cheap; the checks only where these are well. */
  private lookWhetherMended(): void {
    const { struck } = this;
    if (!struck || this.mending || this.ended || !seemsMended(this.lab, struck)) return;
    const seen = this.lab.cluster.store.resourceVersion;
    this.mending = this.grader
      .gradeNow()
      .then((report) => {
        const passes = (id: string) => report?.checks.find((check) => check.id === id)?.passed === true;
        if (this.struck !== struck || this.ended) return;
        if (!struck.sound.checks.every(passes) || !seemsMended(this.lab, struck)) return;
        this.post({ event: "mended", payload: this.letStrokeGo("recovered") });
        this.takeSnapshot();
      })
      .catch(console.error)
      .finally(() => {
        this.mending = undefined;
        // What changed while the checks ran was seen by none of them, and a lab at rest calls no more.
        if (this.lab.cluster.store.resourceVersion !== seen) this.lookWhetherMended();
      });
  }

  private letStrokeGo(how: "recovered" | "gave-up") {
    const { roundId } = this.struck!;
    this.struck = undefined;
    return { labId: this.labId, roundId, how };
  }

  setAnswers(answers: LabSeed["answers"]): void {
    this.seed.answers = answers;
  }

  setHints(hintsTaken: number): void {
    this.seed.hintsTaken = hintsTaken;
    this.grader.poke();
  }

  fileList() {
    return listHome(this.lab.files);
  }

  fileRead(path: string) {
    return readHome(this.lab.files, path);
  }

  async fileWrite(path: string, content: string) {
    if (content.length > FILE_LIMIT_BYTES) throw new AppError("PAYLOAD_TOO_LARGE", "This file is too large.");
    await this.clock.catchUp();
    this.undoStack.beforeCommand(this.seq + 1, `edited ${path}`, this.lab.snapshot());
    const result = writeHome(this.lab.files, path, content);
    this.afterWork();
    await this.onDisk();
    return result;
  }

  editorDone(editId: string, content: string | null): void {
    const edit = this.edits.get(editId);
    this.edits.delete(editId);
    edit?.resolve(content === null ? null : content.slice(0, FILE_LIMIT_BYTES));
    void this.turn().then(() => this.afterWork());
  }

  async readObject(input: CallInput<"objectRead">) {
    await this.clock.catchUp();
    return readObject(this.lab, input);
  }

  // Life

  /** Keeps everything and ends. */
  async sleep(): Promise<void> {
    await this.clock.catchUp();
    this.write({ atMs: this.lab.nowMs, kind: "tick" });
    this.flush();
    this.takeSnapshot();
    this.end();
    await this.journal.committed();
  }

  /** Ends at once; what was journaled stays. */
  end(): void {
    this.outside.endAll();
    this.ended = true;
    this.pace.stop();
    this.clock.stop();
    this.grader.stop();
    clearTimeout(this.deltaTimer);
    for (const stop of this.forget) stop();
  }

  private openOutside(): OutsideApi {
    const hosted = this;
    return new OutsideApi({
      get lab() {
        return hosted.lab;
      },
      catchUp: () => {
        this.lastUsedAt = performance.now();
        return this.clock.catchUp();
      },
      beforeWrite: (request) => this.beforeOutsideWrite(request),
      afterWork: () => this.afterWork(),
      whenKept: (run) => {
        // What was seen to have changed by time alone must come back too.
        const { nowMs, cluster } = this.lab;
        if (!this.ended && nowMs > this.kept.atMs && cluster.store.resourceVersion !== this.kept.version)
          this.write({ atMs: nowMs, kind: "tick" });
        this.outbox.run(run);
      },
    });
  }

  private beforeOutsideWrite({ method, path }: ApiRequest): void {
    const line = `${method} ${path}`.slice(0, OUTSIDE_LINE_LIMIT);
    const now = performance.now();
    if (now - this.outsideWroteAt > OUTSIDE_BURST_MS)
      this.undoStack.beforeCommand(this.seq + 1, line, this.lab.snapshot());
    this.outsideWroteAt = now;
    this.post({ event: "command", payload: { labId: this.labId, line } });
  }

  private newHost(): { pace: Pace; host: LabHost } {
    const pace = new Pace(
      () => (this.outbox.behind > BACKLOG_LIMIT ? this.journal.committed() : undefined),
      () => this.whileComputing(),
    );
    const host: LabHost = {
      breathe: () => pace.breathe(),
      edit: (request) => {
        if (pace === this.pace) this.openEditor(request);
        else request.resolve(null);
      },
    };
    return { pace, host };
  }

  private adopt(lab: LabApi, pace: Pace): void {
    this.lab = lab;
    this.pace = pace;
    this.forget = [
      lab.onJournal((entry) => this.onEntry(entry)),
      watchTraffic(lab.cluster, (traffic) => this.onTraffic(traffic)),
    ];
  }

  /** A command that computes without waiting holds the lab's processes up; the cluster's own time goes on. */
  private whileComputing(): void {
    const { cluster } = this.lab;
    const target = this.clock.target();
    if (this.ended || target <= cluster.nowMs) return;
    cluster.advanceTo(target);
    this.tellSoon();
  }

  private openEditor(request: EditRequest): void {
    if (this.edits.size >= EDITS_LIMIT) {
      request.resolve(null);
      return;
    }
    const editId = `edit-${this.nextEdit++}`;
    this.edits.set(editId, request);
    const { terminal, title, path, content, language } = request;
    this.post({
      event: "editor:open",
      payload: { labId: this.labId, editId, terminalId: terminal, title, path, content, language },
    });
  }

  private sleepingTerminal(memory: ShellMemory | undefined): OpenTerminal {
    const terminal: OpenTerminal = { screen: new Screen("", 0, this.seed.startMs, 80, 24), live: false };
    if (memory) terminal.memory = memory;
    return terminal;
  }

  private startTerminal(id: string, terminal: OpenTerminal): void {
    const { screen, memory } = terminal;
    terminal.live = true;
    if (screen.scrollback !== "" && !screen.scrollback.endsWith("\n")) screen.write("\r\n", this.wallNow());
    const { pace } = this;
    const opened = this.lab.openTerminal(id, { columns: screen.columns, rows: screen.rows }, memory);
    opened.onOutput((data) => {
      if (pace !== this.pace || this.ended) return;
      pace.print(data.length);
      screen.write(data, this.wallNow());
      this.flushSoon();
    });
  }

  /** Output of one turn leaves together. */
  private flushSoon(): void {
    if (this.flushing) return;
    this.flushing = true;
    setImmediate(() => {
      this.flushing = false;
      this.flush();
      if (!this.ended) this.clock.settle();
    });
  }

  private flush(): void {
    for (const [terminalId, { screen }] of this.terminals) {
      const data = screen.takeUnsent();
      if (data === "") continue;
      this.post({ event: "terminal:output", payload: { labId: this.labId, terminalId, data } });
      const recording = screen.takeRecording();
      if (recording) this.journal.record(this.labId, terminalId, recording.seq, recording.lines);
    }
  }

  private onEntry(entry: JournalEntry): void {
    if (this.ended) return;
    if (entry.kind === "command") this.beforeCommand(this.seq + 1, entry);
    this.note(entry);
    this.write(entry);
    if (entry.kind === "command") this.post({ event: "command", payload: { labId: this.labId, line: entry.line } });
    if (entry.kind === "cluster" || entry.kind === "file" || entry.kind === "exit") this.grader.poke();
    this.tellSoon();
  }

  private beforeCommand(seq: number, entry: Extract<JournalEntry, { kind: "command" }>): void {
    this.undoStack.beforeCommand(seq, entry.line, this.lab.snapshot());
  }

  /** What the host remembers of an entry, whether it happens now or is replayed. */
  private note(entry: JournalEntry): void {
    switch (entry.kind) {
      case "command":
        this.lastUsedAt = performance.now();
        this.commands.push({ atMs: entry.atMs, line: entry.line });
        if (this.commands.length > COMMANDS_LIMIT) this.commands.shift();
        break;
      case "exit": {
        const command = this.commands.findLast((one) => one.line === entry.line && one.exitCode === undefined);
        if (command) command.exitCode = entry.exitCode;
        break;
      }
      case "shell": {
        const terminal = this.terminals.get(entry.terminal);
        if (terminal) terminal.memory = entry.memory;
        else if (this.replaying) this.terminals.set(entry.terminal, this.sleepingTerminal(entry.memory));
        break;
      }
      case "file":
        this.undoStack.noteChange();
        break;
      case "cluster":
        if (changes(entry.input)) this.undoStack.noteChange();
        break;
    }
  }

  private replay(seq: number, entry: HostEntry): void {
    this.seq = seq;
    if (entry.kind === "undo" || entry.kind === "reset") {
      throw new Error(`lab ${this.labId}: the snapshot of the ${entry.kind} at ${seq} is missing`);
    }
    const { cluster } = this.lab;
    if (entry.atMs > cluster.nowMs) cluster.advanceTo(entry.atMs);
    if (entry.kind === "tick") return;
    if (entry.kind === "close") {
      this.terminals.delete(entry.terminal);
      return;
    }
    if (entry.kind === "command") this.beforeCommand(seq, entry);
    this.engine.replay(this.lab, entry);
    this.note(entry);
  }

  private write(entry: HostEntry): void {
    if (this.replaying) return;
    this.seq++;
    this.kept = { atMs: this.lab.nowMs, version: this.lab.cluster.store.resourceVersion };
    this.outbox.handIn(this.seq);
    const { seq } = this;
    this.journal.append(this.labId, seq, entry);
    this.journal.whenCommitted(() => this.outbox.committed(seq));
  }

  private takeSnapshot(): void {
    this.snapshotSeq = this.seq;
    const stored: StoredLab = {
      lab: this.lab.snapshot(),
      commands: [...this.commands],
      terminals: [...this.terminals.keys()],
      ...(this.struck && { struck: this.struck }),
    };
    // Shells that nobody has opened since a restart are remembered by the host only.
    for (const [id, terminal] of this.terminals) {
      if (!terminal.live && terminal.memory)
        stored.lab = { ...stored.lab, shells: { ...stored.lab.shells, [id]: terminal.memory } };
    }
    this.journal.snapshot(this.labId, this.seq, stored);
  }

  private post(event: LabEvent): void {
    if (!this.ended) this.outbox.post(event);
  }

  private announce(): void {
    this.flush();
    this.post({ event: "view", payload: { labId: this.labId, view: this.view() } });
  }

  private onTraffic({ hops, outcome }: { hops: unknown[]; outcome: string }): void {
    if (this.replaying || this.viewers === 0) return;
    this.post({ event: "traffic", payload: { labId: this.labId, hops: hops as never, outcome } });
  }

  /** After time has run or a key was pressed. */
  private afterWork(): void {
    if (this.ended) return;
    this.pace.begin();
    this.tellSoon();
    this.clock.settle();
    if (this.seq - this.snapshotSeq >= SNAPSHOT_EVERY && !this.lab.busy()) this.takeSnapshot();
  }

  private tellSoon(): void {
    if (this.deltaTimer || this.ended || this.replaying || this.lab.cluster.store.resourceVersion === this.told) return;
    this.deltaTimer = setTimeout(() => {
      this.deltaTimer = undefined;
      this.tellDelta();
    }, DELTA_EVERY_MS);
  }

  private tellDelta(): void {
    if (this.ended) return;
    this.clock.settle();
    const { store } = this.lab.cluster;
    const since = this.told;
    this.told = store.resourceVersion;
    if (since === this.told) return;
    this.grader.poke();
    this.lookWhetherMended();
    const changed = store.changesSince(since);
    if (!changed) {
      this.announce();
      return;
    }
    const delta = clusterDelta(store, changed);
    if (delta.changed.length + delta.removed.length + delta.events.length === 0) return;
    this.write({ atMs: this.lab.nowMs, kind: "tick" });
    this.post({ event: "cluster:delta", payload: { labId: this.labId, ...delta, time: this.time() } });
  }

  private onDisk(): Promise<void> {
    return this.outbox.behind === 0 ? Promise.resolve() : this.journal.committed();
  }

  /** Lets the microtasks of the lab's processes run. */
  private turn(): Promise<void> {
    return new Promise((resolve) => setImmediate(resolve));
  }
}

/** Whether an input can change a cluster: reading requests are journaled nowhere, but network requests may only look. */
function changes(input: ClusterInput): boolean {
  if (input.kind === "api") return !["GET", "HEAD", "OPTIONS"].includes(input.request.method);
  return input.kind !== "network";
}

const isVisible = ({ resource, object, previous }: Change): boolean => {
  if (resource === "leases.coordination.k8s.io") return false;
  // A heartbeat of a node that is as it was is no change.
  if (resource === "nodes" && previous)
    return JSON.stringify(statuses(object)) !== JSON.stringify(statuses(previous)) || object.spec !== previous.spec;
  return true;
};
const statuses = (node: Change["object"]) =>
  node.status?.conditions?.map(({ type, status }: { type: string; status: string }) => [type, status]);

/** Requests that the learner's tools send, with the way that they took: the map draws it. */
function watchTraffic(cluster: Cluster, listener: (traffic: { hops: unknown[]; outcome: string }) => void): () => void {
  const { apply } = cluster;
  cluster.apply = ((input: ClusterInput) => {
    const output = apply.call(cluster, input);
    if (input.kind === "network") {
      const { hops, outcome } = output as { hops: unknown[]; outcome: string };
      listener({ hops, outcome });
    }
    return output;
  }) as Cluster["apply"];
  return () => {
    cluster.apply = apply;
  };
}
