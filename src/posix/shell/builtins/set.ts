import { ShellFault } from "../fault";
import { quote } from "../quote";
import type { ShellOptions } from "../state";
import { getVariable, setVariable } from "../variables";
import type { Builtin } from "./builtin";

const LETTERS: Record<string, keyof ShellOptions> = {
  e: "errexit",
  u: "nounset",
  x: "xtrace",
  f: "noglob",
  C: "noclobber",
  n: "noexec",
  v: "verbose",
  a: "allexport",
};
const NAMES: readonly (keyof ShellOptions)[] = [
  "allexport",
  "errexit",
  "noclobber",
  "noexec",
  "noglob",
  "nounset",
  "pipefail",
  "verbose",
  "xtrace",
];
/** Known, and without effect here. */
const INERT = new Set([
  "braceexpand",
  "emacs",
  "errtrace",
  "functrace",
  "hashall",
  "histexpand",
  "history",
  "interactive-comments",
  "monitor",
  "posix",
  "vi",
  "notify",
]);

function change(options: ShellOptions, name: keyof ShellOptions, on: boolean): void {
  if (on) options[name] = true;
  else delete options[name];
}

const set: Builtin = (machine, argv) => {
  const { state } = machine;
  if (argv.length === 1) {
    for (const [name, value] of Object.entries(state.variables).sort(([a], [b]) => (a < b ? -1 : 1))) {
      const text = value.e
        ? `(${Object.entries(value.e)
            .map(([key, item]) => `[${key}]="${item}"`)
            .join(" ")})`
        : quote(value.v ?? "");
      if (value.e || value.v !== undefined) machine.write(1, `${name}=${text}\n`);
    }
    return 0;
  }
  let index = 1;
  for (; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === "--") {
      state.positional = argv.slice(index + 1);
      return 0;
    }
    if (word === "-") {
      index++;
      break;
    }
    const match = /^([-+])([A-Za-z]+)$/.exec(word);
    if (!match) break;
    const on = match[1] === "-";
    for (const letter of match[2]!) {
      if (letter === "o") {
        const name = argv[++index];
        if (name === undefined) {
          for (const item of NAMES) machine.write(1, `${item.padEnd(15)}\t${state.options[item] ? "on" : "off"}\n`);
          return 0;
        }
        if (NAMES.includes(name as keyof ShellOptions)) change(state.options, name as keyof ShellOptions, on);
        else if (!INERT.has(name)) {
          const text = state.dialect === "bash" ? `${name}: invalid option name` : `illegal option -o ${name}`;
          throw new ShellFault(text, 2, false);
        }
      } else if (LETTERS[letter]) change(state.options, LETTERS[letter], on);
      else if (!"bhmBEHPTktp".includes(letter)) {
        throw new ShellFault(
          `${word}: invalid option\nset: usage: set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]`,
          2,
        );
      }
    }
  }
  if (index < argv.length) state.positional = argv.slice(index);
  return 0;
};

const SHOPT: readonly (keyof ShellOptions)[] = [
  "dotglob",
  "expand_aliases",
  "extglob",
  "globstar",
  "nocasematch",
  "nullglob",
];

const shopt: Builtin = (machine, argv) => {
  const { state } = machine;
  const mode = argv.find((word) => /^-[suqp]+$/.test(word)) ?? "";
  const names = argv.slice(1).filter((word) => !word.startsWith("-"));
  let status = 0;
  for (const name of names.length > 0 ? names : SHOPT) {
    const known = SHOPT.includes(name as keyof ShellOptions);
    if (
      !known &&
      !/^(autocd|cdspell|checkwinsize|cmdhist|failglob|histappend|inherit_errexit|lastpipe|login_shell|progcomp|sourcepath)$/.test(
        name,
      )
    ) {
      machine.complain(`shopt: ${name}: invalid shell option name`);
      status = 1;
    } else if (mode.includes("s") || mode.includes("u")) {
      if (known) change(state.options, name as keyof ShellOptions, mode.includes("s"));
    } else {
      const on = state.options[name as keyof ShellOptions] === true;
      if (!mode.includes("q")) machine.write(1, `${name.padEnd(15)}\t${on ? "on" : "off"}\n`);
      if (!on && names.length > 0) status = 1;
    }
  }
  return status;
};

const shift: Builtin = (machine, argv) => {
  const { state } = machine;
  const count = argv[1] === undefined ? 1 : Number(argv[1]);
  if (!Number.isInteger(count)) throw new ShellFault(`${argv[1]}: numeric argument required`);
  if (count < 0 || count > state.positional.length) return 1;
  state.positional = state.positional.slice(count);
  return 0;
};

const getopts: Builtin = (machine, argv) => {
  const { state } = machine;
  const [, letters, name, ...given] = argv;
  if (letters === undefined || name === undefined) throw new ShellFault("usage: getopts optstring name [arg ...]", 2);
  const words = given.length > 0 ? given : state.positional;
  const position = state.getopts;
  const index = Number(getVariable(machine, "OPTIND") ?? "1");
  if (index !== position.index) state.getopts = { index, at: 0 };
  const silent = letters.startsWith(":");
  const { at } = state.getopts;
  const word = words[state.getopts.index - 1];
  const finish = () => {
    setVariable(machine, name, "?");
    return 1;
  };
  const next = (advance: number, offset = 0) => {
    state.getopts = { index: state.getopts.index + advance, at: offset };
    setVariable(machine, "OPTIND", String(state.getopts.index));
  };
  if (word === undefined || (at === 0 && (!/^-./.test(word) || word === "--"))) {
    if (word === "--") next(1);
    return finish();
  }
  const letter = word[at + 1]!;
  const wants = letters.indexOf(letter);
  const more = at + 2 < word.length;
  if (wants < 0 || letter === ":") {
    next(more ? 0 : 1, more ? at + 1 : 0);
    setVariable(machine, name, "?");
    if (silent) setVariable(machine, "OPTARG", letter);
    else machine.write(2, `${state.name}: illegal option -- ${letter}\n`);
    return 0;
  }
  if (letters[wants + 1] !== ":") {
    next(more ? 0 : 1, more ? at + 1 : 0);
    setVariable(machine, name, letter);
    return 0;
  }
  const value = more ? word.slice(at + 2) : words[state.getopts.index];
  next(more ? 1 : 2);
  if (value === undefined) {
    setVariable(machine, name, silent ? ":" : "?");
    if (silent) setVariable(machine, "OPTARG", letter);
    else machine.write(2, `${state.name}: option requires an argument -- ${letter}\n`);
    return 0;
  }
  setVariable(machine, name, letter);
  setVariable(machine, "OPTARG", value);
  return 0;
};

export const setBuiltins: Record<string, Builtin> = { set, shopt, shift, getopts };
