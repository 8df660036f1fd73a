/** Times in the forms that Kubernetes writes and reads, on the kernel's milliseconds since 1970 UTC. */
import { civil, fromCivil, monthName, weekdayName } from "@/posix/calendar";

export { type CivilTime, civil, fromCivil, monthName, weekdayName } from "@/posix/calendar";

const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** `2026-11-20T11:39:36Z`: the form of metav1.Time. */
export function rfc3339(timeMs: number): string {
  const t = civil(timeMs);
  return `${pad(t.year, 4)}-${pad(t.month)}-${pad(t.day)}T${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}Z`;
}

/** `2026-11-20T11:39:36.000000Z`: the form of metav1.MicroTime. */
export function rfc3339Micro(timeMs: number): string {
  return `${rfc3339(timeMs).slice(0, -1)}.${pad(Math.floor(((timeMs % 1000) + 1000) % 1000), 3)}000Z`;
}

const RFC3339 = /^(\d{4})-(\d\d)-(\d\d)[Tt ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970 UTC, or undefined where the text is not RFC 3339. */
export function parseRfc3339(text: string): number | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const ms = fraction ? Number(`${fraction}000`.slice(0, 3)) : 0;
  const local = fromCivil(Number(year), Number(month), Number(day), Number(hour), Number(minute), Number(second), ms);
  if (zone === "Z" || zone === "z") return local;
  const sign = zone!.startsWith("-") ? -1 : 1;
  const offsetMinutes = Number(zone!.slice(1, 3)) * 60 + Number(zone!.slice(4, 6));
  return local - sign * offsetMinutes * 60_000;
}

/** `Fri, 20 Nov 2026 11:39:36 +0000`: Go's RFC1123Z, as `kubectl describe` prints times. */
export function rfc1123z(timeMs: number): string {
  const t = civil(timeMs);
  return `${weekdayName(t.weekday)}, ${pad(t.day)} ${monthName(t.month)} ${pad(t.year, 4)} ${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)} +0000`;
}
