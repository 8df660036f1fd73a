import { FileError, type FileSystem } from "../files/file-system";
import { resolvePath } from "../files/path";

/** What a plain command may do: everything is immediate. To wait, it returns and is called again. */
export interface CommandIo {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  files: FileSystem;
  nowMs: number;
  user: { name: string; uid: number; gid: number };
  hostname: string;
  /** Whose words and options: GNU's (Debian) or BusyBox's. */
  style: "gnu" | "busybox";
  columns: number;
  isTty(fd: number): boolean;
  out(text: string): void;
  err(text: string): void;
  /** Some of standard input, null at its end, undefined where nothing is there yet. `upTo`: a whole piece, that included. */
  read(upTo?: string): string | null | undefined;
  random(): number;
  processes(): { pid: number; parentPid: number; user: string; argv: readonly string[]; startedMs: number }[];
  kill(pid: number, signal: string): boolean;
  /** Starts a child with this command's streams. */
  spawn(
    argv: string[],
    options?: { env?: Record<string, string>; cwd?: string; stdin?: string },
  ): { pid: number } | { error: "not-found" | "denied" };
  poll(pid: number): { code: number; signal?: string } | undefined;
  find(name: string): string | undefined;
}

/** `input`: call again when there is some; `untilMs`: not before; `children`: when they have ended (or at `untilMs`). */
export type Outcome =
  | { exit: number }
  | { input: true; untilMs?: number }
  | { untilMs: number }
  | { children: number[]; untilMs?: number };

/** `state` is plain data of the command's own, empty at first. */
export type Command = (io: CommandIo, state: Record<string, any>) => Outcome;

/** A message with the command's name. */
export function complain(io: CommandIo, text: string): void {
  io.err(`${nameOf(io)}: ${text}\n`);
}

export const nameOf = (io: CommandIo): string => io.argv[0]!.slice(io.argv[0]!.lastIndexOf("/") + 1);

/** Runs `action` and turns a FileError into the command's message. */
export function attempt(io: CommandIo, action: () => void, word: (error: FileError) => string): boolean {
  try {
    action();
    return true;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    complain(io, word(error));
    return false;
  }
}

export const pathOf = (io: CommandIo, name: string): string => {
  const path = resolvePath(io.cwd, name);
  return path;
};

export interface Options {
  flags: Set<string>;
  values: Record<string, string>;
  lists: Record<string, string[]>;
  rest: string[];
  bad?: string;
}

/**
 * getopt: `letters` as in `ab:c` (a colon: takes a value), `long` maps long names to letters. Options may stand behind
 * arguments, unless `strict`.
 */
export function parseOptions(
  argv: readonly string[],
  letters: string,
  long: Record<string, string> = {},
  strict = false,
): Options {
  const result: Options = { flags: new Set(), values: {}, lists: {}, rest: [] };
  const takes = (letter: string) => letters[letters.indexOf(letter) + 1] === ":";
  const give = (letter: string, value: string) => {
    result.values[letter] = value;
    result.lists[letter] = [...(result.lists[letter] ?? []), value];
    result.flags.add(letter);
  };
  for (let index = 1; index < argv.length; index++) {
    const word = argv[index]!;
    if (word === "--") {
      result.rest.push(...argv.slice(index + 1));
      break;
    }
    if (word.startsWith("--")) {
      const [name, ...value] = word.slice(2).split("=");
      const letter = long[name!];
      if (!letter) result.bad ??= word;
      else if (takes(letter)) give(letter, value.length > 0 ? value.join("=") : (argv[++index] ?? ""));
      else {
        result.flags.add(letter);
        if (value.length > 0) result.values[letter] = value.join("=");
      }
      continue;
    }
    if (!/^-./.test(word)) {
      if (strict) {
        result.rest.push(...argv.slice(index));
        break;
      }
      result.rest.push(word);
      continue;
    }
    for (let at = 1; at < word.length; at++) {
      const letter = word[at]!;
      if (!letters.includes(letter) || letter === ":") {
        result.bad ??= letter;
        break;
      }
      if (!takes(letter)) {
        result.flags.add(letter);
        continue;
      }
      give(letter, at + 1 < word.length ? word.slice(at + 1) : (argv[++index] ?? ""));
      break;
    }
  }
  return result;
}

/** Exit 1 with getopt's own complaint. */
export function badOption(io: CommandIo, bad: string, code = 1): Outcome {
  const text = bad.startsWith("--") ? `unrecognized option '${bad}'` : `invalid option -- '${bad}'`;
  const dashed =
    io.style === "busybox"
      ? `${nameOf(io)}: ${bad.startsWith("--") ? "unrecognized option: " : "invalid option -- "}${bad.startsWith("--") ? bad.slice(2) : `'${bad}'`}\n`
      : `${nameOf(io)}: ${text}\nTry '${nameOf(io)} --help' for more information.\n`;
  io.err(dashed);
  return { exit: code };
}

/** A command over whole texts: its files, or standard input once that has ended. Missing files are complained of. */
export function overTexts(
  names: (io: CommandIo) => readonly string[],
  run: (io: CommandIo, texts: { name: string; text: string }[], failed: boolean) => number,
): Command {
  return (io, state) => {
    const wanted = names(io);
    if (wanted.length === 0 || wanted.includes("-")) {
      state.text ??= "";
      for (;;) {
        const data = io.read();
        if (data === undefined) return { input: true };
        if (data === null) break;
        state.text += data;
        if (state.text.length > TEXT_LIMIT) {
          complain(io, "memory exhausted");
          return { exit: 2 };
        }
      }
    }
    const texts: { name: string; text: string }[] = [];
    let failed = false;
    if (wanted.length === 0) texts.push({ name: "-", text: state.text });
    for (const name of wanted) {
      if (name === "-") texts.push({ name, text: state.text });
      else
        failed =
          !attempt(
            io,
            () => texts.push({ name, text: readText(io, name) }),
            (error) => openError(io, name, error),
          ) || failed;
    }
    return { exit: run(io, texts, failed) };
  };
}

/** A command that keeps all of its input gives up beyond this. */
const TEXT_LIMIT = 32 * 1024 * 1024;

export const readText = (io: CommandIo, name: string): string => io.files.readFile(pathOf(io, name));

/** How `cat` and its like word a file that does not open. */
export function openError(io: CommandIo, name: string, error: FileError): string {
  if (error.code === "EISDIR") return io.style === "gnu" ? `${name}: Is a directory` : `read error: Is a directory`;
  return io.style === "gnu" ? `${name}: ${error.message}` : `can't open '${name}': ${error.message}`;
}

export const linesOf = (text: string): string[] => {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines;
};
