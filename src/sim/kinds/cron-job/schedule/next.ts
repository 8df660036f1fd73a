import { civil, fromCivil } from "../../../kernel/time";
import type { Field, Schedule } from "./parse";
import { offsetMs } from "./time-zone";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** A schedule that finds nothing in so many years never will (the 30th of February). */
const YEARS_LIMIT = 5;

/** The first moment after `afterMs` that the schedule names; undefined where there is none. Moments are whole seconds. */
export function nextTime(schedule: Schedule, afterMs: number, timeZone?: string): number | undefined {
  const after = Math.floor(afterMs / 1000) * 1000;
  if ("everyMs" in schedule) return after + schedule.everyMs;
  const zone = timeZone ?? schedule.timeZone;
  const local = (atMs: number) => civil(atMs + offsetMs(zone, atMs));
  const has = (field: Field, value: number) => field.values.includes(value);
  let at = after + 1000;
  const yearLimit = local(at).year + YEARS_LIMIT;
  for (;;) {
    const { year, month, day, hour, minute, second } = local(at);
    if (year > yearLimit) return undefined;
    if (!has(schedule.month, month)) {
      at = atMidnight(month === 12 ? year + 1 : year, month === 12 ? 1 : month + 1, 1, zone);
    } else if (!dayMatches(schedule, local(at))) {
      at = nextMidnight(at, year, month, day, zone);
    } else if (!has(schedule.hour, hour)) {
      at += HOUR_MS - (minute * 60 + second) * 1000;
    } else if (!has(schedule.minute, minute)) {
      at += MINUTE_MS - second * 1000;
    } else if (second !== 0) {
      // Second zero of this minute is past.
      at += MINUTE_MS - second * 1000;
    } else {
      return at;
    }
  }
}

/** Both kinds of days must match where one of them is `*`; otherwise either is enough. */
function dayMatches(
  { dayOfMonth, dayOfWeek }: Extract<Schedule, { minute: Field }>,
  { day, weekday }: { day: number; weekday: number },
): boolean {
  const byDate = dayOfMonth.values.includes(day);
  const byWeekday = dayOfWeek.values.includes(weekday);
  return dayOfMonth.isStar || dayOfWeek.isStar ? byDate && byWeekday : byDate || byWeekday;
}

/** Midnight there, or what comes next where clocks skip it. */
function atMidnight(year: number, month: number, day: number, zone: string | undefined): number {
  const asUtc = fromCivil(year, month, day);
  const guess = asUtc - offsetMs(zone, asUtc);
  return asUtc - offsetMs(zone, guess);
}

function nextMidnight(at: number, year: number, month: number, day: number, zone: string | undefined): number {
  const tomorrow = civil(fromCivil(year, month, day) + DAY_MS);
  const next = atMidnight(tomorrow.year, tomorrow.month, tomorrow.day, zone);
  return next > at ? next : at + HOUR_MS;
}
