import { parseRfc3339 } from "@/sim/kernel/time";
import { humanDuration } from "@/sim/kinds/printing";
import type { Writer } from "./writer";

const ago = (timestamp: unknown, nowMs: number): string => {
  const ms = typeof timestamp === "string" ? parseRfc3339(timestamp) : undefined;
  return ms === undefined ? "<unknown>" : humanDuration(nowMs - ms);
};

const when = (event: any) =>
  String(event.lastTimestamp ?? event.series?.lastObservedTime ?? event.eventTime ?? event.firstTimestamp ?? "");

/** The table of events at the end of a description. Undefined: events are not to be shown. */
export function eventsLines(w: Writer, events: any[] | undefined, nowMs: number): void {
  if (!events) return;
  if (events.length === 0) {
    w.line("Events:\t<none>");
    return;
  }
  w.line("Events:");
  w.line("  Type\tReason\tAge\tFrom\tMessage");
  w.line("  ----\t------\t----\t----\t-------");
  for (const event of [...events].sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : 0))) {
    const source = event.source?.component || event.reportingComponent || "";
    w.line(
      `  ${event.type}\t${event.reason}\t${eventAge(event, nowMs)}\t${source}\t${String(event.message ?? "").trim()}`,
    );
  }
}

/** `5s`, or `2s (x4 over 30s)` for one that came again. */
export function eventAge(event: any, nowMs: number): string {
  const first = ago(event.eventTime ?? event.firstTimestamp, nowMs);
  if (event.series) return `${ago(event.series.lastObservedTime, nowMs)} (x${event.series.count} over ${first})`;
  if ((event.count ?? 0) > 1) return `${ago(event.lastTimestamp, nowMs)} (x${event.count} over ${first})`;
  return first;
}
