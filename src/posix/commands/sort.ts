import { type Command, complain, linesOf, overTexts, parseOptions, pathOf } from "./command";
import { operands } from "./text";

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
