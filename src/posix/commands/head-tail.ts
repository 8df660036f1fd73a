import { FileError } from "../files/file-system";
import {
  attempt,
  badOption,
  type Command,
  type CommandIo,
  complain,
  openError,
  overTexts,
  parseOptions,
  readText,
} from "./command";

function countOption(io: CommandIo): { argv: string[]; count?: string } {
  // `head -5` and `tail -5`: the old form.
  const index = io.argv.findIndex((word, at) => at > 0 && /^[-+]\d+$/.test(word) && !/^-[nc]$/.test(io.argv[at - 1]!));
  if (index < 0) return { argv: [...io.argv] };
  const word = io.argv[index]!;
  return { argv: io.argv.filter((_, at) => at !== index), count: word.startsWith("+") ? word : word.slice(1) };
}

export const head: Command = (io, state) => {
  const { argv, count: old } = countOption(io);
  const { values, rest, bad, flags } = parseOptions(argv, "n:c:qv", { lines: "n", bytes: "c", quiet: "q" });
  if (bad) return badOption(io, bad);
  const count = old ?? values.c ?? values.n ?? "10";
  if (!/^-?\d+[kKM]?$/.test(count)) {
    complain(io, io.style === "gnu" ? `invalid number of lines: ‘${count}’` : `invalid number '${count}'`);
    return { exit: 1 };
  }
  const number = Number.parseInt(count, 10);
  const cut = (text: string) => {
    if (values.c !== undefined) return number < 0 ? text.slice(0, number) : text.slice(0, number);
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    return (number < 0 ? lines.slice(0, number) : lines.slice(0, number)).join("");
  };
  if (rest.length === 0 || (rest.length === 1 && rest[0] === "-")) {
    state.seen ??= 0;
    while (values.c !== undefined && number >= 0 && state.seen < number) {
      const data = io.read();
      if (data === undefined) return { input: true };
      if (data === null) return { exit: 0 };
      io.out(data.slice(0, number - state.seen));
      state.seen += data.length;
    }
    if (values.c !== undefined && number >= 0) return { exit: 0 };
    if (number < 0) {
      return overTexts(
        () => [],
        (inner, texts) => {
          inner.out(cut(texts[0]!.text));
          return 0;
        },
      )(io, state);
    }
    // Line by line, and gone as soon as there is enough: what feeds it is told by SIGPIPE.
    while (state.seen < number) {
      const line = io.read("\n");
      if (line === undefined) return { input: true };
      if (line === null) break;
      io.out(line);
      if (line.endsWith("\n")) state.seen++;
    }
    return { exit: 0 };
  }
  return { exit: eachFile(io, rest, flags, cut) };
};

function eachFile(io: CommandIo, names: readonly string[], flags: Set<string>, cut: (text: string) => string): number {
  let code = 0;
  let first = true;
  for (const name of names) {
    const show = () => {
      const text = cut(readText(io, name));
      if ((names.length > 1 && !flags.has("q")) || flags.has("v")) io.out(`${first ? "" : "\n"}==> ${name} <==\n`);
      first = false;
      io.out(text);
    };
    const word = (error: FileError) =>
      io.style === "gnu"
        ? error.code === "EISDIR"
          ? `error reading '${name}': Is a directory`
          : `cannot open '${name}' for reading: ${error.message}`
        : openError(io, name, error);
    if (!attempt(io, show, word)) code = 1;
  }
  return code;
}

const FOLLOW_MS = 1000;

export const tail: Command = (io, state) => {
  const { argv, count: old } = countOption(io);
  const { values, rest, bad, flags } = parseOptions(argv, "n:c:fFqvs:", {
    lines: "n",
    bytes: "c",
    follow: "f",
    quiet: "q",
    retry: "F",
  });
  if (bad) return badOption(io, bad);
  const count = old ?? values.c ?? values.n ?? "10";
  if (!/^[-+]?\d+[kKM]?$/.test(count)) {
    complain(io, io.style === "gnu" ? `invalid number of lines: ‘${count}’` : `invalid number '${count}'`);
    return { exit: 1 };
  }
  const number = Math.abs(Number.parseInt(count, 10));
  const fromStart = count.startsWith("+");
  const cut = (text: string) => {
    if (values.c !== undefined)
      return fromStart ? text.slice(Math.max(0, number - 1)) : number === 0 ? "" : text.slice(-number);
    const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    return (fromStart ? lines.slice(Math.max(0, number - 1)) : number === 0 ? [] : lines.slice(-number)).join("");
  };
  if (rest.length === 0 || (rest.length === 1 && rest[0] === "-")) {
    return overTexts(
      () => [],
      (inner, texts) => {
        inner.out(cut(texts[0]!.text));
        return 0;
      },
    )(io, state);
  }
  const follows = flags.has("f") || flags.has("F");
  if (!state.sizes) {
    const code = eachFile(io, rest, flags, cut);
    if (!follows) return { exit: code };
    state.sizes = rest.map((name) => contentOf(io, name)?.length ?? 0);
    state.last = rest.at(-1);
    if (state.sizes.every((_: number, index: number) => contentOf(io, rest[index]!) === undefined) && !flags.has("F")) {
      complain(io, io.style === "gnu" ? "no files remaining" : "no files");
      return { exit: 1 };
    }
  }
  for (const [index, name] of rest.entries()) {
    const text = contentOf(io, name) ?? "";
    const seen = state.sizes[index];
    if (text.length < seen) complain(io, `${name}: file truncated`);
    const fresh = text.length < seen ? text : text.slice(seen);
    state.sizes[index] = text.length;
    if (fresh === "") continue;
    if (rest.length > 1 && state.last !== name) io.out(`\n==> ${name} <==\n`);
    state.last = name;
    io.out(fresh);
  }
  return { untilMs: io.nowMs + FOLLOW_MS };
};

function contentOf(io: CommandIo, name: string): string | undefined {
  try {
    return readText(io, name);
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}
