import type { Command, CommandIo, Outcome } from "@/posix/commands/command";
import type { SignalName, Tool, ToolContext } from "./tool";

/** A command of `posix/commands` as a tool: it is called again each time that what it waits for may be there. */
export function plainTool(name: string, command: Command): Tool {
  return { name, run: (context) => run(context, command) };
}

interface Child {
  ended?: { code: number };
  done: Promise<void>;
}

async function run(context: ToolContext, command: Command): Promise<number> {
  const state: Record<string, unknown> = {};
  const io = new ToolIo(context);
  for (;;) {
    const outcome = command(io.view, state);
    await io.flush();
    if ("exit" in outcome) return outcome.exit;
    await io.wait(outcome);
  }
}

/** Input is read ahead a piece at a time; output waits for its reader between two calls. */
class ToolIo {
  private buffer = "";
  private ended = false;
  private pending: Promise<string | null> | undefined;
  private readonly children = new Map<number, Child>();
  private nextChild = 1;
  private outputs: [1 | 2, string][] = [];
  readonly view: CommandIo;

  constructor(private readonly context: ToolContext) {
    const { machine } = context;
    this.view = {
      argv: context.argv,
      env: context.env,
      cwd: context.cwd,
      files: context.files,
      get nowMs() {
        return context.nowMs;
      },
      user: machine.user,
      hostname: machine.hostname,
      style: machine.userland === "busybox" || machine.userland === "alpine" ? "busybox" : "gnu",
      columns: context.columns,
      isTty: (fd) => context.isTty(fd as 0 | 1 | 2),
      out: (text) => void this.outputs.push([1, text]),
      err: (text) => void this.outputs.push([2, text]),
      read: (upTo) => this.read(upTo),
      random: context.random,
      processes: context.processes,
      kill: (pid, signal) => context.signalProcess(this.realPid(pid), signal as SignalName),
      spawn: (argv, options = {}) => this.spawn(argv, options),
      poll: (pid) => this.children.get(pid)?.ended,
      find: (name) => find(context, name),
    };
  }

  async flush(): Promise<void> {
    const outputs = this.outputs.splice(0);
    for (const [fd, text] of outputs)
      if (text !== "") await (fd === 1 ? this.context.stdout : this.context.stderr).write(text);
  }

  async wait(outcome: Exclude<Outcome, { exit: number }>): Promise<void> {
    const { context } = this;
    const races: Promise<unknown>[] = [];
    if ("input" in outcome) {
      this.pending ??= context.stdin.read();
      races.push(this.pending);
    }
    if ("children" in outcome)
      for (const pid of outcome.children) races.push(this.children.get(pid)?.done ?? Promise.resolve());
    if (outcome.untilMs !== undefined) races.push(context.sleep(Math.max(outcome.untilMs - context.nowMs, 0)));
    const first = await context.wait(Promise.race(races));
    if ("input" in outcome && this.pending) {
      const data = typeof first === "string" || first === null ? first : undefined;
      if (data === undefined) return;
      this.pending = undefined;
      if (data === null) this.ended = true;
      else this.buffer += data;
    }
  }

  private read(upTo?: string): string | null | undefined {
    if (upTo !== undefined) {
      const end = this.buffer.indexOf(upTo);
      if (end >= 0) return this.take(end + 1);
      if (!this.ended) return undefined;
    }
    if (this.buffer !== "") return this.take(this.buffer.length);
    return this.ended ? null : undefined;
  }

  private take(length: number): string {
    const data = this.buffer.slice(0, length);
    this.buffer = this.buffer.slice(length);
    return data;
  }

  private spawn(
    argv: string[],
    options: { env?: Record<string, string>; cwd?: string; stdin?: string },
  ): { pid: number } | { error: "not-found" | "denied" } {
    const shell = /^(?:.*\/)?(?:ba|da|a)?sh$/.test(argv[0]!);
    if (!shell && find(this.context, argv[0]!) === undefined) return { error: "not-found" };
    const pid = -this.nextChild++;
    const child: Child = { done: Promise.resolve() };
    child.done = this.flush()
      .then(() => this.context.run(argv, { ...options, onStart: (real) => this.pids.set(pid, real) }))
      .then((code) => {
        child.ended = { code };
      });
    child.done.catch(() => {});
    this.children.set(pid, child);
    return { pid };
  }

  private readonly pids = new Map<number, number>();

  private realPid(pid: number): number {
    return this.pids.get(pid) ?? pid;
  }
}

function find({ env, files, cwd }: ToolContext, name: string): string | undefined {
  const executable = (path: string) => {
    const stat = files.stat(path);
    return stat?.type === "file" && (stat.mode & 0o111) !== 0;
  };
  if (name.includes("/")) {
    const path = name.startsWith("/") ? name : `${cwd}/${name}`;
    return executable(path) ? name : undefined;
  }
  for (const directory of (env.PATH ?? "/usr/local/bin:/usr/bin:/bin").split(":"))
    if (executable(`${directory}/${name}`)) return `${directory}/${name}`;
  return undefined;
}
