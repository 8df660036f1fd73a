import { civil } from "@/sim/kernel/time";

/** One line as klog writes it. */
export function klogLine(
  { nowMs, pid }: { nowMs: number; pid: number },
  level: "I" | "W" | "E" | "F",
  place: string,
  message: string,
): string {
  const t = civil(nowMs);
  const two = (value: number) => String(value).padStart(2, "0");
  const time = `${two(t.hour)}:${two(t.minute)}:${two(t.second)}.${String(t.millisecond).padStart(3, "0")}000`;
  return `${level}${two(t.month)}${two(t.day)} ${time} ${String(pid).padStart(7)} ${place}] ${message}\n`;
}
