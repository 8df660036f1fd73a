import { FileError } from "../../files/file-system";
import { resolvePath } from "../../files/path";
import { ShellFault } from "../fault";
import type { Machine } from "../machine";
import { SCRIPT_LIMIT } from "../program";
import { quote } from "../quote";
import type { Frame } from "../state";
import { getVariable } from "../variables";
import type { Builtin } from "./builtin";

const LOOPS = new Set<Frame["k"]>(["loop", "for", "cfor"]);

function leave(machine: Machine, argv: readonly string[], again: boolean): number {
  const { state } = machine;
  const count = argv[1] === undefined ? 1 : Number(argv[1]);
  if (!Number.isInteger(count)) throw new ShellFault(`${argv[1]}: numeric argument required`, 128, false);
  if (count < 1) throw new ShellFault(`${argv[1]}: loop count out of range`);
  const start = state.frames.findLastIndex((frame) => frame.k === "function") + 1;
  const loops = state.frames.slice(start).filter((frame) => LOOPS.has(frame.k)).length;
  if (loops === 0) {
    if (state.dialect === "bash")
      machine.complain(`${argv[0]}: only meaningful in a \`for', \`while', or \`until' loop`);
    return 0;
  }
  let left = Math.min(count, loops);
  machine.popUntil((frame) => LOOPS.has(frame.k) && --left === 0);
  const loop = state.frames.at(-1)!;
  if (again) {
    state.status = 0;
    if (loop.k === "loop") {
      loop.phase = 0;
      loop.last = 0;
      loop.quiet = false;
    }
    if (loop.k === "cfor") loop.phase = 2;
  } else {
    machine.pop();
  }
  return 0;
}

const exitStatus = (machine: Machine, argv: readonly string[]): number => {
  const text = argv[1];
  if (text === undefined) return machine.state.status;
  if (!/^[-+]?\d+$/.test(text)) {
    machine.complain(`${argv[0]}: ${text}: numeric argument required`);
    return 2;
  }
  return Number(text) & 255;
};

const exit: Builtin = (machine, argv) => {
  const { state } = machine;
  if (state.interactive && state.dialect === "bash" && argv[0] === "exit") machine.write(2, "exit\n");
  const trap = state.frames.find((frame) => frame.k === "trap");
  machine.exit(argv[1] === undefined && trap?.k === "trap" ? trap.status : exitStatus(machine, argv));
  return undefined;
};

const returns: Builtin = (machine, argv) => {
  const { state } = machine;
  if (!state.frames.some((frame) => frame.k === "function" || frame.k === "source")) {
    machine.complain("return: can only `return' from a function or sourced script");
    return 2;
  }
  const status = exitStatus(machine, argv);
  machine.popUntil((frame) => frame.k === "function" || frame.k === "source");
  machine.pop();
  return status;
};

const evaluate: Builtin = (machine, argv) => {
  const text = argv.slice(argv[1] === "--" ? 2 : 1).join(" ");
  if (text.trim() === "") return 0;
  machine.start(text);
  return undefined;
};

const source: Builtin = (machine, argv) => {
  const { state, host } = machine;
  const name = argv[1];
  if (name === undefined) throw new ShellFault("filename argument required", 2);
  const candidates = [resolvePath(state.cwd, name)];
  if (!name.includes("/"))
    for (const directory of (getVariable(machine, "PATH") ?? "").split(":"))
      candidates.unshift(resolvePath(state.cwd, `${directory}/${name}`));
  const path =
    candidates.find((candidate) => host.files.stat(candidate)?.type === "file") ?? resolvePath(state.cwd, name);
  let text: string;
  try {
    text = host.files.readFile(path);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (state.dialect === "bash") machine.complain(`${name}: ${error.message}`);
    else machine.complain(`${argv[0]}: can't open '${name}': ${error.message}`);
    if (!state.interactive && state.dialect !== "bash") machine.exit(2);
    return state.dialect === "bash" ? 1 : 2;
  }
  if (text.length > SCRIPT_LIMIT) throw new ShellFault(`${name}: file too large`);
  const args = argv.slice(2);
  machine.push({ k: "source", ...(args.length > 0 && { positional: state.positional }) });
  if (args.length > 0) state.positional = args;
  state.status = 0;
  machine.start(text);
  return undefined;
};

const SIGNALS = [
  "EXIT",
  "HUP",
  "INT",
  "QUIT",
  "ILL",
  "TRAP",
  "ABRT",
  "BUS",
  "FPE",
  "KILL",
  "USR1",
  "SEGV",
  "USR2",
  "PIPE",
  "ALRM",
  "TERM",
  "STKFLT",
  "CHLD",
  "CONT",
  "STOP",
  "TSTP",
  "TTIN",
  "TTOU",
];

/** `INT`, `SIGINT`, `2` -> `INT`; undefined where there is no such signal. */
export function signalName(text: string): string | undefined {
  if (/^\d+$/.test(text)) return SIGNALS[Number(text)];
  const name = text.toUpperCase().replace(/^SIG/, "");
  return SIGNALS.includes(name) || name === "ERR" || name === "DEBUG" || name === "RETURN" || name === "WINCH"
    ? name
    : undefined;
}

export const signalNumber = (name: string): number => Math.max(0, SIGNALS.indexOf(name.replace(/^SIG/, "")));
export const signalList = (): string[] => SIGNALS.slice(1);

const trap: Builtin = (machine, argv) => {
  const { state } = machine;
  const args = argv.slice(argv[1] === "--" ? 2 : 1);
  if (args.length === 0 || args[0] === "-p") {
    for (const [name, text] of Object.entries(state.traps)) {
      machine.write(1, `trap -- ${quote(text, true)} ${name === "EXIT" || name === "ERR" ? name : `SIG${name}`}\n`);
    }
    return 0;
  }
  if (args[0] === "-l") {
    machine.write(
      1,
      `${signalList()
        .map((name, index) => `${index + 1}) SIG${name}`)
        .join("\n")}\n`,
    );
    return 0;
  }
  const resets = args.length === 1 || args[0] === "-";
  const names = args.length === 1 ? args : args.slice(1);
  let status = 0;
  for (const text of names) {
    const name = signalName(text);
    if (!name) {
      machine.complain(`trap: ${text}: invalid signal specification`);
      status = 1;
    } else if (resets) delete state.traps[name];
    else state.traps[name] = args[0]!;
  }
  return status;
};

export const flowBuiltins: Record<string, Builtin> = {
  ":": () => 0,
  true: () => 0,
  false: () => 1,
  break: (machine, argv) => leave(machine, argv, false),
  continue: (machine, argv) => leave(machine, argv, true),
  exit,
  logout: exit,
  return: returns,
  eval: evaluate,
  source,
  ".": source,
  trap,
  // `exec` is the command runner's own affair: it replaces the shell.
  exec: () => 0,
};
