const UNITS: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};

/** A Go duration (`1h30m`, `500ms`) in ms, or undefined where it is none. */
export function parseDuration(source: string): number | undefined {
  if (source === "0" || source === "+0" || source === "-0") return 0;
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(source);
  if (!match) return undefined;
  let total = 0;
  for (const [, amount, unit] of match[2]!.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g))
    total += Number(amount) * UNITS[unit!]!;
  return match[1] === "-" ? -total : total;
}

/** Why Go's `time.ParseDuration` refuses a text. */
export function durationComplaint(source: string): string {
  if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(source)) return `time: missing unit in duration "${source}"`;
  const unit = /^[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))*(?:\d+\.?\d*|\.\d+)([^\d.]+)/.exec(source);
  if (unit) return `time: unknown unit "${unit[1]}" in duration "${source}"`;
  return `time: invalid duration "${source}"`;
}

/** Go's `Duration.String()`: `1m0s`, `1.5s`, `0s`. */
export function formatDuration(ms: number): string {
  if (ms === 0) return "0s";
  const sign = ms < 0 ? "-" : "";
  const rest = Math.abs(ms);
  if (rest < 1000) return `${sign}${rest}ms`;
  const hours = Math.floor(rest / 3_600_000);
  const minutes = Math.floor(rest / 60_000) % 60;
  const seconds = Number(((rest % 60_000) / 1000).toFixed(9));
  if (hours) return `${sign}${hours}h${minutes}m${seconds}s`;
  return minutes ? `${sign}${minutes}m${seconds}s` : `${sign}${seconds}s`;
}
