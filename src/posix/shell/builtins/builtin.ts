import type { Machine } from "../machine";

/** The exit status; undefined where frames were pushed that will set it. A ShellFault is reported with the command's name. */
export type Builtin = (machine: Machine, argv: readonly string[]) => number | undefined;

/** Splits leading `-abc` options. `stop`: the first letter that is none of `letters`. */
export function flags(argv: readonly string[], letters: string): { set: Set<string>; rest: string[]; bad?: string } {
  const set = new Set<string>();
  let index = 1;
  for (; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === "--") {
      index++;
      break;
    }
    if (!/^-[A-Za-z]+$/.test(word)) break;
    for (const letter of word.slice(1)) {
      if (!letters.includes(letter)) return { set, rest: argv.slice(index), bad: letter };
      set.add(letter);
    }
  }
  return { set, rest: argv.slice(index) };
}
