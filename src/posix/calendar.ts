/** Calendar arithmetic on milliseconds since 1970 UTC, without the host's `Date`, so that no wall clock can leak in. */

export interface CivilTime {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
  /** 0 is Sunday */
  weekday: number;
}

const DAY_MS = 86_400_000;
/** Days-to-civil after Howard Hinnant's chrono algorithms (proleptic Gregorian calendar). */
export function civil(timeMs: number): CivilTime {
  const days = Math.floor(timeMs / DAY_MS);
  let rest = timeMs - days * DAY_MS;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const hour = Math.floor(rest / 3_600_000);
  rest -= hour * 3_600_000;
  const minute = Math.floor(rest / 60_000);
  rest -= minute * 60_000;
  const second = Math.floor(rest / 1000);
  return {
    year,
    month,
    day,
    hour,
    minute,
    second,
    millisecond: Math.floor(rest - second * 1000),
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}

/** Milliseconds since 1970 UTC of a civil date; months and days may overflow as in `Date.UTC`. */
export function fromCivil(year: number, month: number, day: number, hour = 0, minute = 0, second = 0, ms = 0): number {
  const overflowYear = year + Math.floor((month - 1) / 12);
  const normalMonth = ((((month - 1) % 12) + 12) % 12) + 1;
  const y = normalMonth <= 2 ? overflowYear - 1 : overflowYear;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (normalMonth + (normalMonth > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  const days = era * 146_097 + dayOfEra - 719_468;
  return days * DAY_MS + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const WEEKDAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
export const monthName = (month: number): string => MONTHS[month - 1]!;
export const weekdayName = (weekday: number): string => WEEKDAYS[weekday]!;
