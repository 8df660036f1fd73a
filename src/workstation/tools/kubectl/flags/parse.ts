import { durationComplaint, parseDuration } from "./duration";
import type { FlagSpec } from "./spec";

/** What pflag complains of; the caller adds where to find help. */
export class FlagError extends Error {}

/** Values of flags after parsing: what was given, else the default. */
export class FlagValues {
  private readonly given = new Map<string, string[]>();

  constructor(private readonly specs: ReadonlyMap<string, FlagSpec>) {}

  /** Takes a value as pflag's `Set` does: checked at once, by type. */
  set(spec: FlagSpec, value: string): void {
    const problem = complaint(spec, value);
    if (problem) {
      const name = spec.short ? `-${spec.short}, --${spec.name}` : `--${spec.name}`;
      throw new FlagError(`invalid argument ${JSON.stringify(value)} for "${name}" flag: ${problem}`);
    }
    const old = this.given.get(spec.name);
    if (spec.type === "list") this.given.set(spec.name, [...(old ?? []), ...splitCsv(value)]);
    else if (spec.type === "array") this.given.set(spec.name, [...(old ?? []), value]);
    else this.given.set(spec.name, [value]);
  }

  has(name: string): boolean {
    return this.specs.has(name);
  }
  /** Whether a command has a flag of this name of its own that may be given several times, over a global one. */
  isMany(name: string): boolean {
    const type = this.specs.get(name)?.type;
    return type === "array" || type === "list";
  }
  changed(name: string): boolean {
    return this.given.has(name);
  }
  text(name: string): string {
    return this.given.get(name)?.at(-1) ?? this.specs.get(name)?.default ?? "";
  }
  bool(name: string): boolean {
    return parseBool(this.text(name) || "false") ?? false;
  }
  int(name: string): number {
    return Number(this.text(name) || "0");
  }
  durationMs(name: string): number {
    return parseDuration(this.text(name) || "0") ?? 0;
  }
  list(name: string): string[] {
    const fallback = this.specs.get(name)?.default;
    return this.given.get(name) ?? (fallback ? [fallback] : []);
  }
  /** Sets a value from inside (`--now` means `--grace-period=1`). */
  override(name: string, value: string): void {
    this.given.set(name, [value]);
  }
}

export interface ParsedFlags {
  flags: FlagValues;
  args: string[];
  /** How many arguments stood before `--`; -1 where there was none. */
  argsBeforeDash: number;
}

/** Parses as pflag does: `--a=b`, `--a b`, `-nfoo`, `-A`, grouped shorthands, `--`; flags and arguments may mix. */
export function parseFlags(specs: readonly FlagSpec[], words: readonly string[]): ParsedFlags {
  const byName = new Map(specs.map((spec) => [spec.name, spec]));
  const byShort = new Map(specs.filter((spec) => spec.short).map((spec) => [spec.short!, spec]));
  const flags = new FlagValues(byName);
  const args: string[] = [];
  let argsBeforeDash = -1;
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!;
    if (word === "--") {
      argsBeforeDash = args.length;
      args.push(...words.slice(i + 1));
      break;
    }
    if (word.startsWith("--")) i = parseLong(word, i, words, byName, flags);
    else if (word.startsWith("-") && word.length > 1) i = parseShort(word, i, words, byShort, flags);
    else args.push(word);
  }
  return { flags, args, argsBeforeDash };
}

function parseLong(
  word: string,
  at: number,
  words: readonly string[],
  byName: Map<string, FlagSpec>,
  flags: FlagValues,
): number {
  const equals = word.indexOf("=");
  const name = word.slice(2, equals < 0 ? undefined : equals);
  if (name === "" || name.startsWith("-")) throw new FlagError(`bad flag syntax: ${word}`);
  const spec = byName.get(name) ?? byName.get(name.replaceAll("_", "-"));
  if (!spec) throw new FlagError(`unknown flag: --${name}`);
  if (equals >= 0) flags.set(spec, word.slice(equals + 1));
  else if (spec.bare !== undefined) flags.set(spec, spec.bare);
  else if (at + 1 < words.length) {
    flags.set(spec, words[at + 1]!);
    return at + 1;
  } else throw new FlagError(`flag needs an argument: --${name}`);
  return at;
}

function parseShort(
  word: string,
  at: number,
  words: readonly string[],
  byShort: Map<string, FlagSpec>,
  flags: FlagValues,
): number {
  let rest = word.slice(1);
  while (rest.length > 0) {
    const letter = rest[0]!;
    const spec = byShort.get(letter);
    if (!spec) throw new FlagError(`unknown shorthand flag: '${letter}' in -${rest}`);
    if (rest.length > 2 && rest[1] === "=") {
      flags.set(spec, rest.slice(2));
      return at;
    }
    if (spec.bare !== undefined) {
      flags.set(spec, spec.bare);
      rest = rest.slice(1);
      continue;
    }
    if (rest.length > 1) {
      flags.set(spec, rest.slice(1));
      return at;
    }
    if (at + 1 >= words.length) throw new FlagError(`flag needs an argument: '${letter}' in -${rest}`);
    flags.set(spec, words[at + 1]!);
    return at + 1;
  }
  return at;
}

const TRUE = new Set(["1", "t", "T", "true", "TRUE", "True"]);
const FALSE = new Set(["0", "f", "F", "false", "FALSE", "False"]);

/** Go's `strconv.ParseBool`. */
export const parseBool = (value: string): boolean | undefined =>
  TRUE.has(value) ? true : FALSE.has(value) ? false : undefined;

const INT_MAX = 2_147_483_647;

function complaint(spec: FlagSpec, value: string): string | undefined {
  switch (spec.type) {
    case "bool":
      return parseBool(value) === undefined
        ? `strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`
        : undefined;
    case "int":
      if (!/^[+-]?\d+$/.test(value)) return `strconv.ParseInt: parsing ${JSON.stringify(value)}: invalid syntax`;
      return Math.abs(Number(value)) > INT_MAX
        ? `strconv.ParseInt: parsing ${JSON.stringify(value)}: value out of range`
        : undefined;
    case "duration":
      return parseDuration(value) === undefined ? durationComplaint(value) : undefined;
    default:
      return undefined;
  }
}

/** One line of CSV, as pflag's StringSlice reads it: quotes may protect commas. */
function splitCsv(value: string): string[] {
  if (value === "") return [];
  const fields: string[] = [];
  let field = "";
  for (let i = 0; i < value.length; ) {
    if (field === "" && value[i] === '"') {
      i++;
      while (i < value.length && !(value[i] === '"' && value[i + 1] !== '"')) {
        field += value[i];
        i += value[i] === '"' ? 2 : 1;
      }
      i++;
    } else if (value[i] === ",") {
      fields.push(field);
      field = "";
      i++;
    } else field += value[i++];
  }
  return [...fields, field];
}
