/** Moments as the fields of a form write them (`2026-11-25T09:00`), in a zone that need not be the viewer's. */

const parts = (zone: string) =>
  new Intl.DateTimeFormat("en-CA", {
    timeZone: zone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });

/** A moment as the clocks of a zone show it. */
export function toZoneText(moment: Date | undefined, zone: string): string {
  if (!moment) return "";
  const read = Object.fromEntries(
    parts(zone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  return `${read.year}-${read.month}-${read.day}T${read.hour}:${read.minute}`;
}

/**
 * The moment at which the clocks of a zone show this; null for an empty text, undefined where it is none. An hour that a
 * zone leaves out in spring is taken as the one after, one that it has twice as the first.
 */
export function fromZoneText(text: string, zone: string): Date | null | undefined {
  if (text === "") return null;
  const wanted = Date.parse(`${text}Z`);
  if (Number.isNaN(wanted)) return undefined;
  // What the zone shows at a guess tells how far the guess is off; a second look settles changes of the clocks.
  let guess = wanted;
  for (let look = 0; look < 2; look++) guess += wanted - Date.parse(`${toZoneText(new Date(guess), zone)}Z`);
  return new Date(guess);
}
