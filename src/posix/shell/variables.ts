import { ShellFault } from "./fault";
import type { ShellHost } from "./host";
import { type ShellState, type Variable, variable } from "./state";

/** A shell's variables may hold no more than this in all. */
export const VARIABLES_LIMIT = 4 * 1024 * 1024;

export interface VariableContext {
  state: ShellState;
  host: ShellHost;
}

/** Name and subscript of `a[1]`. */
export function splitName(parameter: string): { name: string; subscript?: string } {
  const match = /^([A-Za-z_]\w*)\[([\s\S]*)\]$/.exec(parameter);
  return match ? { name: match[1]!, subscript: match[2]! } : { name: parameter };
}

export const isName = (text: string): boolean => /^[A-Za-z_]\w*$/.test(text);

/** The value of a plain name or special parameter; undefined where unset. */
export function getVariable({ state, host }: VariableContext, name: string): string | undefined {
  if (/^\d+$/.test(name)) return name === "0" ? state.name : state.positional[Number(name) - 1];
  switch (name) {
    case "?":
      return String(state.status);
    case "#":
      return String(state.positional.length);
    case "$":
      return String(state.pid);
    case "!":
      return state.lastBackground === undefined ? undefined : String(state.lastBackground);
    case "-":
      return optionLetters(state);
    case "@":
      return state.positional.join(" ");
    case "*":
      return state.positional.join(ifs(state)[0] ?? (ifs(state) === "" ? "" : " "));
    case "_":
      return variable(state.variables, "_")?.v ?? "";
    case "RANDOM":
      if (state.dialect === "dash") break;
      // The state advances like every other variable, so that an expansion that is taken back draws the same again.
      state.random = (Math.imul(state.random, 1_103_515_245) + 12_345) >>> 0;
      return String((state.random >>> 16) & 0x7fff);
    case "SECONDS":
      return String(Math.floor((host.nowMs - state.startedMs) / 1000));
    case "EPOCHSECONDS":
      return String(Math.floor(host.nowMs / 1000));
    case "LINENO":
      return String(state.line);
    case "BASHPID":
      return String(state.pid);
    case "PPID":
      return String(state.parentPid);
    case "UID":
    case "EUID":
      if (state.dialect === "bash" && !variable(state.variables, name)) return "1000";
      break;
    case "PIPESTATUS":
      return String(state.pipeStatus[0] ?? 0);
    case "FUNCNAME": {
      const frame = state.frames.findLast((item) => item.k === "function");
      return frame?.k === "function" ? frame.name : undefined;
    }
  }
  const found = variable(state.variables, name);
  if (!found) return undefined;
  return found.e ? found.e["0"] : found.v;
}

export const ifs = (state: ShellState): string =>
  variable(state.variables, "IFS")?.v ?? (variable(state.variables, "IFS") ? "" : " \t\n");

function optionLetters(state: ShellState): string {
  const { options } = state;
  return `${options.allexport ? "a" : ""}${options.errexit ? "e" : ""}${options.noglob ? "f" : ""}h${state.interactive ? "im" : ""}${options.nounset ? "u" : ""}${options.xtrace ? "x" : ""}B${state.interactive ? "H" : ""}`;
}

/** Elements of an array in order; a scalar is an array of one. */
export function elements(context: VariableContext, name: string): [string, string][] {
  if (name === "PIPESTATUS") return context.state.pipeStatus.map((status, index) => [String(index), String(status)]);
  const found = variable(context.state.variables, name);
  if (found?.e) return Object.entries(found.e);
  const value = getVariable(context, name);
  return value === undefined ? [] : [["0", value]];
}

export function setVariable(
  context: VariableContext,
  name: string,
  value: string,
  change: Partial<Variable> = {},
): void {
  const { state } = context;
  const before = variable(state.variables, name);
  if (before?.readonly) throw new ShellFault(`${name}: readonly variable`, 1, true);
  if (name === "RANDOM") state.random = Number(value) >>> 0;
  if (name === "SECONDS") state.startedMs = context.host.nowMs - (Number(value) || 0) * 1000;
  if (value.length > VARIABLES_LIMIT) throw new ShellFault(`${name}: value too large`, 1, true);
  const next: Variable = { ...before, ...change };
  if (state.options.allexport) next.exported = true;
  if (before?.e) next.e = { ...before.e, 0: value };
  else next.v = value;
  state.variables = { ...state.variables, [name]: next };
}

export function setElement(context: VariableContext, name: string, key: string, value: string): void {
  const { state } = context;
  const before = variable(state.variables, name);
  if (before?.readonly) throw new ShellFault(`${name}: readonly variable`, 1, true);
  const existing = before?.e ?? (before?.v === undefined ? {} : { 0: before.v });
  const { v: _, ...rest } = before ?? {};
  state.variables = { ...state.variables, [name]: { ...rest, e: { ...existing, [key]: value } } };
}

export function setArray(
  context: VariableContext,
  name: string,
  values: Record<string, string>,
  change: Partial<Variable> = {},
): void {
  const { state } = context;
  const before = variable(state.variables, name);
  if (before?.readonly) throw new ShellFault(`${name}: readonly variable`, 1, true);
  const { v: _, ...rest } = before ?? {};
  state.variables = { ...state.variables, [name]: { ...rest, ...change, e: values } };
}

export function changeVariable(state: ShellState, name: string, change: Partial<Variable>): void {
  state.variables = { ...state.variables, [name]: { ...variable(state.variables, name), ...change } };
}

/** Puts a variable as it was before, or takes it away. */
export function restoreVariable(state: ShellState, name: string, before: Variable | null): void {
  const { [name]: _, ...rest } = state.variables;
  state.variables = before ? { ...rest, [name]: before } : rest;
}

/** What a child gets to see. */
export function exportedEnvironment(state: ShellState): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(state.variables)) {
    if (value.exported && value.v !== undefined) env[name] = value.v;
  }
  return env;
}
