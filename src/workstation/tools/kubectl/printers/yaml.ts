import { entries } from "./json";

/** YAML in the style of sigs.k8s.io/yaml: sorted keys, list items not indented, quotes where go-yaml puts them, folding at 80. */
export function printYaml(value: unknown): string {
  if (isEmpty(value) || !isCollection(value)) return `${inline(value, 0, 0)}\n`;
  return block(value, 0);
}

const BEST_WIDTH = 80;

const isCollection = (value: unknown): value is object => typeof value === "object" && value !== null;
const isEmpty = (value: unknown): boolean =>
  isCollection(value) && (Array.isArray(value) ? value.length === 0 : entries(value).length === 0);

/** A non-empty map or list; each line starts at `indent`, the text ends with a newline. */
function block(value: object, indent: number): string {
  const margin = " ".repeat(indent);
  let text = "";
  if (Array.isArray(value)) {
    for (const item of value) {
      if (isCollection(item) && !isEmpty(item)) text += `${margin}- ${block(item, indent + 2).slice(indent + 2)}`;
      else text += `${margin}- ${inline(item, indent + 2, indent + 2)}\n`;
    }
    return text;
  }
  for (const [key, member] of entries(value)) {
    const head = `${margin}${keyText(key)}:`;
    if (isCollection(member) && !isEmpty(member))
      text += `${head}\n${block(member, Array.isArray(member) ? indent : indent + 2)}`;
    else text += `${head} ${inline(member, indent + 2, head.length + 1)}\n`;
  }
  return text;
}

/** A scalar or an empty collection. Further lines are indented by `indent`; the first starts at `column`. */
function inline(value: unknown, indent: number, column: number): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "string") return stringText(value, indent, column);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "boolean") return String(value);
  return Array.isArray(value) ? "[]" : "{}";
}

const numberText = (value: number) =>
  Number.isInteger(value) && Math.abs(value) < 1e21 ? String(value) : String(value).replace(/e([+-])(\d)$/, "e$10$2");

/** Keys are never folded nor literal. */
function keyText(key: string): string {
  if (resolvesToOther(key)) return doubleQuoted(key);
  const shape = analyse(key);
  if (shape.plain && key !== "" && !shape.multiline) return key;
  return shape.single && !shape.multiline ? `'${key.replaceAll("'", "''")}'` : doubleQuoted(key);
}

function stringText(text: string, indent: number, column: number): string {
  const shape = analyse(text);
  if (text.includes("\n")) return shape.block ? literal(text, indent) : doubleQuoted(text, indent, column);
  if (resolvesToOther(text)) return doubleQuoted(text, indent, column);
  if (shape.plain && text !== "") return foldPlain(text, indent, column, "");
  if (shape.single) return `'${foldPlain(text.replaceAll("'", "''"), indent, column + 1, "'")}'`;
  return doubleQuoted(text, indent, column);
}

interface Shape {
  plain: boolean;
  single: boolean;
  block: boolean;
  multiline: boolean;
}

/** libyaml's analysis of what styles a scalar can take. */
function analyse(text: string): Shape {
  const characters = [...text];
  if (characters.length === 0) return { plain: true, single: true, block: false, multiline: false };
  let blockIndicators = text.startsWith("---") || text.startsWith("...");
  let lineBreaks = false;
  let special = false;
  let leadingSpace = false;
  let trailingSpace = false;
  let leadingBreak = false;
  let trailingBreak = false;
  let breakSpace = false;
  let spaceBreak = false;
  let previousSpace = false;
  let previousBreak = false;
  let precededByWhite = true;
  characters.forEach((character, index) => {
    const next = characters[index + 1];
    const followedByWhite = next === undefined || isBlank(next) || isBreak(next);
    if (index === 0) {
      if ("#,[]{}&*!|>'\"%@`".includes(character) && !",[]{}".includes(character)) blockIndicators = true;
      else if (",[]{}".includes(character)) blockIndicators = true;
      else if ((character === "?" || character === ":" || character === "-") && followedByWhite) blockIndicators = true;
    } else if (character === ":" && followedByWhite) blockIndicators = true;
    else if (character === "#" && precededByWhite) blockIndicators = true;
    if (!isPrintable(character)) special = true;
    if (isBreak(character)) lineBreaks = true;
    if (character === " ") {
      if (index === 0) leadingSpace = true;
      if (index === characters.length - 1) trailingSpace = true;
      if (previousBreak) breakSpace = true;
      previousSpace = true;
      previousBreak = false;
    } else if (isBreak(character)) {
      if (index === 0) leadingBreak = true;
      if (index === characters.length - 1) trailingBreak = true;
      if (previousSpace) spaceBreak = true;
      previousSpace = false;
      previousBreak = true;
    } else {
      previousSpace = false;
      previousBreak = false;
    }
    precededByWhite = isBlank(character) || isBreak(character);
  });
  const shape: Shape = { plain: true, single: true, block: true, multiline: lineBreaks };
  if (leadingSpace || leadingBreak || trailingSpace || trailingBreak) shape.plain = false;
  if (trailingSpace) shape.block = false;
  if (breakSpace) {
    shape.plain = false;
    shape.single = false;
  }
  if (spaceBreak || special) {
    shape.plain = false;
    shape.single = false;
    shape.block = false;
  }
  if (lineBreaks || blockIndicators) shape.plain = false;
  return shape;
}

const isBlank = (character: string) => character === " " || character === "\t";
const isBreak = (character: string) =>
  character === "\n" ||
  character === "\r" ||
  character === "\u0085" ||
  character === "\u2028" ||
  character === "\u2029";

/** go-yaml takes tabs, carriage returns and what lies beyond the basic plane as not printable in the open. */
function isPrintable(character: string): boolean {
  const code = character.codePointAt(0)!;
  if (code === 0x0a || code === 0x85) return true;
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return false;
  if (code === 0xfeff || code > 0xffff) return false;
  return !(code >= 0xd800 && code < 0xe000) && code !== 0xfffe && code !== 0xffff;
}

/** Breaks a long line at single spaces once it has passed the best width. */
function foldPlain(text: string, indent: number, column: number, quoteMark: string): string {
  let output = "";
  let at = column;
  let afterSpace = false;
  const characters = [...text];
  const margin = `\n${" ".repeat(indent)}`;
  characters.forEach((character, index) => {
    const inside = !quoteMark || (index > 0 && index < characters.length - 1);
    if (character === " " && !afterSpace && at > BEST_WIDTH && inside && characters[index + 1] !== " ") {
      output += margin;
      at = indent;
      afterSpace = true;
      return;
    }
    if (isBreak(character)) {
      output += character + " ".repeat(indent);
      at = indent;
    } else {
      output += character;
      at++;
    }
    afterSpace = character === " ";
  });
  return output;
}

/** `|` with its chomping and, where the text starts with a space or a break, its indentation. */
function literal(text: string, indent: number): string {
  const hint = text.startsWith(" ") || text.startsWith("\n") ? "2" : "";
  const chomp = !text.endsWith("\n") ? "-" : text === "\n" || text.endsWith("\n\n") ? "+" : "";
  const margin = " ".repeat(indent);
  const lines = (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");
  return `|${hint}${chomp}\n${lines.map((line) => (line === "" ? "" : margin + line)).join("\n")}`;
}

const ESCAPES: Record<number, string> = {
  0: "0",
  7: "a",
  8: "b",
  9: "t",
  10: "n",
  11: "v",
  12: "f",
  13: "r",
  27: "e",
  34: '"',
  92: "\\",
  133: "N",
  160: "_",
  8232: "L",
  8233: "P",
};

function doubleQuoted(text: string, indent = 0, column = 0): string {
  let output = '"';
  let at = column + 1;
  let afterSpace = false;
  const characters = [...text];
  characters.forEach((character, index) => {
    const code = character.codePointAt(0)!;
    if (!isPrintable(character) || isBreak(character) || character === '"' || character === "\\") {
      const short = ESCAPES[code];
      const hex = code.toString(16).toUpperCase();
      const written = short
        ? `\\${short}`
        : code <= 0xff
          ? `\\x${hex.padStart(2, "0")}`
          : code <= 0xffff
            ? `\\u${hex.padStart(4, "0")}`
            : `\\U${hex.padStart(8, "0")}`;
      output += written;
      at += written.length;
      afterSpace = false;
    } else if (
      character === " " &&
      indent > 0 &&
      !afterSpace &&
      at > BEST_WIDTH &&
      index > 0 &&
      index < characters.length - 1
    ) {
      output += `\n${" ".repeat(indent)}${characters[index + 1] === " " ? "\\" : ""}`;
      at = indent;
      afterSpace = true;
    } else {
      output += character;
      at++;
      afterSpace = character === " ";
    }
  });
  return `${output}"`;
}

const WORDS = new Set([
  "",
  "~",
  "null",
  "Null",
  "NULL",
  ...["y", "yes", "on", "n", "no", "off", "true", "false"].flatMap((word) => [
    word,
    word.toUpperCase(),
    word[0]!.toUpperCase() + word.slice(1),
  ]),
]);
const FLOATS = new Set([
  ".nan",
  ".NaN",
  ".NAN",
  ".inf",
  ".Inf",
  ".INF",
  "+.inf",
  "+.Inf",
  "+.INF",
  "-.inf",
  "-.Inf",
  "-.INF",
]);

/** Whether the bare text would be read as null, boolean, number or time. */
export function resolvesToOther(text: string): boolean {
  if (WORDS.has(text) || FLOATS.has(text)) return true;
  if (
    /^\d{4}-\d\d?-\d\d?([Tt ]|$)/.test(text) &&
    /^\d{4}-\d\d?-\d\d?([Tt]|[ \t]+)?(\d\d?:\d\d:\d\d(\.\d*)?[ \t]*(Z|[+-]\d\d?(:\d\d)?)?)?$/.test(text)
  )
    return true;
  const digits = text.replaceAll("_", "");
  if (/^[-+]?(0b[01]+|0o[0-7]+|0x[0-9a-fA-F]+|\d+)$/.test(digits)) return /^[-+.\d]/.test(text);
  if (/^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(digits)) return /^[-+.\d]/.test(text);
  // Base 60, which go-yaml still protects readers of YAML 1.1 from.
  return /^[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?$/.test(text);
}
