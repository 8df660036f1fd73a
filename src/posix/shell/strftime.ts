/** strftime on milliseconds since 1970, in UTC: the machines of a lab keep UTC. */
import { civil, fromCivil } from "../calendar";

const DAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const DAY_MS = 86_400_000;

export function formatTime(format: string, timeMs: number): string {
  const t = civil(timeMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const dayOfYear = Math.floor((timeMs - fromCivil(t.year, 1, 1)) / DAY_MS) + 1;
  const hour12 = t.hour % 12 || 12;
  const fields: Record<string, () => string> = {
    Y: () => String(t.year),
    C: () => two(Math.floor(t.year / 100)),
    y: () => two(t.year % 100),
    m: () => two(t.month),
    d: () => two(t.day),
    e: () => String(t.day).padStart(2, " "),
    H: () => two(t.hour),
    k: () => String(t.hour).padStart(2, " "),
    I: () => two(hour12),
    l: () => String(hour12).padStart(2, " "),
    M: () => two(t.minute),
    S: () => two(t.second),
    N: () => `${String(t.millisecond).padStart(3, "0")}000000`,
    L: () => String(t.millisecond).padStart(3, "0"),
    p: () => (t.hour < 12 ? "AM" : "PM"),
    P: () => (t.hour < 12 ? "am" : "pm"),
    a: () => DAYS[t.weekday]!.slice(0, 3),
    A: () => DAYS[t.weekday]!,
    b: () => MONTHS[t.month - 1]!.slice(0, 3),
    h: () => MONTHS[t.month - 1]!.slice(0, 3),
    B: () => MONTHS[t.month - 1]!,
    j: () => String(dayOfYear).padStart(3, "0"),
    u: () => String(t.weekday || 7),
    w: () => String(t.weekday),
    s: () => String(Math.floor(timeMs / 1000)),
    Z: () => "UTC",
    z: () => "+0000",
    n: () => "\n",
    t: () => "\t",
    "%": () => "%",
    F: () => formatTime("%Y-%m-%d", timeMs),
    T: () => formatTime("%H:%M:%S", timeMs),
    X: () => formatTime("%H:%M:%S", timeMs),
    R: () => formatTime("%H:%M", timeMs),
    r: () => formatTime("%I:%M:%S %p", timeMs),
    D: () => formatTime("%m/%d/%y", timeMs),
    x: () => formatTime("%m/%d/%y", timeMs),
    c: () => formatTime("%a %b %e %H:%M:%S %Y", timeMs),
    U: () => two(Math.floor((dayOfYear + 6 - t.weekday) / 7)),
    G: () => String(t.year),
    V: () => two(Math.max(1, Math.floor((dayOfYear + 9 - (t.weekday || 7)) / 7))),
  };
  return format.replace(/%([-_0^]?)(:?)([A-Za-z%])/g, (all, flag: string, colon: string, letter: string) => {
    if (colon && letter === "z") return "+00:00";
    const value = Object.hasOwn(fields, letter) ? fields[letter]!() : all;
    if (flag === "-") return value.replace(/^[0 ]+(?=.)/, "");
    if (flag === "_") return value.replace(/^0+(?=.)/, (zeros) => " ".repeat(zeros.length));
    return flag === "^" ? value.toUpperCase() : value;
  });
}
