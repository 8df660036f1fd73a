import { LayeredFiles } from "@/posix/files/layered";
import { dirname, resolvePath } from "@/posix/files/path";
import type { FileNode, FileTree } from "@/posix/files/tree";
import { newShell } from "@/posix/shell/state";
import type { ApiRequest, ApiResponse } from "@/sim/apiserver/request";
import { isProxied } from "@/sim/apiserver/subresources/proxy";
import { Cluster, type ClusterInput, type ClusterOutput } from "@/sim/cluster";
import { nextUint32, type RandomState, seedRandom } from "@/sim/kernel/random";
import { LabClock } from "../shell/clock";
import { Computer } from "../shell/computer";
import { type OpenFile, SinkFile, TextFile } from "../shell/open-file";
import { findTool, loading, toolNames } from "../tools";
import { labKubeconfig } from "../tools/kubectl/config/connection";
import { execInContainer } from "./container-machine";
import { ENVIRONMENT, HOME, WORKSTATION, workstationTree } from "./home";
import { createKubeApi } from "./kube-api";
import { LabTerminal } from "./lab-terminal";
import { loginTo } from "./node-machine";
import type {
  JournalEntry,
  KubeApi,
  LabApi,
  LabHost,
  LabOptions,
  LabSnapshot,
  RunResult,
  ShellMemory,
  Terminal,
} from "./types";

/** Where there is no host: promises are all that is waited for. Enough turns for a chain of them to come to its end. */
const TURNS = 64;
const PLAIN_HOST: LabHost = {
  async breathe() {
    for (let turn = 0; turn < TURNS; turn++) await undefined;
  },
};

/** What a script run by `run` may print; beyond it, its writer gets SIGPIPE. */
const RUN_OUTPUT_LIMIT = 8 * 1024 * 1024;

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

let sharedTree: FileTree | undefined;

interface Parts {
  options: LabOptions;
  cluster: Cluster;
  files?: LayeredFiles;
  overlay?: Record<string, FileNode | null>;
  shells?: Record<string, ShellMemory>;
  host?: LabHost;
}

/** A cluster and the learner's machine on it. */
export class Lab implements LabApi {
  readonly cluster: Cluster;
  readonly files: LayeredFiles;
  private readonly options: LabOptions;
  private readonly host: LabHost;
  private readonly clock: LabClock;
  private readonly computer: Computer;
  private readonly terminals = new Map<string, LabTerminal>();
  private readonly memories: Record<string, ShellMemory>;
  private readonly listeners = new Set<(entry: JournalEntry) => void>();
  private readonly pollers = new Set<() => void>();
  private readonly random: RandomState;
  private readonly api: KubeApi;
  private activity = 0;
  private advancing: Promise<void> | undefined;

  private constructor(parts: Parts) {
    this.options = parts.options;
    this.cluster = parts.cluster;
    this.host = parts.host ?? PLAIN_HOST;
    this.memories = { ...parts.shells };
    this.random = seedRandom(`${parts.options.seed}/workstation/${parts.cluster.nowMs}`);
    this.clock = new LabClock(() => this.cluster.nowMs);
    sharedTree ??= workstationTree(toolNames(), labKubeconfig(), 0);
    const watched = {
      nowMs: () => this.cluster.nowMs,
      onChange: (path: string, node: FileNode | null) => this.journal({ kind: "file", path, node }),
    };
    this.files =
      parts.files?.fork(watched) ??
      new LayeredFiles(sharedTree, {
        ...watched,
        user: WORKSTATION.user,
        ...(parts.overlay && { overlay: parts.overlay }),
      });
    this.api = createKubeApi(this.context());
    this.computer = this.createComputer();
  }

  /** A new lab: a cluster that runs, and the files of its options in the home. */
  static create(options: LabOptions, host?: LabHost): Lab {
    const cluster = Cluster.create({ seed: options.seed, startMs: options.startMs, ...options.cluster });
    const lab = new Lab({ options, cluster, ...(host && { host }) });
    for (const [name, content] of Object.entries(options.files ?? {})) lab.layFile(resolvePath(HOME, name), content);
    return lab;
  }

  static restore(snapshot: LabSnapshot, host?: LabHost): Lab {
    const overlay = snapshot.files as Record<string, FileNode | null>;
    return new Lab({
      options: snapshot.options,
      cluster: Cluster.restore(snapshot.cluster),
      overlay,
      shells: snapshot.shells,
      ...(host && { host }),
    });
  }

  get nowMs(): number {
    return this.cluster.nowMs;
  }

  openTerminal(
    id: string,
    size: { columns: number; rows: number },
    memory: ShellMemory | undefined = this.memories[id],
  ): Terminal {
    this.terminals.get(id)?.close();
    const terminal = new LabTerminal(id, size, this.computer, memory, {
      onCommand: (line) => this.journal({ kind: "command", terminal: id, line }),
      onExit: (line, exitCode) => this.journal({ kind: "exit", terminal: id, line, exitCode }),
      onMemory: (kept) => {
        this.memories[id] = kept;
        this.journal({ kind: "shell", terminal: id, memory: kept });
      },
      onClose: () => {
        if (this.terminals.get(id) === terminal) this.terminals.delete(id);
      },
    });
    this.terminals.set(id, terminal);
    return terminal;
  }

  terminal(id: string): Terminal | undefined {
    return this.terminals.get(id);
  }

  run(
    script: string,
    options: {
      onOutput?: (stream: "stdout" | "stderr", data: string) => void;
      name?: string;
      args?: string[];
      terminal?: boolean;
    } = {},
  ): Promise<RunResult> {
    const output = { stdout: "", stderr: "" };
    const sink = (stream: "stdout" | "stderr") =>
      new SinkFile((data) => {
        if (output.stdout.length + output.stderr.length > RUN_OUTPUT_LIMIT) return;
        output[stream] += data;
        options.onOutput?.(stream, data);
      }, options.terminal);
    const fds = new Map<number, OpenFile>([
      [0, new TextFile("")],
      [1, sink("stdout")],
      [2, sink("stderr")],
    ]);
    const state = newShell({
      name: options.name ?? "bash",
      env: ENVIRONMENT,
      cwd: HOME,
      positional: options.args ?? [],
      nowMs: this.nowMs,
      seed: nextUint32(this.random),
    });
    return new Promise((resolve) => {
      const process = this.computer.runScript(script, state, fds);
      process.onEnd(() => {
        // After all who end together have written their last.
        void Promise.resolve().then(() => resolve({ exitCode: process.ended?.code ?? 0, ...output }));
      });
    });
  }

  kubeApi(): KubeApi {
    return this.api;
  }

  /** Applies an input to the cluster and writes it into the journal, if it can change anything. */
  apply<I extends ClusterInput>(input: I): ClusterOutput[I["kind"]] {
    this.activity++;
    const reads = input.kind === "api" && READS.has(input.request.method) && !isProxied(input.request.path);
    if (!reads) this.journal({ kind: "cluster", input });
    const output = this.cluster.apply(input);
    if (!reads) this.poll();
    return output;
  }

  /** Lets lab time pass up to `timeMs`; processes run whenever something of theirs is due. */
  advanceTo(timeMs: number): Promise<void> {
    // One at a time: the second call goes on where the first has brought the lab.
    const before = this.advancing ?? Promise.resolve();
    const run = before.then(() => this.advance(timeMs));
    this.advancing = run.catch(() => undefined);
    return run;
  }

  nextEventMs(): number | undefined {
    const times = [this.cluster.nextEventMs(), this.clock.nextMs()].filter((time) => time !== undefined);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  busy(): boolean {
    return this.computer.isBusy();
  }

  onJournal(listener: (entry: JournalEntry) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Brings the effect of one journal entry about, without doing again what it was the effect of. */
  replay(entry: JournalEntry): void {
    if (entry.atMs > this.nowMs) this.cluster.advanceTo(entry.atMs);
    if (entry.kind === "cluster") this.cluster.apply(entry.input);
    if (entry.kind === "file") this.files.restoreNode(entry.path, entry.node as FileNode | null);
    if (entry.kind === "shell") this.memories[entry.terminal] = entry.memory;
  }

  snapshot(): LabSnapshot {
    for (const [id, terminal] of this.terminals) {
      const memory = terminal.memory();
      if (memory) this.memories[id] = memory;
    }
    return {
      options: this.options,
      cluster: this.cluster.snapshot(),
      files: this.files.overlay(),
      shells: { ...this.memories },
    };
  }

  fork(): Lab {
    return new Lab({ options: this.options, cluster: this.cluster.fork(), files: this.files, shells: this.memories });
  }

  private async advance(timeMs: number): Promise<void> {
    for (;;) {
      await this.settle();
      const next = this.nextEventMs();
      if (next === undefined || next > timeMs) break;
      if (next > this.nowMs) this.cluster.advanceTo(next);
      else this.cluster.advanceTo(this.nowMs);
      this.clock.runDue();
      this.poll();
    }
    if (timeMs > this.nowMs) {
      this.cluster.advanceTo(timeMs);
      this.poll();
      await this.settle();
    }
  }

  /** Until no process does anything any more without time passing. */
  private async settle(): Promise<void> {
    for (;;) {
      const before = this.activity;
      await PLAIN_HOST.breathe();
      if (this.activity !== before) {
        await this.host.breathe();
        continue;
      }
      if (loading.size === 0) return;
      await Promise.race([...loading].map((work) => work.catch(() => undefined)));
    }
  }

  private poll(): void {
    for (const poll of [...this.pollers]) poll();
  }

  private journal(entry: Omit<JournalEntry, "atMs"> & Record<string, unknown>): void {
    if (this.listeners.size === 0) return;
    const complete = { ...entry, atMs: this.nowMs } as JournalEntry;
    for (const listener of this.listeners) listener(complete);
  }

  private layFile(path: string, content: string): void {
    if (!this.files.stat(dirname(path))) this.files.makeDirectory(dirname(path), { recursive: true });
    this.files.writeFile(path, content);
  }

  private context() {
    return {
      request: (request: ApiRequest): ApiResponse => this.apply({ kind: "api", request }),
      cluster: () => this.cluster,
      sleep: (delayMs: number) => {
        this.activity++;
        return this.clock.sleep(delayMs).then(() => {
          this.activity++;
        });
      },
      addPoller: (poll: () => void) => {
        this.pollers.add(poll);
        return () => this.pollers.delete(poll);
      },
      apply: <I extends ClusterInput>(input: I) => this.apply(input),
      after: (delayMs: number, run: () => void) => this.clock.at(this.nowMs + delayMs, run),
      exec: (...args: Parameters<typeof execInContainer> extends [unknown, ...infer Rest] ? Rest : never) =>
        execInContainer(this.machineContext(), ...args),
    };
  }

  private machineContext() {
    return {
      cluster: this.cluster,
      apply: <I extends ClusterInput>(input: I) => this.apply(input),
      clock: this.clock,
      kube: this.api,
      random: () => this.draw(),
      breathe: () => this.host.breathe(),
      onActivity: () => {
        this.activity++;
      },
      edit: this.host.edit,
    };
  }

  private draw(): number {
    return nextUint32(this.random) / 0x1_0000_0000;
  }

  private createComputer(): Computer {
    return new Computer({
      files: this.files,
      info: { ...WORKSTATION, ...(this.options.kubectl && { kubectl: this.options.kubectl }) },
      clock: this.clock,
      tool: findTool,
      kube: this.api,
      network: (request) => this.apply({ kind: "network", request: { ...request, from: WORKSTATION.place } }),
      resolve: (name, type, how) => this.cluster.inside.network.resolve(WORKSTATION.place, name, type, how),
      ...(this.host.edit && { edit: (request) => this.host.edit?.(request) }),
      random: () => this.draw(),
      breathe: () => this.host.breathe(),
      onActivity: () => {
        this.activity++;
      },
      dialect: "dash",
      login: loginTo(this.machineContext()),
    });
  }
}
