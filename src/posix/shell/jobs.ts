import { serialize } from "just-bash";
import { FileError } from "../files/file-system";
import { resolvePath } from "../files/path";
import { type NeedSubstitution, ShellFault } from "./fault";
import { commandFrame } from "./frames";
import type { RunResult, ShellHost } from "./host";
import type { Machine } from "./machine";
import {
  type CommandNode,
  nodeOf,
  type PipelineNode,
  type Ref,
  refTo,
  type ScriptNode,
  type StatementNode,
  scriptRef,
} from "./program";
import { copyShell, type Frame, type Job, type ShellState } from "./state";

/** More output than this of one command substitution is an error. */
export const SUBSTITUTION_LIMIT = 1024 * 1024;
export const JOB_LIMIT = 64;

/** A copy of the shell that will run these frames as a process of its own. */
export function childOf(machine: Machine, frames: Frame[]): ShellState {
  const child = copyShell({ ...machine.state, frames: [] });
  child.frames = frames;
  child.child = true;
  child.interactive = false;
  if (machine.state.interactive) child.line = 1;
  child.jobs = [];
  child.pending = [];
  // Traps are the parent's own; what it ignores stays ignored.
  child.traps = Object.fromEntries(
    Object.entries(child.traps).filter(([name, text]) => text === "" && name !== "EXIT"),
  );
  if (machine.quiet()) delete child.options.errexit;
  return child;
}

/** Runs several commands at once, each the reader of the one before. Without a node: the subshell at `ref`. */
export function pipeline(machine: Machine, ref: Ref, node: PipelineNode | undefined): void {
  const { state, host } = machine;
  const commands: Ref[] = node ? node.commands.map((command) => refTo(ref, command)) : [ref];
  const pids: number[] = [];
  let input: number | undefined;
  for (const [index, command] of commands.entries()) {
    const last = index === commands.length - 1;
    const pipe = last ? undefined : host.pipe();
    const child = childOf(machine, []);
    if (input !== undefined) child.fds[0] = input;
    if (pipe) {
      child.fds[1] = pipe.write;
      if (node?.pipeStderr?.[index]) child.fds[2] = pipe.write;
    }
    pushCommand(child, command, !node);
    const group = state.interactive ? (pids[0] ?? "new") : undefined;
    const result = host.spawnShell(child, group === undefined ? {} : { group });
    if (input !== undefined) host.close(input);
    if (pipe) host.close(pipe.write);
    input = pipe?.read;
    if ("error" in result) {
      if (input !== undefined) host.close(input);
      for (const pid of pids) host.kill(pid, "SIGTERM");
      throw new ShellFault("fork: retry: Resource temporarily unavailable", 254);
    }
    pids.push(result.pid);
  }
  if (state.interactive) host.foreground?.(pids);
  const text = node ? textOf(node.commands) : textOf([nodeOf<CommandNode>(ref)]);
  machine.push({
    k: "wait",
    pids,
    codes: {},
    text,
    pipeline: node !== undefined,
    ...(state.interactive && { foreground: true }),
  });
}

function pushCommand(child: ShellState, ref: Ref, subshell: boolean): void {
  const body = nodeOf<CommandNode>(ref);
  // A subshell's own parentheses are this process: do not fork again for them.
  const own = body.type === "Subshell" && (subshell || body.redirections.length === 0);
  const frame: Frame | undefined = own ? { k: "list", ref: refTo(ref, body.body), i: 0 } : commandFrame(ref);
  if (frame) child.frames.push(frame);
}

function textOf(commands: CommandNode[]): string {
  try {
    return serialize({
      type: "Script",
      statements: [
        {
          type: "Statement",
          pipelines: [{ type: "Pipeline", commands, negated: false }],
          operators: [],
          background: false,
        },
      ],
    });
  } catch {
    return "";
  }
}

/** `command &` */
export function background(machine: Machine, ref: Ref, node: StatementNode): void {
  const { state, host } = machine;
  if (state.jobs.filter((job) => job.state !== "done").length >= JOB_LIMIT) {
    throw new ShellFault("fork: retry: Resource temporarily unavailable", 254, false);
  }
  const child = childOf(machine, [{ k: "statement", ref, i: 0, own: true }]);
  let empty: number | undefined;
  if (!state.interactive) {
    empty = host.openText("");
    child.fds[0] = empty;
  }
  const result = host.spawnShell(child, { background: true, ...(state.interactive && { group: "new" as const }) });
  if (empty !== undefined) host.close(empty);
  if ("error" in result) throw new ShellFault("fork: retry: Resource temporarily unavailable", 254);
  state.lastBackground = result.pid;
  state.status = 0;
  const text = (node.sourceText ?? "").replace(/\s*&\s*$/, "");
  // Outside an interactive shell nobody is told of jobs that have ended: their numbers are free again.
  if (!state.interactive) reapJobs(state, host);
  const job = addJob(state, [result.pid], text, "running");
  if (state.interactive) machine.write(2, `[${job.id}] ${result.pid}\n`);
}

export function addJob(state: ShellState, pids: number[], text: string, jobState: Job["state"]): Job {
  const id = Math.max(0, ...state.jobs.map((job) => job.id)) + 1;
  const job: Job = { id, pids, text, state: jobState };
  state.jobs.push(job);
  return job;
}

/** Starts the process whose output an expansion wants. `takeBack` undoes what the expansion has assigned so far. */
export function startSubstitution(machine: Machine, ref: Ref, need: NeedSubstitution, takeBack: () => void): void {
  const { host } = machine;
  const body = bodyOf(ref, need.body);
  const direct = directRead(machine, body);
  if (direct !== undefined && !need.file) {
    takeBack();
    give(machine, direct);
    return;
  }
  const child = childOf(machine, [{ k: "list", ref: body, i: 0 }]);
  takeBack();
  delete child.options.errexit;
  const pipe = host.pipe();
  child.fds[1] = pipe.write;
  const result = host.spawnShell(child, {});
  host.close(pipe.write);
  if ("error" in result) {
    host.close(pipe.read);
    throw new ShellFault("fork: retry: Resource temporarily unavailable", 254, true);
  }
  machine.push({ k: "substitution", pid: result.pid, handle: pipe.read, text: "", ...(need.file && { file: true }) });
}

function bodyOf(ref: Ref, body: object | string): Ref {
  if (typeof body === "string") return scriptRef(body);
  const own = refTo(ref, (body as ScriptNode).statements);
  return own.n === undefined ? scriptRef(serialize(body as ScriptNode)) : own;
}

/** `$(< file)` is the file's content, without a process. */
function directRead(machine: Machine, ref: Ref): string | undefined {
  const statements = nodeOf<StatementNode[]>(ref);
  const command =
    statements.length === 1 && statements[0]!.pipelines.length === 1
      ? statements[0]!.pipelines[0]!.commands[0]
      : undefined;
  if (
    command?.type !== "SimpleCommand" ||
    command.name ||
    command.assignments.length > 0 ||
    command.redirections.length !== 1
  )
    return undefined;
  const [redirection] = command.redirections;
  if (redirection!.operator !== "<" || redirection!.target.type !== "Word") return undefined;
  const path = machine.expander({ subs: [] }).single(redirection!.target);
  try {
    machine.state.substitutionStatus = 0;
    return machine.host.files.readFile(resolvePath(machine.state.cwd, path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    machine.complain(`${path}: ${error.message}`);
    machine.state.substitutionStatus = 1;
    return "";
  }
}

function give(machine: Machine, text: string): void {
  const frame = machine.state.frames.at(-1);
  if (frame && "subs" in frame) frame.subs.push(text.replace(/\n+$/, "").replaceAll("\0", ""));
}

export function stepSubstitution(
  machine: Machine,
  frame: Extract<Frame, { k: "substitution" }>,
): RunResult | undefined {
  const { state, host } = machine;
  const data = frame.handle < 0 ? null : host.read(frame.handle);
  if (data === undefined) return { kind: "blocked", blocked: { on: "read", handle: frame.handle } };
  if (data !== null) {
    frame.text += data;
    if (frame.text.length > SUBSTITUTION_LIMIT) {
      host.kill(frame.pid, "SIGPIPE");
      throw new ShellFault("command substitution: output too large", 1, true);
    }
    return undefined;
  }
  if (frame.handle >= 0) host.close(frame.handle);
  frame.handle = -1;
  const ended = host.poll(frame.pid);
  if (ended === undefined || ended === "stopped")
    return { kind: "blocked", blocked: { on: "wait", pids: [frame.pid] } };
  state.frames.pop();
  state.substitutionStatus = ended.code;
  if (interrupted(machine, ended.signal)) return undefined;
  if (frame.file) {
    const path = `/tmp/.sh-${state.pid}-${frame.pid}`;
    host.files.writeFile(path, frame.text);
    const parent = state.frames.pop()!;
    machine.push({ k: "remove", paths: [path] });
    state.frames.push(parent);
    give(machine, path);
  } else {
    give(machine, frame.text);
  }
  return undefined;
}

/** A child that Ctrl-C ended takes the shell's current work with it. */
function interrupted(machine: Machine, signal: string | undefined): boolean {
  const { state } = machine;
  if (signal !== "SIGINT" || state.traps.INT !== undefined) return false;
  if (state.interactive) {
    machine.abort(130);
    machine.write(2, "\n");
  } else {
    machine.exit(130);
  }
  return true;
}

const SIGNAL_TEXTS: Record<string, string> = {
  SIGTERM: "Terminated",
  SIGKILL: "Killed",
  SIGHUP: "Hangup",
  SIGQUIT: "Quit (core dumped)",
  SIGALRM: "Alarm clock",
  SIGUSR1: "User defined signal 1",
};

export function stepWait(machine: Machine, frame: Extract<Frame, { k: "wait" }>): RunResult | undefined {
  const { state, host } = machine;
  let signal: string | undefined;
  const missing: number[] = [];
  for (const pid of frame.pids) {
    if (frame.codes[pid] !== undefined) continue;
    const ended = host.poll(pid);
    if (ended === "stopped" && frame.foreground) return stopped(machine, frame);
    if (ended === undefined || ended === "stopped") {
      missing.push(pid);
      continue;
    }
    frame.codes[pid] = ended.code;
    if (ended.signal) signal = ended.signal;
    const job = state.jobs.find((item) => item.pids.includes(pid));
    if (job) finishJob(job, ended);
  }
  if (missing.length > 0 && frame.builtin && state.pending.length > 0) {
    // A trap ends the wait builtin at once.
    state.frames.pop();
    state.status = 128 + 15;
    return undefined;
  }
  if (missing.length > 0) return { kind: "blocked", blocked: { on: "wait", pids: missing } };
  machine.pop();
  const codes = frame.pids.map((pid) => frame.codes[pid]!);
  if (frame.pipeline) state.pipeStatus = codes;
  state.status = codes.at(-1) ?? 0;
  if (frame.pipeline && state.options.pipefail) state.status = codes.findLast((code) => code !== 0) ?? 0;
  if (frame.builtin) {
    state.jobs = state.jobs.filter((job) => job.state !== "done");
    return undefined;
  }
  if (frame.foreground) state.jobs = state.jobs.filter((job) => !job.pids.some((pid) => frame.pids.includes(pid)));
  if (interrupted(machine, signal)) return undefined;
  const text = signal && SIGNAL_TEXTS[signal];
  if (text && state.interactive) machine.write(2, `${text}\n`);
  else if (text && state.dialect === "bash")
    machine.complain(`${String(frame.pids.at(-1)).padStart(5)} ${text.padEnd(23)} ${frame.text ?? ""}`);
  return undefined;
}

/** Ctrl-Z: the job stays, the shell goes on. */
function stopped(machine: Machine, frame: Extract<Frame, { k: "wait" }>): undefined {
  const { state } = machine;
  machine.abort(148);
  const known = state.jobs.find((job) => job.pids.some((pid) => frame.pids.includes(pid)));
  const job = known ?? addJob(state, frame.pids, frame.text ?? "", "stopped");
  job.state = "stopped";
  machine.write(2, `\n${jobLine(job, "+")}\n`);
}

export function finishJob(job: Job, ended: { code: number; signal?: string }): void {
  job.state = "done";
  job.code = ended.code;
  if (ended.signal) job.signal = ended.signal;
}

export function jobLine(job: Job, mark: string, long = false): string {
  const state =
    job.state === "running"
      ? "Running"
      : job.state === "stopped"
        ? "Stopped"
        : job.signal
          ? (SIGNAL_TEXTS[job.signal] ?? (job.signal === "SIGINT" ? "Interrupt" : job.signal))
          : job.code
            ? `Exit ${job.code}`
            : "Done";
  const pid = long ? `${String(job.pids[0]).padStart(5)} ` : "";
  return `[${job.id}]${mark}  ${pid}${state.padEnd(24)}${job.text}${job.state === "running" ? " &" : ""}`;
}

/** Takes note of jobs that have ended; what an interactive shell says about them before its next prompt. */
export function reapJobs(state: ShellState, host: ShellHost): string[] {
  const lines: string[] = [];
  for (const job of state.jobs) {
    if (job.state === "done") continue;
    const codes = job.pids.map((pid) => host.poll(pid));
    if (codes.some((code) => code === "stopped")) job.state = "stopped";
    else if (codes.every((code) => code !== undefined)) finishJob(job, codes.at(-1) as { code: number });
  }
  for (const job of state.jobs) if (job.state === "done") lines.push(jobLine(job, markOf(state, job)));
  state.jobs = state.jobs.filter((job) => job.state !== "done");
  return lines;
}

/** `+` for the current job, `-` for the one before it. */
export function markOf(state: ShellState, job: Job): string {
  const [current, previous] = currentJobs(state);
  return job === current ? "+" : job === previous ? "-" : " ";
}

export function currentJobs(state: ShellState): Job[] {
  const stopped = state.jobs.filter((job) => job.state === "stopped").reverse();
  const others = state.jobs.filter((job) => job.state !== "stopped").reverse();
  return [...stopped, ...others];
}

/** `%1`, `%+`, `%-`, `%name`, `%?text`. */
export function findJob(state: ShellState, spec: string): Job | undefined {
  const text = spec.replace(/^%/, "");
  const order = currentJobs(state);
  if (text === "" || text === "+" || text === "%") return order[0];
  if (text === "-") return order[1] ?? order[0];
  if (/^\d+$/.test(text)) return state.jobs.find((job) => job.id === Number(text));
  return state.jobs.find((job) =>
    text.startsWith("?") ? job.text.includes(text.slice(1)) : job.text.startsWith(text),
  );
}
