import { civil, monthName, weekdayName } from "@/sim/kernel/time";

const pad = (value: number) => String(value).padStart(2, "0");

/** `Jan 05 08:57:00`: at the head of each line of a journal. */
export function journalTime(timeMs: number): string {
  const t = civil(timeMs);
  return `${monthName(t.month)} ${pad(t.day)} ${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)}`;
}

/** `Mon 2026-01-05 08:57:00 UTC`: as systemctl says when. */
export function systemdTime(timeMs: number): string {
  const t = civil(timeMs);
  const day = `${t.year}-${pad(t.month)}-${pad(t.day)}`;
  return `${weekdayName(t.weekday)} ${day} ${pad(t.hour)}:${pad(t.minute)}:${pad(t.second)} UTC`;
}

/** `3min 2s ago`: systemd's own way, the two largest units. */
export function systemdAgo(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const units: [number, string][] = [
    [Math.floor(seconds / 86_400), "d"],
    [Math.floor((seconds % 86_400) / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "min"],
    [seconds % 60, "s"],
  ];
  const shown = units.filter(([value]) => value > 0).slice(0, 2);
  return shown.length === 0 ? "0s ago" : `${shown.map(([value, unit]) => `${value}${unit}`).join(" ")} ago`;
}

/** `3 minutes ago`: as crictl says it. */
export function plainAgo(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds < 1) return "Less than a second ago";
  if (seconds === 1) return "1 second ago";
  if (seconds < 60) return `${seconds} seconds ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes === 1) return "About a minute ago";
  if (minutes < 60) return `${minutes} minutes ago`;
  const hours = Math.round(seconds / 3600);
  if (hours === 1) return "About an hour ago";
  if (hours < 48) return `${hours} hours ago`;
  return `${Math.floor(hours / 24)} days ago`;
}
