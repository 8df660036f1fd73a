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
  readText,
} from "./command";
import { operands } from "./text";

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
