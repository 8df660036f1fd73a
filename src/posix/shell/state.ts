import type { Ref } from "./program";

/** A variable; `e` holds an array's elements by index or key. */
export interface Variable {
  v?: string;
  e?: Readonly<Record<string, string>>;
  /** Associative. */
  a?: true;
  exported?: true;
  readonly?: true;
  integer?: true;
}

/** Replaced on each change, never written into: that is what lets an expansion be taken back and a subshell share. */
export type Variables = Readonly<Record<string, Variable>>;

export interface ShellOptions {
  errexit?: true;
  nounset?: true;
  xtrace?: true;
  pipefail?: true;
  noglob?: true;
  noclobber?: true;
  noexec?: true;
  verbose?: true;
  allexport?: true;
  nullglob?: true;
  dotglob?: true;
  extglob?: true;
  globstar?: true;
  nocasematch?: true;
  expand_aliases?: true;
}

export interface Job {
  id: number;
  pids: number[];
  text: string;
  state: "running" | "stopped" | "done";
  code?: number;
  signal?: string;
}

/** fd -> handle of the host. */
export type FdTable = Record<number, number>;
export type SavedFds = [fd: number, handle: number | null][];

/** One entry of the continuation stack. `subs` are outputs of command substitutions that an expansion already has. */
export type Frame =
  /** `alias`: aliases that this text came from; `bare`: what `command` runs, past functions. */
  | { k: "list"; ref: Ref; i: number; alias?: string[]; bare?: boolean }
  | { k: "statement"; ref: Ref; i: number; own?: boolean; quiet?: boolean }
  | { k: "pipeline"; ref: Ref; phase: number; quiet?: boolean; startedMs?: number }
  | { k: "simple"; ref: Ref; subs: string[]; alias?: string[] }
  | { k: "redirected"; ref: Ref; subs: string[] }
  | { k: "restore"; saved: SavedFds }
  | { k: "if"; ref: Ref; i: number; quiet?: boolean }
  | { k: "loop"; ref: Ref; phase: number; last: number; quiet?: boolean }
  | { k: "for"; ref: Ref; subs: string[]; words?: string[]; i: number; last: number }
  | { k: "cfor"; ref: Ref; subs: string[]; phase: number; last: number }
  | { k: "case"; ref: Ref; subs: string[]; next?: number }
  | { k: "compute"; ref: Ref; subs: string[] }
  | { k: "select"; ref: Ref; subs: string[] }
  | {
      k: "function";
      name: string;
      positional: string[];
      locals: Record<string, Variable | null>;
      temporary: Record<string, Variable | null>;
    }
  | { k: "temporary"; saved: Record<string, Variable | null> }
  | { k: "source"; positional?: string[]; name?: string }
  | { k: "substitution"; pid: number; handle: number; text: string; file?: boolean }
  | {
      k: "wait";
      pids: number[];
      text?: string;
      pipeline?: boolean;
      codes: Record<number, number>;
      foreground?: boolean;
      builtin?: boolean;
    }
  | { k: "read"; argv: string[]; handle: number; text: string; deadlineMs?: number }
  | { k: "drain"; handle: number }
  | { k: "trap"; status: number }
  | { k: "stdin"; handle: number; text: string; ended?: boolean }
  | { k: "remove"; paths: string[] }
  | { k: "exit"; code: number };

/** How messages are worded, and which builtins there are. */
export type Dialect = "bash" | "ash" | "dash";

/** A shell between two steps: plain JSON. */
export interface ShellState {
  dialect: Dialect;
  /** `$0`, and what messages start with. */
  name: string;
  pid: number;
  parentPid: number;
  interactive: boolean;
  /** A subshell, pipeline part or the like: it may turn into its last command. */
  child: boolean;
  frames: Frame[];
  status: number;
  cwd: string;
  previousCwd?: string;
  variables: Variables;
  functions: Record<string, Ref>;
  aliases: Record<string, string>;
  options: ShellOptions;
  positional: string[];
  fds: FdTable;
  jobs: Job[];
  lastBackground?: number;
  traps: Record<string, string>;
  /** Signals with a trap, waiting for the end of the current command. */
  pending: string[];
  pipeStatus: number[];
  /** Of the last substitution of the current command: the status of `x=$(false)`. */
  substitutionStatus: number;
  history: string[];
  umask: number;
  random: number;
  startedMs: number;
  line: number;
  getopts: { index: number; at: number };
  exiting?: boolean;
}

export interface ShellStateOptions {
  dialect?: Dialect;
  name?: string;
  env?: Readonly<Record<string, string>>;
  cwd?: string;
  positional?: string[];
  fds?: FdTable;
  interactive?: boolean;
  pid?: number;
  parentPid?: number;
  nowMs?: number;
  seed?: number;
}

export function newShell(options: ShellStateOptions = {}): ShellState {
  const variables: Record<string, Variable> = {};
  for (const [name, value] of Object.entries(options.env ?? {})) {
    if (/^[A-Za-z_]\w*$/.test(name)) variables[name] = { v: value, exported: true };
  }
  const cwd = options.cwd ?? "/";
  variables.PWD = { v: cwd, exported: true };
  variables.IFS ??= { v: " \t\n" };
  variables.OPTIND ??= { v: "1" };
  const level = Number(variables.SHLVL?.v ?? 0);
  variables.SHLVL = { v: String((Number.isInteger(level) ? level : 0) + 1), exported: true };
  if (!options.dialect || options.dialect === "bash") variables.BASH_VERSION ??= { v: "5.2.15(1)-release" };
  return {
    dialect: options.dialect ?? "bash",
    name: options.name ?? "bash",
    pid: options.pid ?? 1,
    parentPid: options.parentPid ?? 0,
    interactive: options.interactive ?? false,
    child: false,
    frames: [],
    status: 0,
    cwd,
    variables,
    functions: {},
    aliases: {},
    options: options.interactive ? { expand_aliases: true } : {},
    positional: options.positional ?? [],
    fds: { ...options.fds },
    jobs: [],
    traps: {},
    pending: [],
    pipeStatus: [0],
    substitutionStatus: 0,
    history: [],
    umask: 0o022,
    random: (options.seed ?? 1) >>> 0,
    startedMs: options.nowMs ?? 0,
    line: 1,
    getopts: { index: 1, at: 0 },
  };
}

/** A thawed copy that shares only what is never written into. */
export function copyShell(state: ShellState): ShellState {
  return {
    ...state,
    frames: state.frames.map(copyFrame),
    functions: { ...state.functions },
    aliases: { ...state.aliases },
    options: { ...state.options },
    positional: [...state.positional],
    fds: { ...state.fds },
    jobs: state.jobs.map((job) => ({ ...job, pids: [...job.pids] })),
    traps: { ...state.traps },
    pending: [...state.pending],
    pipeStatus: [...state.pipeStatus],
    history: state.history,
    getopts: { ...state.getopts },
  };
}

function copyFrame(frame: Frame): Frame {
  const copy: Record<string, unknown> = { ...frame };
  for (const [key, value] of Object.entries(copy)) {
    if (key === "ref" || typeof value !== "object" || value === null) continue;
    copy[key] = Array.isArray(value) ? value.slice() : { ...value };
  }
  return copy as unknown as Frame;
}

export const variable = (variables: Variables, name: string): Variable | undefined =>
  Object.hasOwn(variables, name) ? variables[name] : undefined;
