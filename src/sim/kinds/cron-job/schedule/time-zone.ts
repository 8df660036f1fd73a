import { fromCivil } from "../../../kernel/time";

/** Time zones by the database of the host's Intl: the only thing here that is not part of the house. */

const formats = new Map<string, Intl.DateTimeFormat>();
/** Formats are costly to make; so many zones at once are enough for any class. */
const FORMATS_LIMIT = 64;

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    if (formats.size >= FORMATS_LIMIT) formats.delete(formats.keys().next().value!);
    formats.set(timeZone, format);
  }
  return format;
}

/** Names are those of files, so that case matters, unlike for Intl. */
export function isTimeZone(name: string): boolean {
  if (name === "" || name === "UTC") return true;
  if (!name.split("/").every((part) => /^[A-Z]/.test(part))) return false;
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** By how much clocks there are ahead of UTC at a moment. */
export function offsetMs(timeZone: string | undefined, atMs: number): number {
  if (!timeZone || timeZone === "UTC") return 0;
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(atMs)
      .map(({ type, value }) => [type, Number(value)]),
  ) as Record<string, number>;
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  const local = fromCivil(year, month, day) + ((hour * 60 + minute) * 60 + second) * 1000;
  return local - Math.floor(atMs / 1000) * 1000;
}
