import { FileError } from "@/posix/files/file-system";
import { basename, resolvePath } from "@/posix/files/path";
import type { Ended, RunResult, ShellHost, SpawnRequest, SpawnResult } from "@/posix/shell/host";
import { Machine } from "@/posix/shell/machine";
import { newShell, type ShellState } from "@/posix/shell/state";
import type { ProgramContext, Replacement } from "../program";
import type { CommandIo, CommandStep } from "./command";
import { commands, isShell } from "./commands";
import { OpenFiles, type Printed } from "./open-files";
import { type CommandState, PROCESS_LIMIT, STANDARD_FDS, type UserlandProcess, type UserlandState } from "./state";

/** Steps of shells that one moment may hold; a script that wants more goes on a little later. */
const STEPS_PER_MOMENT = 20_000;
const STEPS_PER_TURN = 1000;
/** When processes that used up their moment go on: the longer they never rest, the less it matters how far they get. */
const BUSY_PAUSE_MS = 250;
const BUSY_PAUSE_LIMIT_MS = 15_000;

/** Ended processes that somebody may still ask about. */
const ENDED_LIMIT = 32;

/** What starts, and with which memory of whom. */
interface Start {
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  fds: Record<number, number>;
  parentPid: number;
}

/**
 * Runs the processes of a container's script over plain data, until all wait for something. It is made anew for each
 * step; nothing of it is kept but `state`.
 */
export class Userland {
  readonly printed: Printed = { stdout: "", stderr: "" };
  /** What the first process turned into: a program of the image, which is played elsewhere. */
  replacement: Replacement | undefined;
  private readonly open: OpenFiles;
  private readonly busy = new Set<number>();

  constructor(
    readonly state: UserlandState,
    private readonly context: ProgramContext,
    public nowMs: number,
  ) {
    this.open = new OpenFiles(state, context.files, this.printed);
  }

  /** Starts the first process. Undefined: there is no such command. */
  begin(argv: readonly string[]): number | undefined {
    return this.start({
      argv: [...argv],
      env: { ...this.context.env },
      cwd: this.context.workingDirectory,
      fds: STANDARD_FDS,
      parentPid: 0,
    });
  }

  /** Lets every process run until none can get on; gives when the next one wants to. */
  run(): { wakeMs?: number } {
    let steps = STEPS_PER_MOMENT;
    this.busy.clear();
    for (let progress = true; progress && steps > 0; ) {
      progress = false;
      for (const process of [...this.state.processes]) {
        if (process.ended) continue;
        const used = this.turn(process, steps);
        if (used > 0) progress = true;
        steps -= used;
        if (steps <= 0) break;
      }
    }
    this.reap();
    const wakes = this.state.processes.flatMap((process) =>
      process.ended || process.command?.wakeMs === undefined ? [] : [process.command.wakeMs],
    );
    if (steps > 0) delete this.state.restless;
    else {
      const restless = this.state.restless ?? 0;
      this.state.restless = restless + 1;
      wakes.push(this.nowMs + Math.min(BUSY_PAUSE_LIMIT_MS, BUSY_PAUSE_MS * 2 ** Math.min(restless, 6)));
    }
    return wakes.length > 0 ? { wakeMs: Math.min(...wakes) } : {};
  }

  /** How many processes never rest. */
  get busyCount(): number {
    return this.state.processes.filter(({ pid, command, ended }) => !ended && (this.busy.has(pid) || command?.busy))
      .length;
  }

  ended(pid: number): Ended | undefined {
    return this.state.processes.find((process) => process.pid === pid)?.ended;
  }

  /** As the kernel does for the first process of a container: what it does not catch does not end it. */
  signal(pid: number, signal: string): boolean {
    const process = this.state.processes.find((one) => one.pid === pid && !one.ended);
    if (!process) return false;
    const name = signal.replace(/^SIG/, "");
    const trap = process.shell?.traps[name] ?? process.shell?.traps[signal];
    if (trap !== undefined && signal !== "SIGKILL") {
      if (trap !== "") process.shell!.pending.push(process.shell!.traps[name] !== undefined ? name : signal);
      return true;
    }
    if (pid === 1 && signal !== "SIGKILL") return true;
    if (["SIGCHLD", "SIGWINCH", "SIGCONT"].includes(signal)) return true;
    this.end(process, { code: 128 + (SIGNAL_NUMBERS[signal] ?? 15), signal });
    return true;
  }

  /** Takes one turn with a process; gives how many steps it used, 0 where it cannot get on. */
  private turn(process: UserlandProcess, steps: number): number {
    return process.shell ? this.shellTurn(process, process.shell, steps) : this.commandTurn(process);
  }

  private shellTurn(process: UserlandProcess, shell: ShellState, steps: number): number {
    const machine = new Machine(shell, this.hostOf(process));
    const before = this.state.processes.length + this.state.nextPid;
    const budget = Math.min(steps, STEPS_PER_TURN);
    const framesBefore = JSON.stringify(shell.frames.at(-1) ?? null);
    const pendingBefore = shell.pending.length;
    const result: RunResult = machine.run(budget);
    switch (result.kind) {
      case "out-of-budget":
        this.busy.add(process.pid);
        return budget;
      case "exited":
        this.end(process, result.signal ? { code: result.code, signal: result.signal } : { code: result.code });
        return 1;
      case "exec":
        this.exec(process, result.request);
        return 1;
      case "idle":
        this.end(process, { code: shell.status });
        return 1;
      case "blocked": {
        this.busy.delete(process.pid);
        const moved =
          before !== this.state.processes.length + this.state.nextPid ||
          pendingBefore !== shell.pending.length ||
          framesBefore !== JSON.stringify(shell.frames.at(-1) ?? null);
        return moved ? 1 : 0;
      }
    }
  }

  private commandTurn(process: UserlandProcess): number {
    const state = process.command!;
    const ended = state.children?.every((pid) => this.ended(pid)) ?? false;
    if (
      !ended &&
      (state.children || state.wakeMs !== undefined) &&
      (state.wakeMs ?? Number.POSITIVE_INFINITY) > this.nowMs
    )
      return 0;
    delete state.wakeMs;
    delete state.children;
    let read = 0;
    let broken = false;
    const write = (fd: 1 | 2, text: string) => {
      const handle = process.fds[fd];
      if (text !== "" && handle !== undefined && this.open.write(handle, text) === "broken") broken = true;
    };
    const io: CommandIo = {
      argv: process.argv,
      env: state.env,
      cwd: state.cwd,
      nowMs: this.nowMs,
      files: this.context.files,
      context: this.context,
      memory: state.memory,
      read: (upTo) => {
        const handle = process.fds[0];
        const data = handle === undefined ? null : this.open.read(handle, upTo === undefined ? {} : { upTo });
        if (data) read++;
        return data;
      },
      out: (text) => write(1, text),
      err: (text) => write(2, text),
      resolve: (path) => resolvePath(state.cwd, path),
      processes: () => this.state.processes.filter((one) => !one.ended),
      kill: (pid, signal) => this.signal(pid, signal),
      spawn: (argv, options) => this.spawnChild(process, argv, options),
      poll: (pid) => this.ended(pid),
      find: (name) => this.find(name, state.env.PATH ?? DEFAULT_PATH, state.cwd),
    };
    const step = this.step(process, io);
    if (broken) {
      this.end(process, { code: 141, signal: "SIGPIPE" });
      return 1;
    }
    if ("exit" in step) this.end(process, { code: step.exit });
    else if ("children" in step) {
      state.children = step.children;
      if (step.wakeMs !== undefined) state.wakeMs = step.wakeMs;
    } else if ("again" in step) return this.goOn(process, state);
    else if ("wakeMs" in step) state.wakeMs = step.wakeMs;
    else return read > 0 ? 1 : 0;
    return 1;
  }

  /** Who reads what it writes sets its pace; where nobody does it takes a core and gets nowhere. */
  private goOn(process: UserlandProcess, state: CommandState): number {
    const output = process.fds[1];
    if (output !== undefined && this.state.files[output]?.kind === "null") {
      state.busy = true;
      return 0;
    }
    state.wakeMs = this.nowMs + 1;
    return 1;
  }

  private spawnChild(
    parent: UserlandProcess,
    argv: string[],
    options: { env?: Record<string, string>; cwd?: string; stdin?: string },
  ): { pid: number } | { error: "not-found" | "denied" } {
    const { env, cwd } = parent.command!;
    const text = options.stdin === undefined ? undefined : this.open.openText(options.stdin);
    const fds = text === undefined ? parent.fds : { ...parent.fds, 0: text };
    const result = this.spawn({ argv, env: options.env ?? env, cwd: options.cwd ?? cwd, fds }, parent);
    if (text !== undefined) this.open.release(text);
    if ("pid" in result) return result;
    return { error: result.error === "denied" ? "denied" : "not-found" };
  }

  private step(process: UserlandProcess, io: CommandIo): CommandStep {
    try {
      return commands[basename(process.argv[0]!)]!(io);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      io.err(`${process.argv[0]}: ${error.path}: ${error.message}\n`);
      return { exit: 1 };
    }
  }

  private start({ argv, env, cwd, fds, parentPid }: Start): number | undefined {
    const name = basename(argv[0] ?? "");
    const script = this.scriptOf(argv[0] ?? "", cwd);
    if (!isShell(name) && !commands[name] && !BUILTINS.has(name) && script === undefined) return undefined;
    const pid = this.state.nextPid++;
    const own: Record<number, number> = {};
    for (const [fd, handle] of Object.entries(fds)) own[Number(fd)] = this.open.retain(handle);
    const process: UserlandProcess = { pid, parentPid, argv, fds: own, startedMs: this.nowMs };
    this.load(process, { argv, env, cwd }, script);
    this.state.processes.push(process);
    return pid;
  }

  /** Makes a process the shell or command that `argv` names. */
  private load(
    process: UserlandProcess,
    { argv, env, cwd }: { argv: string[]; env: Record<string, string>; cwd: string },
    script: string | undefined,
  ): void {
    const name = basename(argv[0]!);
    process.argv = argv;
    delete process.shell;
    delete process.command;
    if (script !== undefined) this.loadShell(process, script, argv[0]!, argv.slice(1), env, cwd);
    else if (isShell(name)) this.loadShellCommand(process, argv, env, cwd);
    else if (BUILTINS.has(name) && !commands[name]) this.loadShell(process, '"$@"', name, argv, env, cwd);
    else process.command = { env, cwd, memory: {} };
  }

  private loadShellCommand(process: UserlandProcess, argv: string[], env: Record<string, string>, cwd: string): void {
    const words = argv.slice(1);
    const options: string[] = [];
    while (/^[-+][a-z]+$/.test(words[0] ?? "") && !words[0]!.includes("c")) options.push(words.shift()!);
    const prefix = options
      .filter((word) => /^-[eux]+$/.test(word))
      .map((word) => `set ${word}\n`)
      .join("");
    if (/^-[a-z]*c/.test(words[0] ?? "")) {
      const flags = words[0]!.replace(/[-cil]/g, "");
      this.loadShell(
        process,
        `${flags ? `set -${flags}\n` : ""}${prefix}${words[1] ?? ""}`,
        words[2] ?? basename(argv[0]!),
        words.slice(3),
        env,
        cwd,
      );
      // dash and ash turn into the last command of `-c` (EV_EXIT), so that it gets the signals of the container.
      process.shell!.child = true;
    } else if (words[0] !== undefined) {
      const path = resolvePath(cwd, words[0]);
      const text =
        this.context.files.stat(path)?.type === "file"
          ? this.context.files.readFile(path)
          : `echo "${basename(argv[0]!)}: can't open '${words[0]}': No such file or directory" >&2; exit 2`;
      this.loadShell(process, prefix + text, words[0], words.slice(1), env, cwd);
    } else {
      // A shell on standard input: it runs what comes, line by line, and ends with it.
      this.loadShell(process, 'while IFS= read -r _line; do eval "$_line"; done', basename(argv[0]!), [], env, cwd);
    }
  }

  private loadShell(
    process: UserlandProcess,
    script: string,
    name: string,
    positional: string[],
    env: Record<string, string>,
    cwd: string,
  ): void {
    const seed = Math.floor(this.context.random() * 0x7fff_ffff);
    const shell = newShell({
      dialect: this.context.files.stat("/bin/dash") ? "dash" : "ash",
      name,
      env,
      cwd,
      positional,
      fds: process.fds,
      pid: process.pid,
      parentPid: process.parentPid,
      nowMs: this.nowMs,
      seed,
    });
    process.shell = shell;
    process.fds = {};
    new Machine(shell, this.hostOf(process)).start(script);
  }

  /** `exec`, or the last command of a subshell: the same process goes on as another program. */
  private exec(
    process: UserlandProcess,
    { argv, env, cwd, fds }: Pick<SpawnRequest, "argv" | "env" | "cwd" | "fds">,
  ): void {
    const name = basename(argv[0] ?? "");
    const script = this.scriptOf(argv[0] ?? "", cwd);
    if (!isShell(name) && !commands[name] && !BUILTINS.has(name) && script === undefined) {
      if (process.pid === 1 && this.find(argv[0] ?? "", env.PATH ?? DEFAULT_PATH, cwd) !== undefined) {
        this.replacement = { argv: [...argv], env: { ...env }, workingDirectory: cwd };
        this.end(process, { code: 0 });
        return;
      }
      const handle = fds[2];
      if (handle !== undefined) this.open.write(handle, `${process.argv[0]}: ${argv[0]}: not found\n`);
      this.end(process, { code: 127 });
      return;
    }
    const held = process.shell ? Object.values(process.shell.fds) : Object.values(process.fds);
    const own: Record<number, number> = {};
    for (const [fd, handle] of Object.entries(fds)) own[Number(fd)] = this.open.retain(handle);
    for (const handle of held) this.open.release(handle);
    process.fds = own;
    this.load(process, { argv, env, cwd }, script);
  }

  /** The text of an executable script file, without its `#!` line. */
  private scriptOf(name: string, cwd: string): string | undefined {
    if (!name.includes("/")) return undefined;
    const path = resolvePath(cwd, name);
    const stat = this.context.files.stat(path);
    if (stat?.type !== "file" || (stat.mode & 0o111) === 0) return undefined;
    const text = this.context.files.readFile(path);
    return text.startsWith("#!") ? text.slice(text.indexOf("\n") + 1) : undefined;
  }

  private end(process: UserlandProcess, ended: Ended): void {
    process.ended = ended;
    const held = process.shell ? Object.values(process.shell.fds) : Object.values(process.fds);
    for (const handle of held) this.open.release(handle);
    process.fds = {};
    delete process.shell;
    delete process.command;
  }

  /** Processes whose parent is gone are forgotten once they have ended; the first one stays for its exit code. */
  private reap(): void {
    const alive = new Set(this.state.processes.filter((process) => !process.ended).map((process) => process.pid));
    const kept = this.state.processes.filter(
      (process) => !process.ended || process.pid === 1 || alive.has(process.parentPid),
    );
    // A loop starts process after process: of those that ended their shell remembers the newest.
    const ended = kept.filter((process) => process.ended && process.pid !== 1);
    const forgotten = new Set(ended.slice(0, Math.max(0, ended.length - ENDED_LIMIT)));
    this.state.processes = forgotten.size > 0 ? kept.filter((process) => !forgotten.has(process)) : kept;
  }

  private hostOf(process: UserlandProcess): ShellHost {
    const { open, context, state } = this;
    return {
      files: context.files,
      nowMs: this.nowMs,
      open: (path, mode) => open.open(path, mode),
      openText: (text) => open.openText(text),
      pipe: () => open.pipe(),
      dup: (handle) => open.retain(handle),
      close: (handle) => open.release(handle),
      write: (handle, data) => open.write(handle, data),
      read: (handle, options) => open.read(handle, options),
      isTty: () => open.isTty(),
      find: (name, path, cwd) => this.find(name, path, cwd),
      spawn: (request): SpawnResult => this.spawn(request, process),
      spawnShell: (child) => {
        if (state.processes.length >= PROCESS_LIMIT) return { error: "limit" };
        const pid = state.nextPid++;
        for (const handle of Object.values(child.fds)) open.retain(handle);
        child.pid = pid;
        child.parentPid = process.pid;
        state.processes.push({
          pid,
          parentPid: process.pid,
          argv: process.argv,
          fds: {},
          shell: child,
          startedMs: this.nowMs,
        });
        return { pid };
      },
      poll: (pid) =>
        state.processes.find((one) => one.pid === pid)?.ended ??
        (state.processes.some((one) => one.pid === pid) ? undefined : { code: 0 }),
      kill: (pid, signal) => this.signal(pid, signal),
    };
  }

  private spawn(request: SpawnRequest, parent: UserlandProcess): SpawnResult {
    if (this.state.processes.length >= PROCESS_LIMIT) return { error: "limit" };
    const name = request.argv[0] ?? "";
    if (name.includes("/")) {
      const stat = this.context.files.stat(resolvePath(request.cwd, name));
      if (!stat) return { error: "missing-interpreter" };
      if (stat.type === "directory") return { error: "directory" };
      if ((stat.mode & 0o111) === 0) return { error: "denied" };
    } else if (this.find(name, request.env.PATH ?? DEFAULT_PATH, request.cwd) === undefined)
      return { error: "not-found" };
    const pid = this.start({ ...request, parentPid: parent.pid });
    return pid === undefined ? { error: "not-found" } : { pid };
  }

  private find(name: string, path: string, cwd: string): string | undefined {
    for (const directory of name.includes("/") ? [""] : path.split(":")) {
      const candidate = name.includes("/") ? resolvePath(cwd, name) : `${directory}/${name}`;
      const stat = this.context.files.stat(candidate);
      if (stat && stat.type !== "directory" && (stat.mode & 0o111) !== 0) return candidate;
    }
    return undefined;
  }
}

export const DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
/** What an image has as a program and the shell has built in. */
const BUILTINS = new Set(["echo", "printf", "test", "[", "true", "false", "pwd", ":"]);
const SIGNAL_NUMBERS: Record<string, number> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGUSR1: 10,
  SIGUSR2: 12,
  SIGPIPE: 13,
  SIGALRM: 14,
  SIGTERM: 15,
};
