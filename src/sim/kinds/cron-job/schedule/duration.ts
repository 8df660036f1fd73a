/** Go's `time.ParseDuration`, to the millisecond. */

const UNIT_MS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

export function parseGoDuration(text: string): { ms: number } | { error: string } {
  const quoted = JSON.stringify(text);
  const invalid = { error: `time: invalid duration ${quoted}` };
  const sign = text.startsWith("-") ? -1 : 1;
  let rest = text.replace(/^[+-]/, "");
  if (rest === "0") return { ms: 0 };
  if (rest === "") return invalid;
  let ms = 0;
  while (rest !== "") {
    const [, number = "", unit = ""] = /^(\d*\.?\d*)([^\d.]*)/.exec(rest)!;
    if (!/\d/.test(number)) return invalid;
    if (unit === "") return { error: `time: missing unit in duration ${quoted}` };
    const size = UNIT_MS[unit];
    if (size === undefined) return { error: `time: unknown unit ${JSON.stringify(unit)} in duration ${quoted}` };
    ms += Number(number) * size;
    rest = rest.slice(number.length + unit.length);
  }
  return { ms: sign * ms };
}
