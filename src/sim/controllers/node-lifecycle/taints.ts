import { deepEqual } from "../../kernel/freeze";
import type { Taint } from "../../scheduler/tolerations";
import type { KubeObject } from "../../types";

export interface TimedTaint extends Taint {
  timeAdded?: string;
}

export const NOT_READY = "node.kubernetes.io/not-ready";
export const UNREACHABLE = "node.kubernetes.io/unreachable";
const UNSCHEDULABLE = "node.kubernetes.io/unschedulable";

/** Conditions other than Ready that keep new pods away while they hold. */
const PRESSURE: Record<string, string> = {
  MemoryPressure: "node.kubernetes.io/memory-pressure",
  DiskPressure: "node.kubernetes.io/disk-pressure",
  PIDPressure: "node.kubernetes.io/pid-pressure",
  NetworkUnavailable: "node.kubernetes.io/network-unavailable",
};

const MANAGED = new Set([NOT_READY, UNREACHABLE, UNSCHEDULABLE, ...Object.values(PRESSURE)]);

/** The taints that a node's conditions and spec ask for; those that others set stay as they are. */
export function taintsFor(node: KubeObject, now: string): TimedTaint[] {
  const conditions: { type: string; status: string }[] = node.status?.conditions ?? [];
  const wanted: Taint[] = [];
  const ready = conditions.find(({ type }) => type === "Ready")?.status;
  if (ready === "False") wanted.push({ key: NOT_READY, effect: "NoSchedule" }, { key: NOT_READY, effect: "NoExecute" });
  if (ready === "Unknown")
    wanted.push({ key: UNREACHABLE, effect: "NoSchedule" }, { key: UNREACHABLE, effect: "NoExecute" });
  if (node.spec.unschedulable) wanted.push({ key: UNSCHEDULABLE, effect: "NoSchedule" });
  for (const { type, status } of conditions)
    if (PRESSURE[type] && status === "True") wanted.push({ key: PRESSURE[type], effect: "NoSchedule" });
  const current: TimedTaint[] = node.spec.taints ?? [];
  const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect;
  const kept = current.filter((taint) => !MANAGED.has(taint.key) || wanted.some((one) => same(one, taint)));
  const added = wanted
    .filter((one) => !current.some((taint) => same(one, taint)))
    .map((taint) => ({ ...taint, timeAdded: now }));
  const taints = [...kept, ...added];
  return deepEqual(taints, current) ? current : taints;
}
