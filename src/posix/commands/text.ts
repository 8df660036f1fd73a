import { base64Decode, base64Encode, byteLength } from "../files/bytes";
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

export const operands =
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
