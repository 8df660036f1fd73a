import type { Refusal } from "./framework";

/** `2 Insufficient cpu, 1 node(s) …`, sorted as text, as upstream does. */
function histogram(reasons: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts]
    .map(([reason, count]) => `${count} ${reason}`)
    .sort()
    .join(", ");
}

/**
 * Why no node takes a pod, in the words of FailedScheduling: how many nodes refused it for each reason, and what became of
 * the attempt to make room by preemption, where that says anything.
 */
export function fitError(refusals: readonly Refusal[], preemption?: string): string {
  const total = refusals.length;
  if (total === 0) return "no nodes available to schedule pods";
  const failed = `0/${total} nodes are available: ${histogram(refusals.flatMap(({ reasons }) => reasons))}.`;
  return preemption === undefined ? failed : `${failed} preemption: ${preemption}`;
}
