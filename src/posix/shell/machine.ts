import { stepRead } from "./builtins/read";
import { runSimple } from "./commands";
import { arithmeticFor, caseOf, compute, conditional, forLoop, loop } from "./compound";
import { Expander } from "./expand";
import { NeedSubstitution, ShellFault } from "./fault";
import { commandFrame } from "./frames";
import type { RunResult, ShellHost } from "./host";
import { background, pipeline, startSubstitution, stepSubstitution, stepWait } from "./jobs";
import {
  type CommandNode,
  completeness,
  nodeOf,
  type PipelineNode,
  type Ref,
  refTo,
  type StatementNode,
  SyntaxFault,
  scriptRef,
} from "./program";
import { quote } from "./quote";
import { applyRedirections, planRedirection, restoreFds } from "./redirections";
import type { Frame, ShellState } from "./state";
import { getVariable, restoreVariable } from "./variables";

type FrameOf<K extends Frame["k"]> = Extract<Frame, { k: K }>;

/** Deeper nesting of frames than this is a recursion without end. */
export const FRAME_LIMIT = 2000;

/**
 * Runs a shell's state, a small step at a time. All that it remembers is in `state`: it may be put away as JSON between
 * any two calls of `run`, copied, and gone on with elsewhere.
 */
export class Machine {
  /** A handle whose reader is behind; waited for before the next command. */
  private full: number | undefined;
  private dead: { code: number; signal: string } | undefined;

  constructor(
    readonly state: ShellState,
    readonly host: ShellHost,
  ) {}

  /** Takes up to `budget` steps. */
  run(budget: number): RunResult {
    for (let steps = 0; steps < budget; steps++) {
      const result = this.step();
      if (this.dead) return { kind: "exited", ...this.dead };
      if (result) return result;
    }
    return { kind: "out-of-budget" };
  }

  /** Begins a script (or the next line of an interactive shell). A syntax error is reported here and gives status 2. */
  start(text: string): void {
    try {
      const ref = scriptRef(text);
      // The parser leaves some errors to the statement they stand in; bash sees them when it reads the line.
      const wrong = nodeOf<StatementNode[]>(ref).find((statement) => statement.deferredError)?.deferredError;
      if (wrong && !text.trim().includes("\n")) throw new SyntaxFault(wrong.message, false, 1);
      this.state.frames.push({ k: "list", ref, i: 0 });
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      this.syntaxError(error, text);
    }
  }

  syntaxError(fault: SyntaxFault, text: string): void {
    const { state } = this;
    state.line = fault.line;
    this.complain(fault.message);
    const source = text.split("\n")[fault.line - 1];
    if (
      fault.message.includes("near unexpected token") &&
      state.dialect === "bash" &&
      !state.interactive &&
      source !== undefined
    ) {
      this.complain(`\`${source}'`);
    }
    state.status = 2;
    if (!state.interactive) this.exit(2);
  }

  push(frame: Frame): void {
    if (this.state.frames.length >= FRAME_LIMIT) throw new ShellFault("maximum nesting level exceeded", 1, true);
    this.state.frames.push(frame);
  }

  pop(): void {
    this.unwind(this.state.frames.pop());
  }

  /** Leaves frames until `stop` says so of the top one. False where none did. */
  popUntil(stop: (frame: Frame) => boolean): boolean {
    while (this.state.frames.length > 0) {
      if (stop(this.state.frames.at(-1)!)) return true;
      this.pop();
    }
    return false;
  }

  /** Ends the shell: an EXIT trap still runs. */
  exit(code: number): void {
    this.popUntil(() => false);
    this.state.status = code & 255;
    this.state.exiting = true;
  }

  /** Ctrl-C at an interactive shell: the whole line is given up. */
  abort(status: number): void {
    this.popUntil(() => false);
    this.state.status = status;
  }

  write(fd: number, text: string): boolean {
    if (text === "") return true;
    const handle = this.state.fds[fd];
    if (handle === undefined) return false;
    const result = this.host.write(handle, text);
    if (result === "full") this.full = handle;
    if (result === "broken") {
      if (this.state.interactive) return false;
      this.popUntil(() => false);
      this.dead = { code: 141, signal: "SIGPIPE" };
    }
    return result !== "broken";
  }

  /** A message as this shell words it, on standard error. */
  complain(text: string): void {
    this.write(2, `${this.prefix()}${text}\n`);
  }

  prefix(): string {
    const { dialect, name, interactive, line } = this.state;
    if (dialect === "bash") return interactive ? "bash: " : `${name}: line ${line}: `;
    return dialect === "dash" ? `${name}: ${line}: ` : interactive ? `${name}: ` : `${name}: line ${line}: `;
  }

  expander(frame: { subs: string[] }): Expander {
    return new Expander(this.state, this.host, frame.subs);
  }

  /**
   * Runs an expansion that may want command substitutions. Undefined: one was started, and the same frame will be
   * stepped again when its output is there. Changes to variables are taken back until then.
   */
  expanding<T>(frame: { subs: string[]; ref: Ref }, expand: (expander: Expander) => T): { value: T } | undefined {
    const { state } = this;
    const { variables, random } = state;
    if (frame.subs.length === 0) state.substitutionStatus = 0;
    try {
      return { value: expand(this.expander(frame)) };
    } catch (error) {
      if (!(error instanceof NeedSubstitution)) throw error;
      startSubstitution(this, frame.ref, error, () => {
        state.variables = variables;
        state.random = random;
      });
      return undefined;
    }
  }

  /** Whether `set -e` has no say here: conditions, `!`, and what stands before `&&` and `||`. */
  quiet(): boolean {
    return this.state.frames.some((frame) => "quiet" in frame && frame.quiet === true);
  }

  trace(words: readonly string[]): void {
    if (!this.state.options.xtrace) return;
    const prefix = getVariable(this, "PS4") ?? "+ ";
    this.write(2, `${prefix}${words.map((word) => quote(word)).join(" ")}\n`);
  }

  private step(): RunResult | undefined {
    const { state } = this;
    if (this.full !== undefined) {
      const handle = this.full;
      this.full = undefined;
      state.frames.push({ k: "drain", handle });
    }
    const frame = state.frames.at(-1);
    const between = !frame || frame.k === "list" || frame.k === "statement" || frame.k === "loop";
    if (between && state.pending.length > 0 && !state.exiting) {
      this.runTrap(state.pending.shift()!);
      return undefined;
    }
    if (!frame) return this.finish();
    try {
      return this.stepFrame(frame);
    } catch (error) {
      if (error instanceof ShellFault) this.fail(error);
      else if (error instanceof SyntaxFault) this.syntaxError(error, "");
      else if (error instanceof RangeError) this.fail(new ShellFault("expression too deeply nested", 1, true));
      else throw error;
      return undefined;
    }
  }

  private stepFrame(frame: Frame): RunResult | undefined {
    const { state, host } = this;
    switch (frame.k) {
      case "list":
        return this.list(frame);
      case "statement":
        return this.statement(frame);
      case "pipeline":
        return this.pipeline(frame);
      case "simple":
        return runSimple(this, frame);
      case "redirected":
        return this.redirected(frame);
      case "restore":
        state.frames.pop();
        restoreFds(this, frame.saved);
        return undefined;
      case "if":
        return conditional(this, frame);
      case "loop":
        return loop(this, frame);
      case "for":
        return forLoop(this, frame);
      case "cfor":
        return arithmeticFor(this, frame);
      case "case":
        return caseOf(this, frame);
      case "compute":
        return compute(this, frame);
      case "substitution":
        return stepSubstitution(this, frame);
      case "wait":
        return stepWait(this, frame);
      case "read":
        return stepRead(this, frame);
      case "drain":
        if (host.write(frame.handle, "") === "full")
          return { kind: "blocked", blocked: { on: "write", handle: frame.handle } };
        state.frames.pop();
        return undefined;
      case "stdin":
        return this.readScript(frame);
      case "exit":
        state.frames.length = 0;
        state.status = frame.code;
        return undefined;
      case "trap":
        state.status = frame.status;
        this.pop();
        return undefined;
      default:
        this.pop();
        return undefined;
    }
  }

  private finish(): RunResult | undefined {
    const { state } = this;
    if (state.interactive && !state.exiting) return { kind: "idle" };
    const trap = state.traps.EXIT;
    if (trap) {
      delete state.traps.EXIT;
      state.exiting = true;
      state.frames.push({ k: "exit", code: state.status });
      this.start(trap);
      return undefined;
    }
    return { kind: "exited", code: state.status };
  }

  private runTrap(signal: string): void {
    const text = this.state.traps[signal];
    if (!text) return;
    this.push({ k: "trap", status: this.state.status });
    this.start(text);
  }

  private fail(fault: ShellFault): void {
    const { state } = this;
    if (!fault.silent) this.complain(fault.message);
    if (fault.fatal === "discard" && !state.interactive) {
      this.discard();
      state.status = fault.status;
      return;
    }
    if (fault.fatal) {
      if (state.interactive) this.abort(fault.status);
      else this.exit(fault.status);
      return;
    }
    this.pop();
    state.status = fault.status;
  }

  /** Leaves what runs, and what else stands on its line, for the next line of the script. */
  private discard(): void {
    const { frames, line } = this.state;
    while (frames.length > 1) this.pop();
    const [frame] = frames;
    if (frame?.k !== "list") {
      this.popUntil(() => false);
      return;
    }
    const statements = nodeOf<StatementNode[]>(frame.ref);
    while (frame.i < statements.length && lineOf(statements[frame.i]!) === line) frame.i++;
  }

  /** Puts back what a frame had changed for its own time. */
  private unwind(frame: Frame | undefined): void {
    const { state, host } = this;
    if (!frame) return;
    if (frame.k === "restore") restoreFds(this, frame.saved);
    if (frame.k === "substitution") host.close(frame.handle);
    if (frame.k === "temporary")
      for (const [name, before] of Object.entries(frame.saved)) restoreVariable(state, name, before);
    if (frame.k === "source" && frame.positional) state.positional = frame.positional;
    if (frame.k === "function") {
      state.positional = frame.positional;
      for (const [name, before] of Object.entries({ ...frame.temporary, ...frame.locals }))
        restoreVariable(state, name, before);
    }
    if (frame.k === "remove") for (const path of frame.paths) if (host.files.lstat(path)) host.files.remove(path);
    if (frame.k === "wait" && frame.foreground) host.foreground?.(undefined);
  }

  private list(frame: FrameOf<"list">): undefined {
    const statements = nodeOf<StatementNode[]>(frame.ref);
    const statement = statements[frame.i];
    if (!statement || this.state.options.noexec) {
      this.pop();
      return;
    }
    frame.i++;
    if (statement.deferredError) throw new SyntaxFault(statement.deferredError.message, false, this.state.line);
    this.push({ k: "statement", ref: refTo(frame.ref, statement), i: 0 });
  }

  private statement(frame: FrameOf<"statement">): undefined {
    const { state } = this;
    const node = nodeOf<StatementNode>(frame.ref);
    if (node.background && !frame.own) {
      this.pop();
      background(this, frame.ref, node);
      return;
    }
    while (frame.i > 0 && frame.i < node.pipelines.length) {
      const operator = node.operators[frame.i - 1];
      if ((operator === "&&" && state.status !== 0) || (operator === "||" && state.status === 0)) frame.i++;
      else break;
    }
    const next = node.pipelines[frame.i];
    if (!next) {
      this.pop();
      return;
    }
    frame.i++;
    frame.quiet = frame.i < node.pipelines.length;
    this.push({ k: "pipeline", ref: refTo(frame.ref, next), phase: 0 });
  }

  private pipeline(frame: FrameOf<"pipeline">): undefined {
    const { state, host } = this;
    const node = nodeOf<PipelineNode>(frame.ref);
    if (frame.phase === 0) {
      frame.phase = 1;
      frame.quiet = node.negated;
      if (node.timed) frame.startedMs = host.nowMs;
      if (node.commands.length === 1) this.command(refTo(frame.ref, node.commands[0]!));
      else pipeline(this, frame.ref, node);
      return;
    }
    this.pop();
    if (node.commands.length === 1) state.pipeStatus = [state.status];
    if (node.timed) this.reportTime(host.nowMs - (frame.startedMs ?? 0), node.timePosix === true);
    if (node.negated) {
      state.status = state.status === 0 ? 1 : 0;
      return;
    }
    if (state.status === 0 || this.quiet()) return;
    const only = node.commands.length === 1 ? node.commands[0]!.type : "Pipeline";
    if (!["SimpleCommand", "Subshell", "ArithmeticCommand", "ConditionalCommand", "Pipeline"].includes(only)) return;
    if (state.traps.ERR) this.runTrap("ERR");
    if (state.options.errexit) this.exit(state.status);
  }

  private reportTime(elapsedMs: number, posix: boolean): void {
    const seconds = (ms: number) => (ms / 1000).toFixed(posix ? 2 : 3);
    const long = (ms: number) => `${Math.floor(ms / 60_000)}m${seconds(ms % 60_000)}s`;
    if (posix) this.write(2, `real ${seconds(elapsedMs)}\nuser 0.00\nsys 0.00\n`);
    else this.write(2, `\nreal\t${long(elapsedMs)}\nuser\t0m0.002s\nsys\t0m0.001s\n`);
  }

  /** Pushes what runs one command of a pipeline. */
  command(ref: Ref, plain = false): void {
    const frame = commandFrame(ref, plain);
    if (frame) {
      this.push(frame);
      return;
    }
    const node = nodeOf<CommandNode>(ref);
    if (node.type === "Subshell") pipeline(this, ref, undefined);
    if (node.type !== "FunctionDef") return;
    this.state.functions[node.name] = ref;
    this.state.status = 0;
  }

  private redirected(frame: FrameOf<"redirected">): undefined {
    const node = nodeOf<Exclude<CommandNode, { type: "SimpleCommand" }>>(frame.ref);
    const plan = this.expanding(frame, (expander) =>
      node.redirections.map((redirection) => planRedirection(expander, redirection)),
    );
    if (!plan) return;
    const saved = applyRedirections(this, plan.value);
    this.state.frames.pop();
    this.push({ k: "restore", saved });
    if (node.type === "FunctionDef") this.command(refTo(frame.ref, node.body));
    else this.command(frame.ref, true);
  }

  /** A shell that reads its commands from standard input, a complete one at a time. */
  private readScript(frame: FrameOf<"stdin">): RunResult | undefined {
    if (!frame.ended) {
      const data = this.host.read(frame.handle, { upTo: "\n" });
      if (data === undefined) return { kind: "blocked", blocked: { on: "read", handle: frame.handle } };
      if (data === null) frame.ended = true;
      else frame.text += data;
      if (data !== null && !data.endsWith("\n")) return undefined;
    }
    const { text } = frame;
    if (text.trim() === "" || (!frame.ended && !completeness(text).complete)) {
      if (frame.ended) this.pop();
      return undefined;
    }
    frame.text = "";
    if (frame.ended) this.pop();
    this.start(text);
    return undefined;
  }
}

const lineOf = (statement: StatementNode): number | undefined => statement.pipelines[0]?.commands[0]?.line;
