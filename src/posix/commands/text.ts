import { base64Decode, base64Encode, byteLength } from "../files/bytes";
import { FileError } from "../files/file-system";
import {
  attempt,
  badOption,
  type Command,
  type CommandIo,
  complain,
  linesOf,
  openError,
  overTexts,
  parseOptions,
  pathOf,
  readText,
} from "./command";

const operands =
  (letters: string, long: Record<string, string> = {}) =>
  (io: CommandIo) =>
    parseOptions(io.argv, letters, long).rest;

/** Passes standard input on as it comes; files whole. */
export const cat: Command = (io, state) => {
  const { flags, rest, bad } = parseOptions(io.argv, "nbsAEeTtuv", {
    number: "n",
    "number-nonblank": "b",
    "show-all": "A",
    "show-ends": "E",
  });
  if (bad) return badOption(io, bad);
  const names = rest.length > 0 ? rest : ["-"];
  state.at ??= 0;
  state.code ??= 0;
  state.line ??= 0;
  const plain = flags.size === 0 || (flags.size === 1 && flags.has("u"));
  const show = (text: string) => {
    if (plain) {
      io.out(text);
      return;
    }
    const ended = text.endsWith("\n");
    const lines = linesOf(text).map((line) => {
      let shown = line;
      if (flags.has("A") || flags.has("T") || flags.has("t")) shown = shown.replaceAll("\t", "^I");
      if (flags.has("A") || flags.has("v") || flags.has("e"))
        shown = shown.replace(
          /[\0-\x08\x0b-\x1f\x7f]/g,
          (char) => `^${char === "\x7f" ? "?" : String.fromCharCode(char.charCodeAt(0) + 64)}`,
        );
      if (flags.has("A") || flags.has("E") || flags.has("e")) shown += "$";
      const numbered = flags.has("b") ? line !== "" : flags.has("n");
      return numbered ? `${String(++state.line).padStart(6)}\t${shown}` : shown;
    });
    io.out(lines.join("\n") + (ended ? "\n" : ""));
  };
  for (; state.at < names.length; state.at++) {
    const name = names[state.at]!;
    if (name !== "-") {
      if (
        !attempt(
          io,
          () => show(readText(io, name)),
          (error) => openError(io, name, error),
        )
      )
        state.code = 1;
      continue;
    }
    for (;;) {
      const data = io.read(plain ? undefined : "\n");
      if (data === undefined) return { input: true };
      if (data === null) break;
      show(data);
    }
  }
  return { exit: state.code };
};

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

export const tee: Command = (io, state) => {
  const { flags, rest, bad } = parseOptions(io.argv, "aip", { append: "a" });
  if (bad) return badOption(io, bad);
  state.code ??= 0;
  const each = (action: (path: string) => void) => {
    for (const name of rest)
      if (
        !attempt(
          io,
          () => action(pathOf(io, name)),
          (error) => (io.style === "gnu" ? `${name}: ${error.message}` : `can't create '${name}': ${error.message}`),
        )
      )
        state.code = 1;
  };
  if (!state.open) {
    state.open = true;
    each((path) => (flags.has("a") ? io.files.appendFile(path, "") : io.files.writeFile(path, "")));
  }
  for (;;) {
    const data = io.read();
    if (data === undefined) return { input: true };
    if (data === null) return { exit: state.code };
    io.out(data);
    if (state.code === 0) each((path) => io.files.appendFile(path, data));
  }
};

export const wc: Command = overTexts(
  operands("lwcmL", { lines: "l", words: "w", bytes: "c", chars: "m" }),
  (io, texts, failed) => {
    const { flags, rest, bad } = parseOptions(io.argv, "lwcmL", { lines: "l", words: "w", bytes: "c", chars: "m" });
    if (bad) {
      badOption(io, bad);
      return 1;
    }
    const chosen = ["l", "w", "m", "c"].filter((letter) => (flags.size === 0 ? letter !== "m" : flags.has(letter)));
    const rows = texts.map(({ name, text }) => ({
      name,
      cells: chosen.map((letter) =>
        letter === "l"
          ? text.split("\n").length - 1
          : letter === "w"
            ? (text.match(/\S+/g)?.length ?? 0)
            : letter === "m"
              ? [...text].length
              : byteLength(text),
      ),
    }));
    if (rows.length > 1)
      rows.push({
        name: "total",
        cells: chosen.map((_, index) => rows.reduce((sum, row) => sum + row.cells[index]!, 0)),
      });
    const single = rows.length === 1 && chosen.length === 1;
    const widest = Math.max(...rows.flatMap((row) => row.cells.map((cell) => String(cell).length)), 1);
    const width = single ? 0 : rest.length === 0 && io.style === "gnu" ? 7 : io.style === "busybox" ? 9 : widest;
    for (const { name, cells } of rows)
      io.out(`${cells.map((cell) => String(cell).padStart(width)).join(" ")}${rest.length === 0 ? "" : ` ${name}`}\n`);
    return failed ? 1 : 0;
  },
);

/** The key of `-k 2,2n`: fields of a line from start to end. */
function keyOf(line: string, spec: string, separator: string | undefined): string {
  const match = /^(\d+)(?:\.\d+)?[a-z]*(?:,(\d+))?/.exec(spec);
  if (!match) return line;
  const fields = separator === undefined ? (line.match(/\s*\S+/g) ?? []) : line.split(separator);
  return fields.slice(Number(match[1]) - 1, match[2] ? Number(match[2]) : undefined).join(separator ?? "");
}

const UNITS = "KMGTPE";
const human = (text: string) => {
  const match = /^\s*(-?[\d.]+)([KMGTPE])?/i.exec(text);
  return match ? Number(match[1]) * 1024 ** (match[2] ? UNITS.indexOf(match[2].toUpperCase()) + 1 : 0) : 0;
};

export const sort: Command = overTexts(operands("bcdfghinrsuk:t:o:VzM", {}), (io, texts, failed) => {
  const { flags, values, lists } = parseOptions(io.argv, "bcdfghinrsuk:t:o:VzM", {
    reverse: "r",
    unique: "u",
    "numeric-sort": "n",
    key: "k",
    "field-separator": "t",
    "human-numeric-sort": "h",
    "version-sort": "V",
    output: "o",
  });
  const lines = texts.flatMap(({ text }) => linesOf(text));
  const keys = lists.k ?? [];
  const by = (a: string, b: string, letters: string): number => {
    if (/[n]/.test(letters)) return (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0);
    if (/g/.test(letters)) return (Number(a) || 0) - (Number(b) || 0);
    if (/h/.test(letters)) return human(a) - human(b);
    if (/V/.test(letters)) return versions(a, b);
    const [x, y] = /f/.test(letters) ? [a.toUpperCase(), b.toUpperCase()] : [a, b];
    const [left, right] = /b/.test(letters) ? [x.trimStart(), y.trimStart()] : [x, y];
    return left < right ? -1 : left > right ? 1 : 0;
  };
  const global = [...flags].join("");
  const compare = (a: string, b: string): number => {
    for (const key of keys) {
      const own = key.replace(/[\d.,]/g, "");
      const letters = own === "" || own === "r" ? global + own : own;
      const order = by(keyOf(a, key, values.t), keyOf(b, key, values.t), letters);
      if (order !== 0) return letters.includes("r") ? -order : order;
    }
    const order = keys.length > 0 ? 0 : by(a, b, global);
    const rest = order !== 0 || flags.has("s") || flags.has("u") ? order : a < b ? -1 : a > b ? 1 : 0;
    return flags.has("r") ? -rest : rest;
  };
  let sorted = [...lines].sort(compare);
  if (flags.has("u")) sorted = sorted.filter((line, index) => index === 0 || compare(sorted[index - 1]!, line) !== 0);
  if (flags.has("c")) {
    const wrong = lines.findIndex((line, index) => index > 0 && compare(lines[index - 1]!, line) > 0);
    if (wrong >= 0) complain(io, `-:${wrong + 1}: disorder: ${lines[wrong]}`);
    return wrong >= 0 ? 1 : 0;
  }
  const text = sorted.map((line) => `${line}\n`).join("");
  if (values.o) io.files.writeFile(pathOf(io, values.o), text);
  else io.out(text);
  return failed ? 2 : 0;
});

function versions(a: string, b: string): number {
  const left = a.match(/\d+|\D+/g) ?? [];
  const right = b.match(/\d+|\D+/g) ?? [];
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const [x = "", y = ""] = [left[index], right[index]];
    if (x === y) continue;
    return /^\d/.test(x) && /^\d/.test(y) ? Number(x) - Number(y) : x < y ? -1 : 1;
  }
  return 0;
}

export const uniq: Command = overTexts(
  (io) => parseOptions(io.argv, "cdiuf:s:w:", {}).rest.slice(0, 1),
  (io, texts, failed) => {
    const { flags, values } = parseOptions(io.argv, "cdiuf:s:w:", {
      count: "c",
      repeated: "d",
      unique: "u",
      "ignore-case": "i",
    });
    const key = (line: string) => {
      let text = line;
      if (values.f) text = text.replace(new RegExp(`^(?:\\s*\\S+){0,${Number(values.f)}}`), "");
      return flags.has("i") ? text.toLowerCase() : text;
    };
    const groups: { line: string; count: number }[] = [];
    for (const line of linesOf(texts.map(({ text }) => text).join(""))) {
      const last = groups.at(-1);
      if (last && key(last.line) === key(line)) last.count++;
      else groups.push({ line, count: 1 });
    }
    for (const { line, count } of groups) {
      if ((flags.has("d") && count === 1) || (flags.has("u") && count > 1)) continue;
      io.out(flags.has("c") ? `${String(count).padStart(7)} ${line}\n` : `${line}\n`);
    }
    return failed ? 1 : 0;
  },
);

function ranges(text: string): ((position: number) => boolean) | undefined {
  const parts = text.split(",").map((part) => /^(\d*)(-?)(\d*)$/.exec(part));
  if (parts.some((part) => !part || (part[1] === "" && part[3] === ""))) return undefined;
  return (position) =>
    parts.some(
      (part) =>
        position >= Number(part![1] || 1) &&
        position <= (part![2] ? Number(part![3] || Number.POSITIVE_INFINITY) : Number(part![1])),
    );
}

/** Line by line, so that it works behind a command that never ends. */
function perLine(
  names: (io: CommandIo) => readonly string[],
  line: (io: CommandIo, text: string) => string | undefined,
): Command {
  return (io, state) => {
    state.code ??= 0;
    const wanted = names(io);
    if (wanted.length > 0 && wanted[0] !== "-") {
      for (const name of wanted) {
        const show = () =>
          io.out(
            linesOf(readText(io, name))
              .map((text) => line(io, text))
              .filter((text) => text !== undefined)
              .map((text) => `${text}\n`)
              .join(""),
          );
        if (!attempt(io, show, (error) => openError(io, name, error))) state.code = 1;
      }
      return { exit: state.code };
    }
    for (;;) {
      const data = io.read("\n");
      if (data === undefined) return { input: true };
      if (data === null) return { exit: state.code };
      const shown = line(io, data.replace(/\n$/, ""));
      if (shown !== undefined) io.out(`${shown}\n`);
    }
  };
}

const CUT = [
  "d:f:c:b:s",
  { delimiter: "d", fields: "f", characters: "c", bytes: "b", "only-delimited": "s", "output-delimiter": "O" },
] as const;

export const cut: Command = (io, state) => {
  const { values, bad, flags } = parseOptions(io.argv, `${CUT[0]}O:`, CUT[1]);
  if (bad) return badOption(io, bad);
  const wanted = values.f ?? values.c ?? values.b;
  if (wanted === undefined) {
    io.err(
      io.style === "gnu"
        ? "cut: you must specify a list of bytes, characters, or fields\nTry 'cut --help' for more information.\n"
        : "cut: expected a list of bytes, characters, or fields\n",
    );
    return { exit: 1 };
  }
  const inside = ranges(wanted);
  if (!inside) {
    complain(io, `invalid field value ‘${wanted}’`);
    return { exit: 1 };
  }
  const delimiter = values.d ?? "\t";
  return perLine(
    () => parseOptions(io.argv, `${CUT[0]}O:`, CUT[1]).rest,
    (_, line) => {
      if (values.f === undefined) return [...line].filter((__, index) => inside(index + 1)).join("");
      if (!line.includes(delimiter)) return flags.has("s") ? undefined : line;
      return line
        .split(delimiter)
        .filter((__, index) => inside(index + 1))
        .join(values.O ?? delimiter);
    },
  )(io, state);
};

const SETS: Record<string, string> = {
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  lower: "abcdefghijklmnopqrstuvwxyz",
  digit: "0123456789",
  space: " \t\n\r\f\v",
  blank: " \t",
  punct: "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
};

function characters(set: string): string[] {
  const text = set.replace(/\\(?:([0-7]{1,3})|([\s\S]))/g, (_, octal, char) =>
    octal
      ? String.fromCharCode(Number.parseInt(octal, 8))
      : ({ n: "\n", t: "\t", r: "\r", "\\": "\\", a: "\x07", b: "\b", f: "\f", v: "\v" }[char as string] ?? char),
  );
  const result: string[] = [];
  const list = [
    ...text.replace(/\[:(\w+):\]/g, (all, name: string) =>
      name === "alpha"
        ? SETS.upper! + SETS.lower
        : name === "alnum"
          ? SETS.digit! + SETS.upper + SETS.lower
          : (SETS[name] ?? all),
    ),
  ];
  for (let index = 0; index < list.length; index++) {
    const [from, dash, to] = [list[index]!, list[index + 1], list[index + 2]];
    if (dash === "-" && to !== undefined && from < to) {
      for (let code = from.codePointAt(0)!; code <= to.codePointAt(0)!; code++) result.push(String.fromCodePoint(code));
      index += 2;
    } else result.push(from);
  }
  return result;
}

/** Character by character, as it comes. */
export const tr: Command = (io, state) => {
  const { flags, rest, bad } = parseOptions(
    io.argv,
    "cCdst",
    { delete: "d", "squeeze-repeats": "s", complement: "c" },
    true,
  );
  if (bad) return badOption(io, bad);
  if (rest.length === 0 || (rest.length === 1 && !flags.has("d") && !flags.has("s"))) {
    io.err(
      `tr: missing operand${rest.length === 1 ? ` after ‘${rest[0]}’` : ""}\nTry 'tr --help' for more information.\n`,
    );
    return { exit: 1 };
  }
  const from = characters(rest[0]!);
  const to = characters(rest[1] ?? "");
  const members = new Map(from.map((char, index) => [char, index]));
  const inSet = (char: string) => members.has(char) !== (flags.has("c") || flags.has("C"));
  const squeezed = new Set(rest.length > 1 && !flags.has("d") ? to : rest.length > 1 ? to : from);
  for (;;) {
    const data = io.read();
    if (data === undefined) return { input: true };
    if (data === null) return { exit: 0 };
    let text = "";
    for (const char of data) {
      if (flags.has("d") && inSet(char)) continue;
      const next =
        !flags.has("d") && to.length > 0 && inSet(char)
          ? (to[Math.min(flags.has("c") ? to.length - 1 : members.get(char)!, to.length - 1)] ?? char)
          : char;
      const squeezes = flags.has("s") && (rest.length > 1 ? squeezed.has(next) : inSet(next));
      if (squeezes && state.last === next) continue;
      state.last = next;
      text += next;
    }
    io.out(text);
  }
};

export const rev: Command = perLine(operands(""), (_, line) => [...line].reverse().join(""));

export const tac: Command = overTexts(operands(""), (io, texts, failed) => {
  for (const { text } of texts)
    io.out(
      linesOf(text)
        .reverse()
        .map((line) => `${line}\n`)
        .join(""),
    );
  return failed ? 1 : 0;
});

export const nl: Command = (io, state) => {
  state.number ??= 0;
  const all = parseOptions(io.argv, "b:w:s:n:v:i:").values.b === "a";
  return perLine(operands("b:w:s:n:v:i:"), (_, line) =>
    line === "" && !all ? "" : `${String(++state.number).padStart(6)}\t${line}`,
  )(io, state);
};

export const base64: Command = overTexts(operands("diw:", {}), (io, texts, failed) => {
  const { flags, values } = parseOptions(io.argv, "dDiw:", { decode: "d", wrap: "w", "ignore-garbage": "i" });
  const text = texts.map((item) => item.text).join("");
  if (flags.has("d") || flags.has("D")) {
    const decoded = base64Decode(flags.has("i") ? text.replace(/[^A-Za-z0-9+/=]/g, "") : text);
    if (decoded === undefined) {
      // What is whole is printed before the complaint.
      const good = /^(?:[A-Za-z0-9+/]{4})*/.exec(text.replace(/\s/g, ""))?.[0] ?? "";
      io.out(base64Decode(good) ?? "");
      complain(io, io.style === "gnu" ? "invalid input" : "invalid input");
      return 1;
    }
    io.out(decoded);
    return failed ? 1 : 0;
  }
  const encoded = base64Encode(text);
  const width = values.w === undefined ? 76 : Number(values.w);
  if (width === 0) io.out(encoded);
  else io.out(encoded.replace(new RegExp(`.{1,${width}}`, "g"), "$&\n"));
  return failed ? 1 : 0;
});

export const paste: Command = overTexts(operands("sd:", {}), (io, texts, failed) => {
  const { flags, values } = parseOptions(io.argv, "sd:", { serial: "s", delimiters: "d" });
  const delimiters = [...(values.d ?? "\t").replaceAll("\\n", "\n").replaceAll("\\t", "\t").replaceAll("\\0", "")];
  const join = (cells: readonly string[]) =>
    cells.reduce((line, cell, index) => line + (delimiters[(index - 1) % Math.max(1, delimiters.length)] ?? "") + cell);
  const columns = texts.map(({ text }) => linesOf(text));
  if (flags.has("s")) for (const lines of columns) io.out(`${lines.length > 0 ? join(lines) : ""}\n`);
  else {
    const rows = Math.max(0, ...columns.map((lines) => lines.length));
    for (let row = 0; row < rows; row++) io.out(`${join(columns.map((lines) => lines[row] ?? ""))}\n`);
  }
  return failed ? 1 : 0;
});

const SEQ_LIMIT = 1_000_000;

export const seq: Command = (io) => {
  const { values, rest, flags } = parseOptions(
    io.argv.map((word) => (/^-\d/.test(word) ? `\0${word}` : word)),
    "ws:f:",
    { "equal-width": "w", separator: "s", format: "f" },
  );
  const numbers = rest.map((word) => Number(word.replace("\0", "")));
  const wrong = rest.find((word) => Number.isNaN(Number(word.replace("\0", ""))));
  if (numbers.length === 0 || wrong !== undefined) {
    complain(io, wrong === undefined ? "missing operand" : `invalid floating point argument: ‘${wrong}’`);
    return { exit: 1 };
  }
  const [first, step, last] =
    numbers.length === 1
      ? [1, 1, numbers[0]!]
      : numbers.length === 2
        ? [numbers[0]!, 1, numbers[1]!]
        : [numbers[0]!, numbers[1]!, numbers[2]!];
  if (step === 0) {
    complain(io, "invalid Zero increment value: ‘0’");
    return { exit: 1 };
  }
  const places = Math.max(...rest.slice(0, 2).map((word) => word.split(".")[1]?.length ?? 0));
  const count = Math.min(SEQ_LIMIT, Math.floor((last - first) / step + 1e-9) + 1);
  const items = Array.from({ length: Math.max(0, count) }, (_, index) => (first + index * step).toFixed(places));
  const width = flags.has("w") ? Math.max(...items.map((item) => item.length), 0) : 0;
  if (items.length > 0) io.out(`${items.map((item) => item.padStart(width, "0")).join(values.s ?? "\n")}\n`);
  return { exit: 0 };
};

/** A page at a time, so that its reader can stop it. */
export const yes: Command = (io) => {
  const line = `${io.argv.slice(1).join(" ") || "y"}\n`;
  io.out(line.repeat(Math.max(1, Math.floor(4096 / line.length))));
  return { untilMs: io.nowMs };
};
