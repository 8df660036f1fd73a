import type { Blocked, Ended, ShellHost } from "@/posix/shell/host";
import { Machine } from "@/posix/shell/machine";
import { copyShell, type FdTable, type ShellState } from "@/posix/shell/state";
import type { SignalName } from "../tools/tool";
import type { Computer } from "./computer";
import { type OpenFile, openPipe, TextFile } from "./open-file";
import type { Process } from "./process";
import { runSession } from "./session";

/** Steps that a shell takes before others get their turn, and what they cost in lab time: an endless loop is no free one. */
const STEPS = 300;
const COST_MS = 1;
/** Exit codes that a shell remembers for `wait`. */
const CODES_LIMIT = 256;

/** The system calls of one shell process. Handles are numbers of its own; descriptors refer to them. */
export class ProcessHost implements ShellHost {
  private readonly handles = new Map<number, OpenFile>();
  private next = 1;
  /** How children ended that are gone from the table. */
  private readonly codes = new Map<number, Ended>();

  constructor(
    readonly computer: Computer,
    readonly process: Process,
    readonly state: ShellState,
  ) {
    state.fds = {};
    for (const [fd, file] of process.fds) state.fds[fd] = this.give(file);
    // From here on the shell's own table counts: it changes with each redirection.
    process.fds.clear();
    process.onEnd(() => {
      for (const file of this.handles.values()) computer.release(file);
      this.handles.clear();
    });
  }

  get files() {
    return this.computer.options.files;
  }
  get nowMs() {
    return this.computer.clock.nowMs;
  }

  file(handle: number): OpenFile | undefined {
    return this.handles.get(handle);
  }

  open(path: string, mode: "read" | "write" | "append" | "read-write", umask: number): number {
    return this.give(this.computer.open(path, mode, umask, this.process));
  }
  openText(text: string): number {
    return this.give(new TextFile(text));
  }
  pipe() {
    const pipe = openPipe();
    return { read: this.give(pipe.read), write: this.give(pipe.write) };
  }
  dup(handle: number): number {
    return this.give(this.computer.retain(this.handles.get(handle)!));
  }
  close(handle: number): void {
    const file = this.handles.get(handle);
    if (!file) return;
    this.handles.delete(handle);
    this.computer.release(file);
  }
  write(handle: number, data: string) {
    return this.handles.get(handle)?.write(data) ?? "broken";
  }
  read(handle: number, options?: { upTo?: string; limit?: number }) {
    const file = this.handles.get(handle);
    return file ? file.read(options) : null;
  }
  isTty(handle: number): boolean {
    return this.handles.get(handle)?.isTty ?? false;
  }
  find(name: string, path: string, cwd: string) {
    return this.computer.find(name, path, cwd);
  }
  spawn(request: Parameters<ShellHost["spawn"]>[0]) {
    return this.computer.start(request, this.share(request.fds), this.process);
  }
  spawnShell(state: ShellState, options: { group?: "new" | number }) {
    const child = this.computer.startShell(copyShell(state), this.share(state.fds), this.process, options);
    return child ? { pid: child.pid } : ({ error: "limit" } as const);
  }
  poll(pid: number) {
    const known = this.codes.get(pid);
    if (known) return known;
    const child = this.computer.processes.get(pid);
    if (!child) return { code: 127 };
    if (!child.ended) return child.stopped ? ("stopped" as const) : undefined;
    if (this.codes.size >= CODES_LIMIT) this.codes.delete(this.codes.keys().next().value!);
    this.codes.set(pid, child.ended);
    this.computer.reap(child);
    return child.ended;
  }
  kill(pid: number, signal: string) {
    return this.computer.signal(pid, signal as SignalName);
  }
  resume(pids: number[]): void {
    for (const pid of pids) {
      const group = this.computer.processes.get(pid)?.group;
      if (group !== undefined) this.computer.signalGroup(group, "SIGCONT");
    }
  }
  foreground(pids: number[] | undefined): void {
    const group = pids?.map((pid) => this.computer.processes.get(pid)?.group).find((item) => item !== undefined);
    this.process.tty?.setForeground(group ?? this.process.group);
  }
  setEcho(on: boolean): void {
    this.process.tty?.setEcho(on);
  }
  home(user: string): string | undefined {
    const { info } = this.computer.options;
    return user === "" || user === info.user.name ? info.home : user === "root" ? "/root" : undefined;
  }

  /** What a child gets: the same open files, each with a reference of its own. */
  private share(fds: FdTable): Map<number, OpenFile> {
    const shared = new Map<number, OpenFile>();
    for (const [fd, handle] of Object.entries(fds)) {
      const file = this.handles.get(handle);
      if (file) shared.set(Number(fd), this.computer.retain(file));
    }
    return shared;
  }

  private give(file: OpenFile): number {
    this.handles.set(this.next, file);
    return this.next++;
  }
}

export interface ShellStart {
  script?: string;
  /** `set -e` and the like, from the command line. */
  options?: string;
  /** Commands come from standard input. */
  stdin?: boolean;
}

/** A shell as a process: runs its state until it ends. */
export async function runShell(
  computer: Computer,
  process: Process,
  state: ShellState,
  start: ShellStart = {},
): Promise<void> {
  state.pid = process.pid;
  if (!state.child) state.parentPid = process.parentPid;
  const host = new ProcessHost(computer, process, state);
  const machine = new Machine(state, host);
  const shell = new ShellRunner(computer, process, machine, host);
  process.onSignal = (signal) => shell.onSignal(signal);
  if (start.options) {
    machine.start(start.options);
    await shell.run();
  }
  if (start.script !== undefined) machine.start(start.script);
  else if (start.stdin) state.frames.push({ k: "stdin", handle: state.fds[0] ?? host.openText(""), text: "" });
  if (state.interactive && process.tty) {
    await runSession(shell, process.tty);
    return;
  }
  await shell.run();
}

/** Drives a machine: runs it while it can, waits for what it is blocked on. */
export class ShellRunner {
  private interrupt: (() => void) | undefined;

  constructor(
    readonly computer: Computer,
    readonly process: Process,
    readonly machine: Machine,
    readonly host: ProcessHost,
  ) {}

  /** Until an interactive shell is idle ("idle") or the process has ended. */
  async run(): Promise<"idle" | "ended"> {
    const { computer, process, machine } = this;
    for (;;) {
      if (process.ended) return "ended";
      await process.gate().catch(() => undefined);
      if (process.ended) return "ended";
      computer.options.onActivity();
      const result = machine.run(STEPS);
      switch (result.kind) {
        case "idle":
          return "idle";
        case "exited":
          computer.end(process, { code: result.code, ...(result.signal && { signal: result.signal }) });
          return "ended";
        case "exec": {
          const fds = new Map<number, OpenFile>();
          for (const [fd, handle] of Object.entries(result.request.fds)) {
            const file = this.host.file(handle);
            if (file) fds.set(Number(fd), computer.retain(file));
          }
          for (const handle of Object.values(machine.state.fds)) this.host.close(handle);
          for (const [fd, file] of fds) process.fds.set(fd, file);
          computer.replace(process, result.request);
          return "ended";
        }
        case "out-of-budget":
          await Promise.race([computer.clock.sleep(COST_MS), this.interrupted()]);
          break;
        case "blocked":
          await this.wait(result.blocked);
      }
    }
  }

  /** True where the shell deals with a signal itself. */
  onSignal(signal: SignalName): boolean {
    const { state } = this.machine;
    const name = signal.slice(3);
    const trap = Object.hasOwn(state.traps, name) ? state.traps[name] : undefined;
    if (trap === "") return true;
    if (trap !== undefined) {
      if (state.pending.length < 64) state.pending.push(name);
      this.interrupt?.();
      return true;
    }
    if (!state.interactive) {
      // A script ends with the child that Ctrl-C ended; that is seen where it waits for it.
      return false;
    }
    if (signal === "SIGINT") {
      if (state.frames.length > 0) {
        this.machine.abort(130);
        this.host.foreground(undefined);
        this.process.tty?.write("\n");
        this.interrupt?.();
      }
      return true;
    }
    return signal !== "SIGHUP" && signal !== "SIGKILL";
  }

  private interrupted(): Promise<void> {
    return new Promise((resolve) => {
      this.interrupt = resolve;
      this.process.onEnd(resolve);
    });
  }

  private async wait(blocked: Blocked): Promise<void> {
    const { computer } = this;
    let leave: (() => void)[] = [];
    await new Promise<void>((resolve) => {
      this.interrupt = resolve;
      leave.push(this.process.watch(resolve));
      if (blocked.on === "wait") {
        for (const pid of blocked.pids) {
          const child = computer.processes.get(pid);
          if (child) leave.push(child.watch(resolve));
          else resolve();
        }
      } else {
        const file = this.host.file(blocked.handle);
        if (file) leave.push(file.wait(resolve));
        else resolve();
        if (blocked.on === "read" && blocked.deadlineMs !== undefined)
          leave.push(computer.clock.at(blocked.deadlineMs, resolve));
      }
    });
    for (const stop of leave) stop();
    leave = [];
    this.interrupt = undefined;
  }
}
