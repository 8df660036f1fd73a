import type { Cell, Column } from "../../apiserver/kind";
import { parseRfc3339 } from "../../kernel/time";
import { age, humanDuration, shown, wide } from "../printing";

export const eventColumns: Column[] = [
  shown("Last Seen"),
  shown("Type"),
  shown("Reason"),
  shown("Object"),
  wide("Subobject"),
  wide("Source"),
  shown("Message"),
  wide("First Seen"),
  wide("Count"),
  { ...wide("Name"), format: "name" },
];

const since = (timestamp: string | undefined | null, nowMs: number): string | undefined => {
  const then = timestamp ? parseRfc3339(timestamp) : undefined;
  return then === undefined ? undefined : humanDuration(nowMs - then);
};

/** `kubelet, node-1`; newer events name a reporting component instead of a source. */
export function formatEventSource(event: any): string {
  const component = event.source?.component || event.reportingComponent || "";
  const host = event.source?.host || (event.source?.component ? "" : event.reportingInstance) || "";
  return host ? `${component}, ${host}` : component;
}

export function eventRow(event: any, nowMs: number): Cell[] {
  const first = since(event.firstTimestamp, nowMs) ?? since(event.eventTime, nowMs) ?? age(undefined, nowMs);
  let last = since(event.lastTimestamp, nowMs) ?? first;
  let count = event.count ?? 0;
  if (event.series) {
    last = since(event.series.lastObservedTime, nowMs) ?? age(undefined, nowMs);
    // The first time is not part of the series.
    count = (event.series.count ?? 0) + 1;
  } else if (count === 0) {
    count = 1;
  }
  const involved = event.involvedObject ?? {};
  const kind = (involved.kind ?? "").toLowerCase();
  return [
    last,
    event.type ?? "",
    event.reason ?? "",
    involved.name ? `${kind}/${involved.name}` : kind,
    involved.fieldPath ?? "",
    formatEventSource(event),
    (event.message ?? "").trim(),
    first,
    count,
    event.metadata.name,
  ];
}
