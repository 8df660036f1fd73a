import { parseRfc3339 } from "../../kernel/time";
import type { KubeObject } from "../../types";
import { isPodReady, readySinceMs } from "../pod-state";

const PHASES: Record<string, number> = { Pending: 0, Unknown: 1, Running: 2 };
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";

function deletionCost(pod: KubeObject): number {
  const text = pod.metadata.annotations?.[DELETION_COST];
  return text !== undefined && /^(0|-?[1-9]\d*)$/.test(text) ? Number(text) : 0;
}

function restarts(pod: KubeObject): number {
  return Math.max(
    0,
    ...(pod.status?.containerStatuses ?? []).map((status: { restartCount?: number }) => status.restartCount ?? 0),
  );
}

const createdMs = (pod: KubeObject) => {
  const created = pod.metadata.creationTimestamp as string | null | undefined;
  return created ? parseRfc3339(created) : undefined;
};

/** Ages within the same power of two count as equal, so that old pods are not always spared. */
function logarithmicRank(atMs: number, nowMs: number): number {
  const age = (nowMs - atMs) * 1e6;
  return age > 0 ? Math.floor(Math.log2(age)) : -1;
}

/**
 * Negative where `a` is to be deleted before `b`: upstream's ActivePodsWithRanks. `rankA` and `rankB` count the sibling
 * pods on the same node. Without `nowMs` ages are compared exactly.
 */
export function comparePodsForDeletion(
  a: KubeObject,
  b: KubeObject,
  rankA: number,
  rankB: number,
  nowMs?: number,
): number {
  const scheduled = Number(Boolean(a.spec.nodeName)) - Number(Boolean(b.spec.nodeName));
  if (scheduled !== 0) return scheduled;
  const phase = (PHASES[a.status?.phase] ?? 0) - (PHASES[b.status?.phase] ?? 0);
  if (phase !== 0) return phase;
  const ready = Number(isPodReady(a)) - Number(isPodReady(b));
  if (ready !== 0) return ready;
  const cost = deletionCost(a) - deletionCost(b);
  if (cost !== 0) return cost;
  if (rankA !== rankB) return rankB - rankA;
  const byReady = isPodReady(a) ? compareTimes(readySinceMs(a), readySinceMs(b), a, b, nowMs) : 0;
  if (byReady !== 0) return byReady;
  const byRestarts = restarts(b) - restarts(a);
  if (byRestarts !== 0) return byRestarts;
  return compareTimes(createdMs(a), createdMs(b), a, b, nowMs);
}

/** The later goes first; an unknown time counts as later than any. */
function compareTimes(
  a: number | undefined,
  b: number | undefined,
  podA: KubeObject,
  podB: KubeObject,
  nowMs: number | undefined,
): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  if (nowMs === undefined) return b - a;
  const rank = logarithmicRank(a, nowMs) - logarithmicRank(b, nowMs);
  return rank !== 0 ? rank : podA.metadata.uid < podB.metadata.uid ? -1 : 1;
}

/** The `count` pods of `pods` to delete; `related` are the pods that share their owner's owner. */
export function podsToDelete<T extends KubeObject>(
  pods: readonly T[],
  related: readonly KubeObject[],
  count: number,
  nowMs: number,
): T[] {
  if (count >= pods.length) return [...pods];
  const onNode = new Map<string, number>();
  for (const pod of related) onNode.set(pod.spec.nodeName ?? "", (onNode.get(pod.spec.nodeName ?? "") ?? 0) + 1);
  const rank = (pod: KubeObject) => onNode.get(pod.spec.nodeName ?? "") ?? 0;
  return [...pods].sort((a, b) => comparePodsForDeletion(a, b, rank(a), rank(b), nowMs)).slice(0, count);
}
