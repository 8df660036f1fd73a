import { runTest } from "../conditions";
import { unescapeEcho } from "../escapes";
import { ShellFault } from "../fault";
import { formatPrintf } from "../printf";
import { setVariable } from "../variables";
import type { Builtin } from "./builtin";

const echo: Builtin = (machine, argv) => {
  const { dialect } = machine.state;
  let index = 1;
  let newline = true;
  // dash's echo always knows escapes; ash's and bash's ask for -e.
  let escapes = dialect === "dash";
  for (; index < argv.length; index++) {
    const word = argv[index]!;
    if (dialect === "dash" ? word !== "-n" : !/^-[neE]+$/.test(word)) break;
    for (const letter of word.slice(1)) {
      if (letter === "n") newline = false;
      else escapes = letter === "e";
    }
  }
  let text = argv.slice(index).join(" ");
  if (escapes) {
    const result = unescapeEcho(text);
    text = result.text;
    if (result.stop) newline = false;
  }
  if (machine.write(1, newline ? `${text}\n` : text)) return 0;
  machine.complain("echo: write error: Bad file descriptor");
  return 1;
};

const printf: Builtin = (machine, argv) => {
  let args = argv.slice(1);
  let target: string | undefined;
  if (args[0] === "-v" && args.length > 1) {
    target = args[1];
    args = args.slice(2);
  }
  if (args[0] === "--") args = args.slice(1);
  if (args.length === 0) throw new ShellFault("usage: printf [-v var] format [arguments]", 2);
  const result = formatPrintf(args[0]!, args.slice(1), machine.host.nowMs);
  for (const complaint of result.complaints) machine.complain(`printf: ${complaint}`);
  if (target !== undefined) setVariable(machine, target, result.text);
  else machine.write(1, result.text);
  return result.complaints.length > 0 ? 1 : 0;
};

const test: Builtin = (machine, argv) => {
  let args = argv.slice(1);
  if (argv[0] === "[") {
    if (args.at(-1) !== "]") throw new ShellFault("missing `]'", 2);
    args = args.slice(0, -1);
  }
  return runTest(machine, args) ? 0 : 1;
};

export const outputBuiltins: Record<string, Builtin> = { echo, printf, test, "[": test };
