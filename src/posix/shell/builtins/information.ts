import { serialize } from "just-bash";
import { ShellFault } from "../fault";
import type { Machine } from "../machine";
import { type CommandNode, nodeOf, type Ref } from "../program";
import { quote } from "../quote";
import { getVariable } from "../variables";
import { type Builtin, flags } from "./builtin";
import { builtinNames } from "./names";

const KEYWORDS = new Set([
  "if",
  "then",
  "else",
  "elif",
  "fi",
  "case",
  "esac",
  "for",
  "select",
  "while",
  "until",
  "do",
  "done",
  "in",
  "function",
  "time",
  "{",
  "}",
  "!",
  "[[",
  "]]",
]);

type Kind = { kind: "alias" | "keyword" | "function" | "builtin" | "file"; text: string };

function lookUp(machine: Machine, name: string, skip: { functions?: boolean } = {}): Kind | undefined {
  const { state, host } = machine;
  if (!skip.functions && state.options.expand_aliases && Object.hasOwn(state.aliases, name))
    return { kind: "alias", text: state.aliases[name]! };
  if (KEYWORDS.has(name)) return { kind: "keyword", text: name };
  if (!skip.functions && Object.hasOwn(state.functions, name))
    return { kind: "function", text: functionText(state.functions[name]!) };
  if (builtinNames.has(name)) return { kind: "builtin", text: name };
  const path = host.find(name, getVariable(machine, "PATH") ?? "", state.cwd);
  return path === undefined ? undefined : { kind: "file", text: path };
}

/** A function's definition as text that defines it again. */
export function functionText(ref: Ref): string {
  const command = nodeOf<CommandNode>(ref);
  return serialize({
    type: "Script",
    statements: [
      {
        type: "Statement",
        pipelines: [{ type: "Pipeline", commands: [command], negated: false }],
        operators: [],
        background: false,
      },
    ],
  }).trimEnd();
}

const type: Builtin = (machine, argv) => {
  const { set, rest } = flags(argv, "tpPaf");
  const ash = machine.state.dialect !== "bash";
  let status = 0;
  for (const name of rest) {
    const found = lookUp(machine, name);
    if (!found) {
      if (!set.has("t") && !set.has("p")) machine.complain(ash ? `${name}: not found` : `type: ${name}: not found`);
      status = ash ? 127 : 1;
    } else if (set.has("t")) machine.write(1, `${found.kind}\n`);
    else if (set.has("p") || set.has("P")) machine.write(1, found.kind === "file" ? `${found.text}\n` : "");
    else machine.write(1, `${sentence(name, found, ash)}\n`);
  }
  return status;
};

function sentence(name: string, found: Kind, ash: boolean): string {
  if (found.kind === "alias")
    return ash ? `${name} is an alias for ${found.text}` : `${name} is aliased to \`${found.text}'`;
  if (found.kind === "keyword") return `${name} is a shell keyword`;
  if (found.kind === "function") return `${name} is a function${ash ? "" : `\n${found.text}`}`;
  return found.kind === "builtin" ? `${name} is a shell builtin` : `${name} is ${found.text}`;
}

const command: Builtin = (machine, argv) => {
  const { set, rest } = flags(argv, "vVp");
  if (rest.length === 0) return 0;
  if (!set.has("v") && !set.has("V")) {
    // Quoted words are no aliases; the frame says that they are no functions either.
    machine.start(rest.map((word) => quote(word, true)).join(" "));
    const frame = machine.state.frames.at(-1);
    if (frame?.k === "list") frame.bare = true;
    return undefined;
  }
  let status = 0;
  for (const name of rest) {
    const found = lookUp(machine, name);
    if (!found) {
      if (set.has("V")) machine.complain(`${machine.state.dialect === "bash" ? "command: " : ""}${name}: not found`);
      status = machine.state.dialect === "bash" ? 1 : 127;
    } else if (set.has("V")) machine.write(1, `${sentence(name, found, machine.state.dialect !== "bash")}\n`);
    else
      machine.write(
        1,
        `${found.kind === "alias" ? `alias ${name}=${quote(found.text, true)}` : found.kind === "file" ? found.text : name}\n`,
      );
  }
  return status;
};

const alias: Builtin = (machine, argv) => {
  const { state } = machine;
  const rest = argv.slice(1).filter((word) => word !== "-p");
  const line = (name: string) =>
    `${state.dialect === "bash" ? "alias " : ""}${name}=${quote(state.aliases[name]!, true)}\n`;
  if (rest.length === 0) for (const name of Object.keys(state.aliases).sort()) machine.write(1, line(name));
  let status = 0;
  for (const word of rest) {
    const equals = word.indexOf("=");
    if (equals > 0) state.aliases[word.slice(0, equals)] = word.slice(equals + 1);
    else if (Object.hasOwn(state.aliases, word)) machine.write(1, line(word));
    else {
      machine.complain(`alias: ${word}: not found`);
      status = 1;
    }
  }
  return status;
};

const unalias: Builtin = (machine, argv) => {
  const { state } = machine;
  if (argv[1] === "-a") {
    state.aliases = {};
    return 0;
  }
  if (argv.length < 2) throw new ShellFault("usage: unalias [-a] name [name ...]", 2);
  let status = 0;
  for (const name of argv.slice(1)) {
    if (Object.hasOwn(state.aliases, name)) delete state.aliases[name];
    else {
      machine.complain(`unalias: ${name}: not found`);
      status = 1;
    }
  }
  return status;
};

const history: Builtin = (machine, argv) => {
  const { state } = machine;
  if (argv[1] === "-c") {
    state.history = [];
    return 0;
  }
  const count = argv[1] === undefined ? state.history.length : Number(argv[1]);
  if (!Number.isInteger(count)) throw new ShellFault(`${argv[1]}: numeric argument required`);
  const start = Math.max(0, state.history.length - count);
  machine.write(
    1,
    state.history
      .slice(start)
      .map((line, index) => `${String(start + index + 1).padStart(5)}  ${line}\n`)
      .join(""),
  );
  return 0;
};

const umask: Builtin = (machine, argv) => {
  const text = argv.slice(1).find((word) => !word.startsWith("-"));
  if (text === undefined) machine.write(1, `${machine.state.umask.toString(8).padStart(4, "0")}\n`);
  else if (!/^[0-7]{1,4}$/.test(text)) throw new ShellFault(`${text}: octal number out of range`);
  else machine.state.umask = Number.parseInt(text, 8) & 0o777;
  return 0;
};

const help: Builtin = (machine) => {
  machine.write(
    1,
    `GNU bash, version 5.2.15(1)-release (x86_64-pc-linux-gnu)\nThese shell commands are defined internally.\n\n${[...builtinNames].sort().join(" ")}\n`,
  );
  return 0;
};

export const informationBuiltins: Record<string, Builtin> = {
  type,
  command,
  builtin: (machine, argv) => {
    if (argv.length < 2) return 0;
    if (!builtinNames.has(argv[1]!)) throw new ShellFault(`${argv[1]}: not a shell builtin`);
    return command(machine, ["command", ...argv.slice(1)]);
  },
  alias,
  unalias,
  history,
  umask,
  help,
  hash: () => 0,
  times: (machine) => {
    machine.write(1, "0m0.010s 0m0.004s\n0m0.050s 0m0.020s\n");
    return 0;
  },
  ulimit: (machine) => {
    machine.write(1, "unlimited\n");
    return 0;
  },
  enable: () => 0,
  complete: () => 0,
  compgen: () => 0,
  bind: () => 0,
};
