/**
 * resource.Quantity of apimachinery: an exact decimal number with the suffix family that it was written in.
 * Numbers are kept in nanos, the finest step that the real one keeps (it rounds up, away from zero, beyond that).
 */

export type QuantityFormat = "DecimalSI" | "BinarySI" | "DecimalExponent";

export interface Quantity {
  readonly nanos: bigint;
  readonly format: QuantityFormat;
  /** As it was written, where that is canonical: the real parser keeps such texts, a leading plus sign included. */
  readonly text?: string;
}

const NANO = 1_000_000_000n;
const MAX_NANOS = (2n ** 63n - 1n) * NANO;
const MAX_CACHED = 2000;
export const QUANTITY_PATTERN = "^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$";

const BINARY: Record<string, number> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const DECIMAL: Record<string, number> = { n: -9, u: -6, m: -3, "": 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const DECIMAL_BY_POWER = new Map(Object.entries(DECIMAL).map(([suffix, power]) => [power, suffix]));

export class QuantityError extends Error {}
const wrongFormat = () => new QuantityError(`quantities must match the regular expression '${QUANTITY_PATTERN}'`);
const wrongNumber = () => new QuantityError("unable to parse numeric part of quantity");
const wrongSuffix = () => new QuantityError("unable to parse quantity's suffix");

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?/;
const SUFFIX = /^[eEinumkKMGTP]*(?:[-+]?\d*)$/;

function suffixOf(text: string): { base: 2 | 10; power: number; format: QuantityFormat } {
  if (text in DECIMAL) return { base: 10, power: DECIMAL[text]!, format: "DecimalSI" };
  if (text in BINARY) return { base: 2, power: BINARY[text]!, format: "BinarySI" };
  const exponent = /^[eE]([+-]?\d+)$/.exec(text);
  if (!exponent) throw wrongSuffix();
  const power = Number(exponent[1]);
  if (Math.abs(power) > 1000) throw wrongSuffix();
  return { base: 10, power, format: "DecimalExponent" };
}

/** Division that rounds away from zero. */
function divideUp(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  if (value % by === 0n) return quotient;
  return value < 0n ? quotient - 1n : quotient + 1n;
}

const parsed = new Map<string, Quantity>();

/** Throws a QuantityError with the real parser's text. Numbers are read as JSON numbers are. */
export function parseQuantity(input: string | number): Quantity {
  const text = String(input);
  const known = parsed.get(text);
  if (known) return known;
  const quantity = parse(text);
  if (parsed.size < MAX_CACHED) parsed.set(text, quantity);
  return quantity;
}

function parse(text: string): Quantity {
  if (text === "") throw wrongFormat();
  const match = NUMBER.exec(text)!;
  const [whole, sign, integer, fraction = ""] = match;
  const rest = text.slice(whole!.length);
  if (!SUFFIX.test(rest)) throw wrongFormat();
  const { base, power, format } = suffixOf(rest);
  if (integer === "" && fraction === "") throw wrongNumber();
  const kept = canonicalText(text, integer!, fraction, base, power, format);
  let value = BigInt(`${integer}${fraction}`);
  let divisor = 10n ** BigInt(fraction.length);
  value *= NANO;
  if (base === 2) value <<= BigInt(power);
  else if (power >= 0) value *= 10n ** BigInt(power);
  else divisor *= 10n ** BigInt(-power);
  let nanos = divideUp(value, divisor);
  if (nanos > MAX_NANOS) nanos = MAX_NANOS;
  if (sign === "-") nanos = -nanos;
  return kept === undefined ? { nanos, format } : { nanos, format, text: kept };
}

/** Digits that the real parser's int64 surely holds. */
const MAX_DIGITS = 18;

/** The text itself where the real parser's quick path takes it for canonical. */
function canonicalText(
  text: string,
  integer: string,
  fraction: string,
  base: 2 | 10,
  power: number,
  format: QuantityFormat,
): string | undefined {
  const whole = integer.replace(/^0+/, "") || "0";
  if (format === "BinarySI") {
    if (base !== 2 || fraction.length > 0 || whole.length > 14 - Math.trunc((power * 3) / 10)) return undefined;
    return Number(whole) % 8 === 0 ? undefined : text;
  }
  const shifted = whole + fraction;
  const scale = power - fraction.length;
  if (shifted.length > MAX_DIGITS || scale < -9 || scale % 3 !== 0) return undefined;
  return shifted.endsWith("000") || shifted.startsWith("0") ? undefined : text;
}

/** The complaint about a text, or undefined where it is a quantity. */
export function quantityError(input: unknown): string | undefined {
  try {
    parseQuantity(input as string);
    return undefined;
  } catch (error) {
    if (error instanceof QuantityError) return error.message;
    throw error;
  }
}

/** Canonical form: no fraction, the largest suffix of the family that keeps the number whole. */
export function formatQuantity({ nanos, format, text }: Quantity): string {
  if (text !== undefined) return text;
  if (nanos === 0n) return "0";
  const sign = nanos < 0n ? "-" : "";
  const size = nanos < 0n ? -nanos : nanos;
  if (format === "BinarySI" && size > 1023n * NANO && size % NANO === 0n) {
    let value = size / NANO;
    let power = 0;
    while (power < 60 && value % 1024n === 0n) {
      value >>= 10n;
      power += 10;
    }
    const suffix = Object.keys(BINARY).find((name) => BINARY[name] === power) ?? "";
    return `${sign}${value}${suffix}`;
  }
  let value = size;
  let power = -9;
  while (value % 1000n === 0n && (power < 18 || format === "DecimalExponent")) {
    value /= 1000n;
    power += 3;
  }
  if (format === "DecimalExponent") return power === 0 ? `${sign}${value}` : `${sign}${value}e${power}`;
  return `${sign}${value}${DECIMAL_BY_POWER.get(power)}`;
}

/** As the server stores it: canonical where it can be read, left alone where it cannot. */
export function canonicalQuantity(input: string | number): string {
  return quantityError(input) === undefined ? formatQuantity(parseQuantity(input)) : String(input);
}

/** Canonical, with what is finer than a thousandth rounded up. */
export function roundUpToMilli(input: string | number): string {
  if (quantityError(input) !== undefined) return String(input);
  const quantity = parseQuantity(input);
  const step = NANO / 1000n;
  if (quantity.nanos % step === 0n) return formatQuantity(quantity);
  return formatQuantity({ nanos: divideUp(quantity.nanos, step) * step, format: quantity.format });
}

export function compareQuantities(a: Quantity, b: Quantity): -1 | 0 | 1 {
  return a.nanos < b.nanos ? -1 : a.nanos > b.nanos ? 1 : 0;
}

/** The sum in the format of the first, unless that one is zero. */
export const addQuantities = (a: Quantity, b: Quantity): Quantity => ({
  nanos: a.nanos + b.nanos,
  format: a.nanos === 0n ? b.format : a.format,
});

export const subtractQuantities = (a: Quantity, b: Quantity): Quantity => ({
  nanos: a.nanos - b.nanos,
  format: a.nanos === 0n ? b.format : a.format,
});

/** Whole units, rounded up: bytes of memory, whole processors. */
export const quantityValue = (quantity: Quantity): number => Number(divideUp(quantity.nanos, NANO));

/** Thousandths, rounded up: millicores. */
export const quantityMilliValue = (quantity: Quantity): number => Number(divideUp(quantity.nanos, NANO / 1000n));

export const quantityOf = (units: number | bigint, format: QuantityFormat = "DecimalSI"): Quantity => ({
  nanos: BigInt(units) * NANO,
  format,
});

export const milliQuantity = (milli: number | bigint): Quantity => ({
  nanos: (BigInt(milli) * NANO) / 1000n,
  format: "DecimalSI",
});
