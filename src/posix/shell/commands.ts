import { serialize } from "just-bash";
import { builtins, DECLARATIONS } from "./builtins";
import type { Expander } from "./expand";
import { ShellFault } from "./fault";
import type { RunResult, SpawnRequest } from "./host";
import type { Machine } from "./machine";
import {
  type CommandNode,
  nodeOf,
  type Ref,
  refTo,
  type SimpleCommandNode,
  type StatementNode,
  scriptRef,
  type WordNode,
} from "./program";
import {
  applyRedirections,
  keepRedirections,
  type PlannedRedirection,
  planRedirection,
  restoreFds,
} from "./redirections";
import type { Frame, SavedFds, Variable } from "./state";
import { variable } from "./state";
import { changeVariable, exportedEnvironment } from "./variables";

/** As bash's FUNCNEST where a script sets it; here always. */
const FUNCTION_DEPTH_LIMIT = 200;

interface Plan {
  argv: string[];
  redirections: PlannedRedirection[];
  /** `A=1 command`: variables for its time only. */
  temporary: [string, Variable][];
}

/** A simple command: expansion, then function, builtin or program. */
export function runSimple(machine: Machine, frame: Extract<Frame, { k: "simple" }>): RunResult | undefined {
  const { state } = machine;
  const node = nodeOf<SimpleCommandNode>(frame.ref);
  state.line = node.line ?? state.line;
  if (expandAlias(machine, frame, node)) return undefined;
  const plan = machine.expanding(frame, (expander) => planOf(expander, node));
  if (!plan) return undefined;
  const { argv, redirections, temporary } = plan.value;
  if (argv.length === 0) return assignOnly(machine, node, redirections);
  machine.trace([...temporary.map(([name, value]) => `${name}=${value.v ?? ""}`), ...argv]);
  const name = argv[0]!;
  const list = state.frames.at(-4);
  const bare = list?.k === "list" && list.bare === true;
  const definition = !bare && Object.hasOwn(state.functions, name) ? state.functions[name] : undefined;
  if (definition) return callFunction(machine, definition, plan.value);
  const builtin = Object.hasOwn(builtins, name) ? builtins[name] : undefined;
  if (builtin) return runBuiltin(machine, plan.value);
  return runProgram(machine, plan.value);
}

function planOf(expander: Expander, node: SimpleCommandNode): Plan {
  const { state } = expander;
  const first = node.name ? expander.words([node.name]) : [];
  const argv = DECLARATIONS.has(first[0] ?? "")
    ? [...first, ...declarationWords(expander, node.args)]
    : [...first, ...expander.words(node.args)];
  const redirections = node.redirections.map((redirection) => planRedirection(expander, redirection));
  if (argv.length === 0) {
    for (const assignment of node.assignments) expander.assign(assignment);
    return { argv, redirections, temporary: [] };
  }
  const before = state.variables;
  for (const assignment of node.assignments) expander.assign(assignment);
  const temporary = node.assignments.map(({ name }): [string, Variable] => [
    name,
    { ...variable(state.variables, name), exported: true },
  ]);
  state.variables = before;
  return { argv, redirections, temporary };
}

/** `export A=$x` does not split what it assigns. */
function declarationWords(expander: Expander, words: readonly WordNode[]): string[] {
  return words.flatMap((word) => {
    const [first] = word.parts;
    const assigns = first?.type === "Literal" && /^[A-Za-z_]\w*(\[[^\]]*\])?\+?=/.test(first.value);
    return assigns ? [expander.single(word)] : expander.words([word]);
  });
}

function assignOnly(machine: Machine, node: SimpleCommandNode, redirections: PlannedRedirection[]): undefined {
  const { state } = machine;
  state.frames.pop();
  if (state.options.xtrace)
    for (const { name } of node.assignments) machine.trace([`${name}=${variable(state.variables, name)?.v ?? ""}`]);
  state.status = state.substitutionStatus;
  try {
    restoreFds(machine, applyRedirections(machine, redirections));
  } catch (error) {
    if (!(error instanceof ShellFault)) throw error;
    machine.complain(error.message);
    state.status = 1;
  }
}

/** An alias is text: with the command's own words behind it, it is read again. */
function expandAlias(machine: Machine, _frame: Extract<Frame, { k: "simple" }>, node: SimpleCommandNode): boolean {
  const { state } = machine;
  const [part, ...more] = node.name?.parts ?? [];
  if (!state.options.expand_aliases || part?.type !== "Literal" || more.length > 0) return false;
  const name = part.value;
  const used = aliasesInUse(state.frames);
  const value = Object.hasOwn(state.aliases, name) && !used.includes(name) ? state.aliases[name] : undefined;
  if (value === undefined) return false;
  const rest: SimpleCommandNode = { ...node, name: null, assignments: [] };
  const words = [...node.args];
  // A value that ends in a blank has the next word looked up as well.
  const next =
    words[0]?.parts.length === 1 && words[0].parts[0]?.type === "Literal" ? words[0].parts[0].value : undefined;
  let tail = value;
  if (/[ \t]$/.test(value) && next !== undefined && Object.hasOwn(state.aliases, next)) {
    tail += state.aliases[next];
    words.shift();
  }
  const [first, ...others] = words;
  const statement = statementOf({ ...rest, name: first ?? null, args: others });
  const behind = first || node.redirections.length > 0 ? serialize({ type: "Script", statements: [statement] }) : "";
  const before =
    node.assignments.length > 0
      ? `${serialize({ type: "Script", statements: [statementOf({ ...rest, args: [], redirections: [], assignments: node.assignments })] })} `
      : "";
  state.frames.pop();
  machine.push({ k: "list", ref: scriptRef(`${before}${tail} ${behind}`), i: 0, alias: [...used, name] });
  return true;
}

const statementOf = (command: CommandNode): StatementNode => ({
  type: "Statement",
  pipelines: [{ type: "Pipeline", commands: [command], negated: false }],
  operators: [],
  background: false,
});

function aliasesInUse(frames: readonly Frame[]): string[] {
  for (let index = frames.length - 1; index >= 0; index--) {
    const frame = frames[index]!;
    if (frame.k === "list" && frame.alias) return frame.alias;
    if (frame.k === "function" || frame.k === "source") return [];
  }
  return [];
}

function callFunction(machine: Machine, definition: Ref, plan: Plan): undefined {
  const { state } = machine;
  const depth = state.frames.filter((frame) => frame.k === "function").length;
  if (depth >= FUNCTION_DEPTH_LIMIT) {
    throw new ShellFault(`${plan.argv[0]}: maximum function nesting level exceeded (${FUNCTION_DEPTH_LIMIT})`, 1, true);
  }
  const saved = applyRedirections(machine, plan.redirections);
  state.frames.pop();
  if (saved.length > 0) machine.push({ k: "restore", saved });
  machine.push({
    k: "function",
    name: plan.argv[0]!,
    positional: state.positional,
    locals: {},
    temporary: setTemporary(machine, plan),
  });
  state.positional = plan.argv.slice(1);
  const node = nodeOf<Extract<CommandNode, { type: "FunctionDef" }>>(definition);
  if (node.redirections.length > 0) machine.push({ k: "redirected", ref: definition, subs: [] });
  else machine.command(refTo(definition, node.body));
}

function setTemporary(machine: Machine, plan: Plan): Record<string, Variable | null> {
  const { state } = machine;
  const before: Record<string, Variable | null> = {};
  for (const [name, value] of plan.temporary) {
    before[name] = variable(state.variables, name) ?? null;
    if (before[name]?.readonly) throw new ShellFault(`${name}: readonly variable`, 1);
    changeVariable(state, name, value);
  }
  return before;
}

function runBuiltin(machine: Machine, plan: Plan): RunResult | undefined {
  const { state } = machine;
  const name = plan.argv[0]!;
  let saved: SavedFds;
  try {
    saved = applyRedirections(machine, plan.redirections);
  } catch (error) {
    if (!(error instanceof ShellFault)) throw error;
    // Special builtins end a POSIX script here; bash and ash let it go on.
    throw new ShellFault(error.message, 1, false);
  }
  if (name === "exec") return runExec(machine, plan, saved);
  state.frames.pop();
  if (saved.length > 0) machine.push({ k: "restore", saved });
  if (plan.temporary.length > 0) machine.push({ k: "temporary", saved: setTemporary(machine, plan) });
  try {
    const status = builtins[name]!(machine, plan.argv);
    if (typeof status === "number") state.status = status;
  } catch (error) {
    if (!(error instanceof ShellFault)) throw error;
    if (error.fatal) throw error;
    if (!error.silent) machine.complain(`${name}: ${error.message}`);
    state.status = error.status;
  }
  return undefined;
}

/** `exec` replaces the shell by a program; without one, its redirections stay. */
function runExec(machine: Machine, plan: Plan, saved: SavedFds): RunResult | undefined {
  const { state } = machine;
  const argv = plan.argv[1] === "--" ? plan.argv.slice(2) : plan.argv.slice(1);
  if (argv.length === 0) {
    keepRedirections(machine, saved);
    state.frames.pop();
    for (const [name, value] of plan.temporary) changeVariable(state, name, value);
    state.status = 0;
    return undefined;
  }
  const request = requestOf(machine, { ...plan, argv });
  const found = machine.host.find(argv[0]!, request.env.PATH ?? "", state.cwd);
  if (found === undefined) {
    restoreFds(machine, saved);
    state.frames.pop();
    machine.complain(state.dialect === "bash" ? `exec: ${argv[0]}: not found` : `exec: ${argv[0]}: not found`);
    state.status = 127;
    if (!state.interactive) machine.exit(127);
    return undefined;
  }
  return { kind: "exec", request };
}

function requestOf(machine: Machine, plan: Plan): SpawnRequest {
  const { state } = machine;
  const env = exportedEnvironment(state);
  for (const [name, value] of plan.temporary) if (value.v !== undefined) env[name] = value.v;
  return { argv: plan.argv, env, cwd: state.cwd, fds: { ...state.fds } };
}

function runProgram(machine: Machine, plan: Plan): RunResult | undefined {
  const { state, host } = machine;
  const saved = applyRedirections(machine, plan.redirections);
  const request = requestOf(machine, plan);
  if (mayTurnInto(machine) && host.find(plan.argv[0]!, request.env.PATH ?? "", state.cwd) !== undefined) {
    return { kind: "exec", request };
  }
  if (state.interactive) request.group = "new";
  const result = host.spawn(request);
  state.frames.pop();
  if ("pid" in result) {
    restoreFds(machine, saved);
    if (state.interactive) host.foreground?.([result.pid]);
    machine.push({
      k: "wait",
      pids: [result.pid],
      codes: {},
      text: plan.argv.join(" "),
      ...(state.interactive && { foreground: true }),
    });
    return undefined;
  }
  // The message goes where the command's own would have gone: `nosuch 2>/dev/null` is silent.
  complainNotStarted(machine, plan.argv[0]!, result.error);
  restoreFds(machine, saved);
  return undefined;
}

function complainNotStarted(machine: Machine, name: string, error: string): void {
  const { state } = machine;
  const path = name.includes("/");
  state.status = error === "denied" || error === "directory" ? 126 : error === "limit" ? 254 : 127;
  if (error === "limit") machine.complain("fork: retry: Resource temporarily unavailable");
  else if (error === "denied") machine.complain(`${name}: Permission denied`);
  else if (error === "directory") machine.complain(`${name}: Is a directory`);
  else if (error === "missing-interpreter") machine.complain(`${name}: cannot execute: required file not found`);
  else if (state.dialect === "bash")
    machine.complain(path ? `${name}: No such file or directory` : `${name}: command not found`);
  else machine.complain(`${name}: not found`);
}

/** A subshell with nothing left to do after this command needs no second process for it. */
function mayTurnInto(machine: Machine): boolean {
  const { state } = machine;
  if (!state.child || state.interactive || state.traps.EXIT) return false;
  return state.frames.slice(0, -1).every((frame) => {
    switch (frame.k) {
      case "list":
        return frame.i >= nodeOf<unknown[]>(frame.ref).length;
      case "statement":
        return frame.i >= nodeOf<StatementNode>(frame.ref).pipelines.length;
      case "pipeline": {
        const node = nodeOf<{ negated: boolean; timed?: boolean }>(frame.ref);
        return !node.negated && !node.timed && !state.options.errexit;
      }
      case "restore":
        return true;
      default:
        return false;
    }
  });
}
