import { civil } from "../kernel/time";

const pad = (value: number, width = 2) => String(value).padStart(width, "0");

/** `E0105 09:00:00.000000    1432 server.go:1] …`: how Kubernetes' own programs write their lines. */
export function klog(timeMs: number, level: "I" | "W" | "E" | "F", pid: number, source: string, text: string): string {
  const t = civil(timeMs);
  const clock = `${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}.${pad(t.millisecond, 3)}000`;
  return `${level}${pad(t.month)}${pad(t.day)} ${clock} ${String(pid).padStart(7)} ${source}] ${text}`;
}
