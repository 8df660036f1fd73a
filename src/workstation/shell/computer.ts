import { FileError, type FileSystem } from "@/posix/files/file-system";
import { resolvePath } from "@/posix/files/path";
import type { Ended, SpawnRequest, SpawnResult } from "@/posix/shell/host";
import { type Dialect, newShell, type ShellState } from "@/posix/shell/state";
import type { RecordType } from "@/sim/network/dns/types";
import type { Ask } from "@/sim/network/resolver";
import type { DnsAnswer, NetworkRequest, NetworkResponse } from "@/sim/network/types";
import type { KubeApi } from "../lab/types";
import type { Tty } from "../terminal/tty";
import type { Login, NodeAccess } from "../tools/node/access";
import { type LocalRequest, type MachineInfo, ProcessEnded, type SignalName, type Tool } from "../tools/tool";
import type { LabClock } from "./clock";
import { DiskFile, type OpenFile, SinkFile } from "./open-file";
import { Process } from "./process";
import { runShell } from "./shell-process";
import { toolContext } from "./tool-context";

export const PROCESS_LIMIT = 256;

export interface ComputerOptions {
  files: FileSystem;
  info: MachineInfo;
  clock: LabClock;
  /** The tool that plays an executable of this base name. */
  tool(name: string): Tool | undefined;
  kube: KubeApi;
  network(request: Omit<NetworkRequest, "from">): NetworkResponse;
  resolve(name: string, type?: RecordType, how?: Ask): DnsAnswer;
  edit?(request: {
    terminal: string;
    title: string;
    path: string;
    content: string;
    language: "yaml" | "text";
    resolve(content: string | null): void;
  }): void;
  random(): number;
  breathe(): Promise<void>;
  /** Noted at each sign of life, so that the lab knows when all have come to rest. */
  onActivity(): void;
  dialect?: Dialect;
  /** Files that a name may stand for besides regular ones: `/proc/1/fd/1` of a container. */
  special?(path: string, mode: string): OpenFile | undefined;
  /** Processes that this machine shows but does not run: a container's own. */
  foreign?(): { pid: number; parentPid: number; user: string; argv: string[]; startedMs: number }[];
  signalForeign?(pid: number, signal: SignalName): boolean;
  /** Commands that a running program of the container takes: `nginx -s reload`. */
  delegate?(argv: readonly string[]): { exitCode: number; stdout: string; stderr: string } | undefined;
  firstPid?: number;
  /** Set where this machine is a node. */
  node?: NodeAccess;
  /** Opens sessions on the nodes, for ssh. */
  login?: Login;
}

/** What ends, stops and continues by default. */
const STOPS = new Set<SignalName>(["SIGTSTP", "SIGSTOP", "SIGTTIN"]);
const HARMLESS = new Set<SignalName>(["SIGCHLD", "SIGWINCH", "SIGCONT"]);
export const SIGNAL_NUMBERS: Record<SignalName, number> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
  SIGCHLD: 17,
  SIGCONT: 18,
  SIGSTOP: 19,
  SIGTSTP: 20,
  SIGTTIN: 21,
  SIGWINCH: 28,
};

/** A machine that runs processes: the workstation, or a container as an exec session sees it. */
export class Computer {
  readonly processes = new Map<number, Process>();
  readonly listeners = new Map<number, (request: LocalRequest) => Promise<NetworkResponse>>();
  private nextPid: number;
  private ttys = 0;

  constructor(readonly options: ComputerOptions) {
    this.nextPid = options.firstPid ?? 1000;
  }

  get clock(): LabClock {
    return this.options.clock;
  }

  /** The file that a command's name means, as exec would find it; undefined where there is none. */
  find(name: string, path: string, cwd: string): string | undefined {
    const { files } = this.options;
    const executable = (candidate: string) => {
      const stat = files.stat(candidate);
      return stat?.type === "file" && (stat.mode & 0o111) !== 0;
    };
    if (name === "") return undefined;
    if (name.includes("/")) return executable(resolvePath(cwd, name)) ? resolvePath(cwd, name) : undefined;
    for (const directory of path.split(":")) {
      const candidate = resolvePath(cwd, `${directory || "."}/${name}`);
      if (executable(candidate)) return candidate;
    }
    return undefined;
  }

  /** Starts a program. `fds` are taken over: their references are this process's. */
  start(request: Omit<SpawnRequest, "fds">, fds: Map<number, OpenFile>, parent: Process | undefined): SpawnResult {
    const failed = this.whyNot(request);
    if (failed) {
      for (const file of fds.values()) this.release(file);
      return { error: failed };
    }
    const process = this.create(request, fds, parent);
    this.execute(process);
    return { pid: process.pid };
  }

  /** A process turns into another program. */
  replace(process: Process, request: Omit<SpawnRequest, "fds">): void {
    process.argv = request.argv;
    process.env = request.env;
    process.cwd = request.cwd;
    process.onSignal = undefined;
    const failed = this.whyNot(request);
    if (failed) this.end(process, { code: failed === "denied" ? 126 : 127 });
    else this.execute(process);
  }

  /** A shell as a process, from a state made elsewhere. */
  startShell(
    state: ShellState,
    fds: Map<number, OpenFile>,
    parent: Process | undefined,
    options: { group?: "new" | number; argv?: string[] } = {},
  ): Process | undefined {
    if (this.processes.size >= PROCESS_LIMIT) {
      for (const file of fds.values()) this.release(file);
      return undefined;
    }
    const request = {
      argv: options.argv ?? parent?.argv.slice() ?? [state.name],
      env: {},
      cwd: state.cwd,
      ...(options.group !== undefined && { group: options.group }),
    };
    const process = this.create(request, fds, parent);
    this.track(process, () => runShell(this, process, state));
    return process;
  }

  /** Starts a program that is known to be there, as the first of a session. */
  launch(
    argv: string[],
    env: Record<string, string>,
    cwd: string,
    fds: Map<number, OpenFile>,
    tty: Tty | undefined,
  ): Process {
    const process = this.create({ argv, env, cwd }, fds, undefined);
    process.tty = tty;
    process.reaped = true;
    this.execute(process);
    return process;
  }

  nextTtyNumber(): number {
    return this.ttys++;
  }

  /** A script in a shell of its own, without a terminal. */
  runScript(script: string, state: ShellState, fds: Map<number, OpenFile>): Process {
    const process = this.create({ argv: [state.name], env: {}, cwd: state.cwd }, fds, undefined);
    process.reaped = true;
    this.track(process, () => runShell(this, process, state, { script }));
    return process;
  }

  /** An interactive shell at a terminal. */
  openSession(state: ShellState, tty: Tty, run: (process: Process) => Promise<void>): Process {
    const fds = new Map<number, OpenFile>([0, 1, 2].map((fd) => [fd, this.retain(tty.file)]));
    const process = this.create({ argv: [`-${state.name}`], env: {}, cwd: state.cwd }, fds, undefined);
    process.tty = tty;
    process.reaped = true;
    this.track(process, () => run(process));
    return process;
  }

  create(request: Omit<SpawnRequest, "fds">, fds: Map<number, OpenFile>, parent: Process | undefined): Process {
    const pid = this.nextPid++;
    const group = request.group === "new" || !parent ? pid : (request.group ?? parent.group);
    const process = new Process(
      pid,
      parent?.pid ?? 1,
      request.argv,
      request.env,
      request.cwd,
      fds,
      group,
      this.options.info.user.name,
      this.clock.nowMs,
    );
    process.tty = parent?.tty;
    this.processes.set(pid, process);
    parent?.children.add(pid);
    return process;
  }

  signal(pid: number, signal: SignalName): boolean | "denied" {
    const process = this.processes.get(pid);
    if (!process || process.ended) {
      const foreign = this.options.foreign?.().some((item) => item.pid === pid);
      return foreign ? (this.options.signalForeign?.(pid, signal) ?? false) : false;
    }
    this.options.onActivity();
    if (signal === "SIGCONT") {
      process.resume();
      process.notify();
    }
    if (signal !== "SIGKILL" && signal !== "SIGSTOP") {
      if (process.onSignal?.(signal)) return true;
      const listener = process.signalListeners.get(signal);
      if (listener) {
        listener();
        return true;
      }
    }
    if (HARMLESS.has(signal)) return true;
    if (STOPS.has(signal)) {
      process.stopped = true;
      process.notify();
      return true;
    }
    this.end(process, { code: 128 + SIGNAL_NUMBERS[signal], signal });
    return true;
  }

  /** To all processes of a job. */
  signalGroup(group: number, signal: SignalName): void {
    for (const process of [...this.processes.values()])
      if (process.group === group && !process.ended) this.signal(process.pid, signal);
  }

  /** The terminal is gone: everything that belongs to it hears so. */
  hangUp(tty: Tty): void {
    for (const process of [...this.processes.values()]) {
      if (process.tty !== tty || process.ended) continue;
      this.signal(process.pid, "SIGHUP");
      if (!process.ended) this.end(process, { code: 129, signal: "SIGHUP" });
    }
  }

  end(process: Process, ended: Ended): void {
    if (process.ended) return;
    this.options.onActivity();
    for (const file of process.fds.values()) this.release(file);
    process.fds.clear();
    // A child that nobody will ask about leaves no trace.
    for (const pid of process.children) {
      const child = this.processes.get(pid);
      if (child?.ended) this.processes.delete(pid);
      else if (child) child.reaped = true;
    }
    process.finish(ended);
    const parent = this.processes.get(process.parentPid);
    if (process.reaped || !parent || parent.ended) this.processes.delete(process.pid);
    else parent.notify();
  }

  /** Its parent has taken note of how it ended. */
  reap(process: Process): void {
    process.reaped = true;
    if (process.ended) this.processes.delete(process.pid);
  }

  retain(file: OpenFile): OpenFile {
    file.references++;
    return file;
  }

  release(file: OpenFile): void {
    if (--file.references === 0) file.close();
  }

  open(
    path: string,
    mode: "read" | "write" | "append" | "read-write",
    mask: number,
    process: Process | undefined,
  ): OpenFile {
    const special = this.options.special?.(path, mode);
    if (special) return special;
    if (path === "/dev/tty") {
      if (!process?.tty) throw new FileError("ENOENT", path);
      return this.retain(process.tty.file);
    }
    if (path === "/dev/null") return mode === "read" ? new SinkFile(() => {}) : new SinkFile(() => {});
    return new DiskFile(this.options.files, path, mode, 0o666 & ~mask);
  }

  /** Whether anything of the learner's still runs besides shells at their prompts. */
  isBusy(): boolean {
    return [...this.processes.values()].some((process) => !process.ended && !process.tty?.atPrompt(process.pid));
  }

  private whyNot(
    request: Omit<SpawnRequest, "fds">,
  ): "not-found" | "denied" | "directory" | "limit" | "missing-interpreter" | undefined {
    const name = request.argv[0] ?? "";
    const { files } = this.options;
    if (this.processes.size >= PROCESS_LIMIT) return "limit";
    const path = this.find(
      name,
      request.env.PATH ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
      request.cwd,
    );
    if (path === undefined) {
      if (!name.includes("/")) return "not-found";
      const stat = files.stat(resolvePath(request.cwd, name));
      return !stat ? "not-found" : stat.type === "directory" ? "directory" : "denied";
    }
    return undefined;
  }

  private execute(process: Process): void {
    const { argv, env, cwd } = process;
    const path = this.find(argv[0]!, env.PATH ?? "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", cwd)!;
    const delegated = this.options.delegate?.(argv);
    if (delegated) {
      process.fds.get(1)?.write(delegated.stdout);
      process.fds.get(2)?.write(delegated.stderr);
      this.end(process, { code: delegated.exitCode });
      return;
    }
    const name = path.slice(path.lastIndexOf("/") + 1);
    const tool = this.options.tool(name);
    let content = "";
    try {
      content = this.options.files.readFile(path);
    } catch {
      // Executable without being readable: only its name counts.
    }
    const interpreter = /^#!\s*(\S+)(?:[ \t]+(\S+))?/.exec(content);
    if (interpreter) {
      const program = interpreter[1]!.endsWith("/env") ? (interpreter[2] ?? "sh") : interpreter[1]!;
      const option = interpreter[1]!.endsWith("/env") ? [] : interpreter[2] ? [interpreter[2]] : [];
      this.replace(process, {
        argv: [program, ...option, argv[0]!.includes("/") ? argv[0]! : path, ...argv.slice(1)],
        env,
        cwd,
      });
      return;
    }
    if (/^(ba|da|a)?sh$/.test(name)) {
      this.runShellCommand(process, name);
      return;
    }
    if (tool) {
      this.track(process, () => this.runTool(process, tool));
      return;
    }
    if (!content.startsWith("\x7fELF") && content !== "") {
      this.replace(process, { argv: ["/bin/sh", path, ...argv.slice(1)], env, cwd });
      return;
    }
    process.fds.get(2)?.write(`${argv[0]}: cannot execute: Exec format error\n`);
    this.end(process, { code: 126 });
  }

  /** `sh`, `sh -c text name args…`, `sh script args…`, `sh -s`. */
  private runShellCommand(process: Process, name: string): void {
    const { dialect } = this.options;
    const state = newShell({
      dialect: name === "bash" ? "bash" : (dialect ?? (name === "ash" ? "ash" : "dash")),
      name,
      env: process.env,
      cwd: process.cwd,
      pid: process.pid,
      parentPid: process.parentPid,
      nowMs: this.clock.nowMs,
      seed: Math.floor(this.options.random() * 0xffff_ffff),
    });
    const words = process.argv.slice(1);
    let command: string | undefined;
    let interactive = false;
    let fromStdin = false;
    const set: string[] = [];
    while (/^[-+]./.test(words[0] ?? "")) {
      const word = words.shift()!;
      if (word === "--") break;
      if (word.startsWith("--")) continue;
      for (const letter of word.slice(1)) {
        if (letter === "c") command = "";
        else if (letter === "i") interactive = true;
        else if (letter === "s") fromStdin = true;
        else if (letter === "o") set.push("-o", words.shift() ?? "");
        else if (letter !== "l") set.push(`-${letter}`);
      }
    }
    const stdin = process.fds.get(0);
    const fail = (text: string, code: number) => {
      process.fds.get(2)?.write(text);
      this.end(process, { code });
    };
    if (command !== undefined) {
      if (words.length === 0) {
        fail(`${name}: -c: option requires an argument\n`, 2);
        return;
      }
      command = words.shift()!;
      if (words.length > 0) state.name = words.shift()!;
      state.positional = words;
      state.child = true;
    } else if (words.length > 0 && !fromStdin) {
      const script = words.shift()!;
      try {
        command = this.options.files.readFile(resolvePath(process.cwd, script));
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        const text =
          state.dialect === "bash"
            ? `${name}: ${script}: ${error.message}\n`
            : state.dialect === "ash"
              ? `${name}: can't open '${script}': ${error.message}\n`
              : `${name}: 0: cannot open ${script}: No such file\n`;
        fail(text, error.code === "EISDIR" ? 126 : state.dialect === "bash" ? 127 : 2);
        return;
      }
      state.name = script;
      state.positional = words;
    } else if ((stdin?.isTty || interactive) && process.tty) {
      state.interactive = true;
      state.options.expand_aliases = true;
    }
    const options = set.length > 0 ? `set ${set.join(" ")}` : undefined;
    this.track(process, () =>
      runShell(this, process, state, {
        ...(command !== undefined && { script: command }),
        ...(options && { options }),
        ...(command === undefined && !state.interactive && { stdin: true }),
      }),
    );
  }

  private async runTool(process: Process, tool: Tool): Promise<void> {
    let code: number;
    try {
      code = await tool.run(toolContext(this, process));
    } catch (error) {
      if (process.ended) return;
      if (error instanceof ProcessEnded) code = 1;
      else if (error instanceof FileError) {
        process.fds.get(2)?.write(`${process.argv[0]}: ${error.path}: ${error.message}\n`);
        code = 1;
      } else {
        process.fds.get(2)?.write(`${process.argv[0]}: internal error: ${(error as Error)?.message ?? error}\n`);
        code = 1;
      }
    }
    this.end(process, { code: code & 255 });
  }

  private track(process: Process, run: () => Promise<void>): void {
    this.options.onActivity();
    void Promise.resolve()
      .then(run)
      .catch((error: unknown) => {
        if (!process.ended) {
          process.fds.get(2)?.write(`${process.argv[0]}: ${(error as Error)?.message ?? error}\n`);
          this.end(process, { code: 1 });
        }
      });
  }
}
