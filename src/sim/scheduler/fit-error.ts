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
 * Why no node takes a pod, in the words of FailedScheduling: first the filters' reasons, then what became of the attempt
 * to make room by preemption.
 */
export function fitError(refusals: readonly Refusal[], preemptionPolicy: string | undefined): string {
  const total = refusals.length;
  if (total === 0) return "no nodes available to schedule pods";
  const reasons = histogram(refusals.flatMap((refusal) => refusal.reasons));
  const failed = `0/${total} nodes are available: ${reasons}.`;
  if (preemptionPolicy === "Never") return `${failed} preemption: not eligible due to preemptionPolicy=Never.`;
  const preemption = histogram(
    refusals.map(({ unresolvable }) =>
      unresolvable ? "Preemption is not helpful for scheduling" : "No preemption victims found for incoming pod",
    ),
  );
  return `${failed} preemption: 0/${total} nodes are available: ${preemption}.`;
}
