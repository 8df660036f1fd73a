import { parseGoDuration } from "./duration";
import { isTimeZone } from "./time-zone";

/** Cron expressions as the library robfig/cron reads them, which CronJobs are made of. */

/** Values of a field that match, and whether it was `*`, which matters for the two kinds of days. */
export interface Field {
  values: readonly number[];
  isStar: boolean;
}

export type Schedule =
  | { minute: Field; hour: Field; dayOfMonth: Field; month: Field; dayOfWeek: Field; timeZone?: string }
  /** `@every`: a distance from the time before. */
  | { everyMs: number };

export class ScheduleError extends Error {}

interface Bounds {
  low: number;
  high: number;
  names?: readonly string[];
}

const MINUTES: Bounds = { low: 0, high: 59 };
const HOURS: Bounds = { low: 0, high: 23 };
const DAYS_OF_MONTH: Bounds = { low: 1, high: 31 };
const MONTHS: Bounds = {
  low: 1,
  high: 12,
  names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
};
const DAYS_OF_WEEK: Bounds = { low: 0, high: 6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] };

const DESCRIPTORS: ReadonlyMap<string, string> = new Map([
  ["@yearly", "0 0 1 1 *"],
  ["@annually", "0 0 1 1 *"],
  ["@monthly", "0 0 1 * *"],
  ["@weekly", "0 0 * * 0"],
  ["@daily", "0 0 * * *"],
  ["@midnight", "0 0 * * *"],
  ["@hourly", "0 * * * *"],
]);

/** Throws `ScheduleError` in the library's words. */
export function parseSchedule(text: string): Schedule {
  if (text === "") throw new ScheduleError("empty spec string");
  const zoned = /^(?:CRON_)?TZ=(\S*)\s+(.*)$/s.exec(text);
  if (!zoned) return parseWithoutZone(text);
  const [, timeZone = "", rest = ""] = zoned;
  if (!isTimeZone(timeZone))
    throw new ScheduleError(`provided bad location ${timeZone}: unknown time zone ${timeZone}`);
  const schedule = parseWithoutZone(rest.trim());
  return "everyMs" in schedule ? schedule : { ...schedule, timeZone };
}

function parseWithoutZone(text: string): Schedule {
  if (text.startsWith("@every ")) return parseEvery(text);
  const described = DESCRIPTORS.get(text);
  const fields = (described ?? text).split(/\s+/).filter(Boolean);
  if (text.startsWith("@") && !described) throw new ScheduleError(`unrecognized descriptor: ${text}`);
  if (fields.length !== 5)
    throw new ScheduleError(`expected exactly 5 fields, found ${fields.length}: [${fields.join(" ")}]`);
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields as [string, string, string, string, string];
  return {
    minute: parseField(minute, MINUTES),
    hour: parseField(hour, HOURS),
    dayOfMonth: parseField(dayOfMonth, DAYS_OF_MONTH),
    month: parseField(month, MONTHS),
    dayOfWeek: parseField(dayOfWeek, DAYS_OF_WEEK),
  };
}

function parseEvery(text: string): Schedule {
  const parsed = parseGoDuration(text.slice("@every ".length));
  if ("error" in parsed) throw new ScheduleError(`failed to parse duration ${text}: ${parsed.error}`);
  return { everyMs: Math.max(1000, Math.floor(parsed.ms / 1000) * 1000) };
}

function parseField(text: string, bounds: Bounds): Field {
  const values = new Set<number>();
  let isStar = false;
  for (const part of text.split(",").filter(Boolean)) {
    const range = parseRange(part, bounds);
    for (let value = range.start; value <= range.end; value += range.step) values.add(value);
    isStar ||= range.isStar;
  }
  return { values: [...values].sort((a, b) => a - b), isStar };
}

function parseRange(text: string, bounds: Bounds) {
  const [ends = "", stepText, ...moreSteps] = text.split("/");
  const [first = "", last, ...moreEnds] = ends.split("-");
  let isStar = first === "*" || first === "?";
  let [start, end] = [bounds.low, bounds.high];
  if (!isStar) {
    start = parseIntOrName(first, bounds.names);
    if (moreEnds.length > 0) throw new ScheduleError(`too many hyphens: ${text}`);
    end = last === undefined ? start : parseIntOrName(last, bounds.names);
  }
  let step = 1;
  if (moreSteps.length > 0) throw new ScheduleError(`too many slashes: ${text}`);
  if (stepText !== undefined) {
    step = parseNumber(stepText);
    // `5/15` begins at five and has no end.
    if (last === undefined) end = bounds.high;
    if (step > 1) isStar = false;
  }
  if (start < bounds.low)
    throw new ScheduleError(`beginning of range (${start}) below minimum (${bounds.low}): ${text}`);
  if (end > bounds.high) throw new ScheduleError(`end of range (${end}) above maximum (${bounds.high}): ${text}`);
  if (start > end) throw new ScheduleError(`beginning of range (${start}) beyond end of range (${end}): ${text}`);
  if (step === 0) throw new ScheduleError(`step of range should be a positive number: ${text}`);
  return { start, end, step, isStar };
}

function parseIntOrName(text: string, names: readonly string[] | undefined): number {
  const index = names?.indexOf(text.toLowerCase()) ?? -1;
  if (index < 0) return parseNumber(text);
  return names!.length === 12 ? index + 1 : index;
}

function parseNumber(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) {
    throw new ScheduleError(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(text)}: invalid syntax`,
    );
  }
  const number = Number(text);
  if (number < 0) throw new ScheduleError(`negative number (${number}) not allowed: ${text}`);
  return number;
}
