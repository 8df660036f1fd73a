import { parseRfc3339 } from "../kernel/time";
import type { KubeObject } from "../types";

/** Questions that several controllers ask of a pod, after upstream's `podutil`. Pods may lack a status. */

export interface Condition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastTransitionTime?: string | null;
  lastUpdateTime?: string | null;
}

export const podCondition = (pod: KubeObject, type: string): Condition | undefined =>
  (pod.status?.conditions as Condition[] | undefined)?.find((condition) => condition.type === type);

export const isPodTerminal = (pod: KubeObject): boolean =>
  pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";

/** Counts towards replicas: neither ended nor going. */
export const isPodActive = (pod: KubeObject): boolean => !isPodTerminal(pod) && !pod.metadata.deletionTimestamp;

export const isPodReady = (pod: KubeObject): boolean => podCondition(pod, "Ready")?.status === "True";

/** When the pod became ready; undefined where it is not or the time is unknown. */
export function readySinceMs(pod: KubeObject): number | undefined {
  const condition = podCondition(pod, "Ready");
  if (condition?.status !== "True" || !condition.lastTransitionTime) return undefined;
  return parseRfc3339(condition.lastTransitionTime);
}

/** Ready for at least `minReadySeconds`. */
export function isPodAvailable(pod: KubeObject, minReadySeconds: number, nowMs: number): boolean {
  if (!isPodReady(pod)) return false;
  if (minReadySeconds === 0) return true;
  const since = readySinceMs(pod);
  return since !== undefined && since + minReadySeconds * 1000 <= nowMs;
}
