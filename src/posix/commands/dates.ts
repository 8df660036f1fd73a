import { fromCivil } from "../calendar";

/** What `date -d` and `touch -d` understand: ISO forms, `@seconds`, now, yesterday, tomorrow, `3 days ago`, `+2 hours`. */
export function parseDate(text: string, nowMs: number): number | undefined {
  const unix = /^@(-?\d+)$/.exec(text);
  if (unix) return Number(unix[1]) * 1000;
  const iso =
    /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2}))?)?(?:\.\d+)?\s*(Z|UTC|[-+]\d{2}:?\d{2})?$/.exec(
      text.trim(),
    );
  if (iso) {
    const [, year, month, day, hour = "0", minute = "0", second = "0", zone] = iso;
    const offset =
      zone && /\d/.test(zone) ? Number(`${zone[0]}1`) * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2))) : 0;
    return fromCivil(Number(year), Number(month), Number(day), Number(hour), Number(minute) - offset, Number(second));
  }
  const day = 86_400_000;
  if (/^now$|^today$/.test(text)) return nowMs;
  if (text === "yesterday") return nowMs - day;
  if (text === "tomorrow") return nowMs + day;
  const relative = /^([-+]?\d+)\s*(second|sec|minute|min|hour|day|week|month|year)s?(\s+ago)?$/.exec(text.trim());
  if (!relative) return undefined;
  const unit = {
    second: 1000,
    sec: 1000,
    minute: 60_000,
    min: 60_000,
    hour: 3_600_000,
    day,
    week: 7 * day,
    month: 30 * day,
    year: 365 * day,
  }[relative[2]!]!;
  return nowMs + Number(relative[1]) * unit * (relative[3] ? -1 : 1);
}
