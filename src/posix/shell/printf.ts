import { byteText, joinBytes } from "../files/bytes";
import { unescapeEcho } from "./escapes";
import { quoteBackslash } from "./quote";
import { formatTime } from "./strftime";

/** More output than this of one printf is cut off. */
const OUTPUT_LIMIT = 1024 * 1024;
const WIDTH_LIMIT = 10_000;

/** As printf(1): the format is used again while there are arguments left. */
export function formatPrintf(
  format: string,
  args: readonly string[],
  nowMs: number,
): { text: string; complaints: string[] } {
  const complaints: string[] = [];
  let text = "";
  let used = 0;
  let stop = false;
  const next = () => args[used++];
  do {
    const before = used;
    text += once(format, next, complaints, nowMs, () => {
      stop = true;
    });
    if (used === before) break;
  } while (used < args.length && !stop && text.length < OUTPUT_LIMIT);
  return { text: joinBytes(text), complaints };
}

function once(
  format: string,
  next: () => string | undefined,
  complaints: string[],
  nowMs: number,
  halt: () => void,
): string {
  let result = "";
  const pattern =
    /%%|%([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+)?)?(\([^)]*\))?([hlLjzt]*)([A-Za-z])|\\(?:[0-7]{1,3}|x[0-9a-fA-F]{1,2}|u[0-9a-fA-F]{1,4}|U[0-9a-fA-F]{1,8}|[\s\S])|%/g;
  let last = 0;
  for (const match of format.matchAll(pattern)) {
    result += format.slice(last, match.index);
    last = match.index + match[0].length;
    if (match[0] === "%%") {
      result += "%";
      continue;
    }
    if (match[0] === "%") {
      complaints.push("`%': missing format character");
      return result;
    }
    if (match[0].startsWith("\\")) {
      const code = /^\\([0-7]{1,3})$/.exec(match[0]);
      const escaped = code
        ? { text: byteText(Number.parseInt(code[1]!, 8) & 255), stop: false }
        : unescapeEcho(match[0]);
      result += escaped.text;
      if (escaped.stop) {
        halt();
        return result;
      }
      continue;
    }
    const flags = match[1] ?? "";
    const number = (text: string | undefined) =>
      text === "*" ? Math.trunc(Number(next() ?? 0)) || 0 : text === undefined ? undefined : Number(text);
    const width = Math.min(Math.abs(number(match[2]) ?? 0), WIDTH_LIMIT);
    const hasPrecision = match[0].includes(".") && !match[4];
    const precision = hasPrecision ? Math.min(number(match[3]) ?? 0, WIDTH_LIMIT) : undefined;
    const kind = match[6]!;
    if (kind === "b") {
      const escaped = unescapeEcho(next() ?? "");
      result += pad(precision === undefined ? escaped.text : escaped.text.slice(0, precision), width, flags, false);
      if (escaped.stop) {
        halt();
        return result;
      }
      continue;
    }
    const converted = convert(kind, flags, precision, match[4], next, complaints, nowMs);
    if (converted === undefined) {
      complaints.push(`\`${kind}': invalid format character`);
      halt();
      return result;
    }
    result += pad(converted, width, flags, /[diuoxXfFeEgG]/.test(kind) && precision === undefined);
  }
  return result + format.slice(last);
}

function pad(text: string, width: number, flags: string, numeric: boolean): string {
  const missing = width - [...text].length;
  if (missing <= 0) return text;
  if (flags.includes("-")) return text + " ".repeat(missing);
  if (flags.includes("0") && numeric) return text.replace(/^([-+ ]?(?:0[xX])?)/, `$1${"0".repeat(missing)}`);
  return " ".repeat(missing) + text;
}

function convert(
  kind: string,
  flags: string,
  precision: number | undefined,
  time: string | undefined,
  next: () => string | undefined,
  complaints: string[],
  nowMs: number,
): string | undefined {
  const sign = (value: number, text: string) =>
    value < 0 || Object.is(value, -0)
      ? text
      : flags.includes("+")
        ? `+${text}`
        : flags.includes(" ")
          ? ` ${text}`
          : text;
  switch (kind) {
    case "s": {
      const text = next() ?? "";
      return precision === undefined ? text : [...text].slice(0, precision).join("");
    }
    case "q":
      return quoteBackslash(next() ?? "");
    case "c":
      return [...(next() ?? "")][0] ?? "";
    case "T": {
      const argument = next();
      const seconds =
        argument === undefined || argument === "-1" || argument === "-2" ? nowMs / 1000 : Number(argument);
      return formatTime(time ? time.slice(1, -1) || "%X" : "%X", Math.floor(seconds * 1000));
    }
    case "d":
    case "i":
    case "u":
    case "o":
    case "x":
    case "X": {
      const value = integer(next(), complaints);
      const radix = kind === "o" ? 8 : kind === "x" || kind === "X" ? 16 : 10;
      const magnitude =
        radix === 10 || value >= 0
          ? Math.abs(value).toString(radix)
          : BigInt.asUintN(64, BigInt(value)).toString(radix);
      const digits = magnitude.padStart(precision ?? 0, "0");
      const prefixed =
        flags.includes("#") && value !== 0
          ? radix === 16
            ? `0x${digits}`
            : radix === 8
              ? `0${digits}`
              : digits
          : digits;
      const text =
        radix === 10 && value < 0 ? `-${prefixed}` : radix === 10 && kind !== "u" ? sign(value, prefixed) : prefixed;
      return kind === "X" ? text.toUpperCase() : text;
    }
    case "f":
    case "F":
    case "e":
    case "E":
    case "g":
    case "G": {
      const value = float(next(), complaints);
      if (!Number.isFinite(value)) return String(value).toLowerCase().slice(0, 4).replace("infi", "inf");
      const places = Math.min(precision ?? 6, 100);
      if (kind === "f" || kind === "F") return sign(value, value.toFixed(places));
      const exponent = (text: string) => text.replace(/e([-+])(\d)$/, "e$10$2");
      if (kind === "e" || kind === "E")
        return sign(
          value,
          kind === "E" ? exponent(value.toExponential(places)).toUpperCase() : exponent(value.toExponential(places)),
        );
      const general = value === 0 ? "0" : exponent(String(Number(value.toPrecision(places || 1))));
      return sign(value, kind === "G" ? general.toUpperCase() : general);
    }
    default:
      return undefined;
  }
}

function integer(text: string | undefined, complaints: string[]): number {
  if (text === undefined || text === "") return 0;
  if (/^["']/.test(text)) return text.codePointAt(1) ?? 0;
  const match = /^\s*([-+]?)(0[xX][0-9a-fA-F]+|0[0-7]*|\d+)/.exec(text);
  if (!match) {
    complaints.push(`${text}: invalid number`);
    return 0;
  }
  if (match[0].length < text.trimEnd().length) complaints.push(`${text}: invalid number`);
  const digits = match[2]!;
  const value = /^0[xX]/.test(digits)
    ? Number.parseInt(digits, 16)
    : /^0\d/.test(digits)
      ? Number.parseInt(digits, 8)
      : Number(digits);
  return match[1] === "-" ? -value : value;
}

function float(text: string | undefined, complaints: string[]): number {
  if (text === undefined || text === "") return 0;
  const value = Number(text);
  if (!Number.isNaN(value)) return value;
  complaints.push(`${text}: invalid number`);
  return Number.parseFloat(text) || 0;
}
