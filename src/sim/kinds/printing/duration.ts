import { parseRfc3339 } from "../../kernel/time";

const SECOND = 1000;
const MINUTE = 60;
const HOUR = 60;
const DAY = 24;
const YEAR = 365;

/** Two seconds into the future still print as now, since clocks of server and client differ a little. */
const SKEW_MS = 2000;

/** HumanDuration of apimachinery: at most two units, fewer the longer the time: `70s`, `3m10s`, `47h`, `2y1d`. */
export function humanDuration(ms: number): string {
  if (ms <= -SKEW_MS) return "<invalid>";
  if (ms < 0) return "0s";
  const seconds = Math.floor(ms / SECOND);
  if (seconds < 2 * MINUTE) return `${seconds}s`;
  const minutes = Math.floor(seconds / MINUTE);
  if (minutes < 10) return two(minutes, "m", seconds % MINUTE, "s");
  if (minutes < 3 * HOUR) return `${minutes}m`;
  const hours = Math.floor(minutes / HOUR);
  if (hours < 8) return two(hours, "h", minutes % HOUR, "m");
  if (hours < 2 * DAY) return `${hours}h`;
  const days = Math.floor(hours / DAY);
  if (hours < 8 * DAY) return two(days, "d", hours % DAY, "h");
  if (days < 2 * YEAR) return `${days}d`;
  const years = Math.floor(days / YEAR);
  if (days < 8 * YEAR) return two(years, "y", days % YEAR, "d");
  return `${years}y`;
}

const two = (a: number, unitA: string, b: number, unitB: string) =>
  b === 0 ? `${a}${unitA}` : `${a}${unitA}${b}${unitB}`;

/** ShortHumanDuration: one unit only, as some describers print. */
export function shortHumanDuration(ms: number): string {
  if (ms <= -SKEW_MS) return "<invalid>";
  if (ms < 0) return "0s";
  const seconds = Math.floor(ms / SECOND);
  if (seconds < MINUTE) return `${seconds}s`;
  const minutes = Math.floor(seconds / MINUTE);
  if (minutes < HOUR) return `${minutes}m`;
  const hours = Math.floor(minutes / HOUR);
  if (hours < DAY) return `${hours}h`;
  const days = Math.floor(hours / DAY);
  return days < YEAR ? `${days}d` : `${Math.floor(days / YEAR)}y`;
}

/** AGE of a timestamp; `<unknown>` where there is none. */
export function age(timestamp: unknown, nowMs: number): string {
  const then = typeof timestamp === "string" ? parseRfc3339(timestamp) : undefined;
  return then === undefined ? "<unknown>" : humanDuration(nowMs - then);
}
