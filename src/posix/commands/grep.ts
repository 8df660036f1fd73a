import { compileExpression, replaceMatches } from "../expressions/compile";
import { translateExpression } from "../expressions/translate";
import { FileError } from "../files/file-system";
import { joinPath } from "../files/path";
import {
  badOption,
  type Command,
  type CommandIo,
  complain,
  linesOf,
  openError,
  parseOptions,
  pathOf,
  readText,
} from "./command";

const LETTERS = "EFGPivnclLqsorRhHwxae:f:m:A:B:C:zb";
const LONG = {
  "extended-regexp": "E",
  "fixed-strings": "F",
  "basic-regexp": "G",
  "perl-regexp": "P",
  "ignore-case": "i",
  "invert-match": "v",
  "line-number": "n",
  count: "c",
  "files-with-matches": "l",
  "files-without-match": "L",
  quiet: "q",
  silent: "q",
  "no-messages": "s",
  "only-matching": "o",
  recursive: "r",
  "no-filename": "h",
  "with-filename": "H",
  "word-regexp": "w",
  "line-regexp": "x",
  regexp: "e",
  file: "f",
  "max-count": "m",
  "after-context": "A",
  "before-context": "B",
  context: "C",
  text: "a",
  "line-buffered": "b",
};

interface Matching {
  test(line: string): boolean;
  all(line: string): string[];
}

/** Line by line: behind `kubectl logs -f` each match shows at once. */
export const grep: Command = (io, state) => {
  // `-5` is a context; --color and --include are known and (but for include) without effect.
  const includes = io.argv.filter((word) => word.startsWith("--include=")).map((word) => word.slice(10));
  const argv = io.argv
    .filter((word) => !/^--(colou?r|include|exclude|exclude-dir|binary-files)(=|$)/.test(word))
    .map((word) => (/^-\d+$/.test(word) ? `-C${word.slice(1)}` : word));
  const options = parseOptions(argv, LETTERS, LONG);
  const { flags, values, lists, rest, bad } = options;
  if (bad) return badOption(io, bad, 2);
  const names = [...rest];
  const patterns = [...(lists.e ?? [])];
  if (values.f) patterns.push(...linesOf(readText(io, values.f)));
  if (!lists.e && !values.f) {
    const first = names.shift();
    if (first === undefined) {
      io.err("Usage: grep [OPTION]... PATTERNS [FILE]...\nTry 'grep --help' for more information.\n");
      return { exit: 2 };
    }
    patterns.push(...first.split("\n"));
  }
  const name = io.argv[0]!.replace(/^.*\//, "");
  const kind =
    flags.has("F") || name === "fgrep"
      ? "fixed"
      : flags.has("P")
        ? "perl"
        : flags.has("E") || name === "egrep"
          ? "extended"
          : "basic";
  const matching = compile(patterns, kind, flags);
  if (!matching) {
    complain(io, `Unmatched [, [^, [:, [., or [=`);
    return { exit: 2 };
  }
  const recursive = flags.has("r") || flags.has("R");
  if (names.length === 0 && !recursive) return fromInput(io, state, matching, flags, values);
  return fromFiles(io, names.length > 0 ? names : ["."], matching, flags, values, recursive, includes);
};

function compile(
  patterns: readonly string[],
  kind: "fixed" | "perl" | "extended" | "basic",
  flags: Set<string>,
): Matching | undefined {
  let source = patterns.map((pattern) => `(?:${translateExpression(pattern, kind)})`).join("|");
  if (flags.has("w")) source = `\\b(?:${source})\\b`;
  if (flags.has("x")) source = `^(?:${source})$`;
  const expression = compileExpression(source, { ignoreCase: flags.has("i") });
  if (!expression) return undefined;
  return {
    test: (line) => expression.test(line),
    all(line) {
      const found: string[] = [];
      replaceMatches(expression, line, ({ groups }) => {
        if (groups[0]) found.push(groups[0]);
        return undefined;
      });
      return found;
    },
  };
}

interface Context {
  number: number;
  matches: number;
  /** Lines of context still to print, and the last lines that were not. */
  after: number;
  before: [number, string][];
  printed: number;
}

const fresh = (): Context => ({ number: 0, matches: 0, after: 0, before: [], printed: 0 });

/** Handles one line; true where no more are wanted. */
function feed(
  io: CommandIo,
  line: string,
  context: Context,
  matching: Matching,
  flags: Set<string>,
  values: Record<string, string>,
  label: string,
): boolean {
  context.number++;
  const before = Number(values.B ?? values.C ?? 0);
  const after = Number(values.A ?? values.C ?? 0);
  const silent = flags.has("q") || flags.has("c") || flags.has("l") || flags.has("L");
  const prefix = (number: number, mark: string) => `${label ? label + mark : ""}${flags.has("n") ? number + mark : ""}`;
  if (matching.test(line) === flags.has("v")) {
    if (context.after > 0 && !silent) {
      io.out(`${prefix(context.number, "-")}${line}\n`);
      context.after--;
      context.printed = context.number;
    } else if (before > 0) {
      context.before.push([context.number, line]);
      if (context.before.length > before) context.before.shift();
    }
    return false;
  }
  context.matches++;
  if (flags.has("q") || flags.has("l")) return true;
  if (!silent) {
    const start = context.before[0]?.[0] ?? context.number;
    if ((before > 0 || after > 0) && context.printed > 0 && start > context.printed + 1) io.out("--\n");
    for (const [number, text] of context.before) io.out(`${prefix(number, "-")}${text}\n`);
    if (flags.has("o")) {
      if (!flags.has("v")) for (const match of matching.all(line)) io.out(`${prefix(context.number, ":")}${match}\n`);
    } else io.out(`${prefix(context.number, ":")}${line}\n`);
    context.printed = context.number;
    context.after = after;
  }
  context.before = [];
  return values.m !== undefined && context.matches >= Number(values.m);
}

function finish(io: CommandIo, context: Context, flags: Set<string>, label: string, name: string): void {
  if (flags.has("q")) return;
  if (flags.has("c")) io.out(`${label ? `${label}:` : ""}${context.matches}\n`);
  if (flags.has("l") && context.matches > 0) io.out(`${name}\n`);
  if (flags.has("L") && context.matches === 0) io.out(`${name}\n`);
}

function fromInput(
  io: CommandIo,
  state: Record<string, any>,
  matching: Matching,
  flags: Set<string>,
  values: Record<string, string>,
) {
  const label = flags.has("H") ? "(standard input)" : "";
  state.context ??= fresh();
  state.rest ??= "";
  for (;;) {
    const data = io.read("\n");
    if (data === undefined) return { input: true as const };
    if (data !== null && !data.endsWith("\n")) {
      state.rest += data;
      continue;
    }
    const line = state.rest + (data ?? "");
    state.rest = "";
    const done = line !== "" && feed(io, line.replace(/\n$/, ""), state.context, matching, flags, values, label);
    if (done || data === null) break;
  }
  finish(io, state.context, flags, label, "(standard input)");
  return { exit: state.context.matches > 0 ? 0 : 1 };
}

function fromFiles(
  io: CommandIo,
  names: readonly string[],
  matching: Matching,
  flags: Set<string>,
  values: Record<string, string>,
  recursive: boolean,
  includes: readonly string[],
) {
  let matched = false;
  let failed = false;
  const all = names.flatMap((name) => (recursive ? walk(io, name, includes) : [name]));
  for (const name of all) {
    const label = flags.has("h") ? "" : flags.has("H") || all.length > 1 || recursive ? name : "";
    const context = fresh();
    try {
      for (const line of linesOf(readText(io, name)))
        if (feed(io, line, context, matching, flags, values, label)) break;
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      failed = true;
      if (!flags.has("s"))
        complain(
          io,
          io.style === "gnu" && error.code !== "EISDIR" ? `${name}: ${error.message}` : openError(io, name, error),
        );
      continue;
    }
    finish(io, context, flags, label, name);
    if (context.matches > 0) matched = true;
  }
  return { exit: matched && (flags.has("q") || !failed) ? 0 : failed ? 2 : 1 };
}

function walk(io: CommandIo, name: string, includes: readonly string[]): string[] {
  const found = io.files.lstat(pathOf(io, name));
  if (found?.type !== "directory") {
    const wanted =
      includes.length === 0 ||
      includes.some((glob) =>
        new RegExp(`^${glob.replace(/[.+^$()|[\]\\]/g, "\\$&").replace(/\*/g, ".*")}$`).test(name.replace(/^.*\//, "")),
      );
    return !found || (found.type === "file" && wanted) ? [name] : [];
  }
  return io.files.readDirectory(pathOf(io, name)).flatMap((child) => walk(io, joinPath(name, child), includes));
}
