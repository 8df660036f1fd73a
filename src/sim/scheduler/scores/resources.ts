import type { Pod } from "../../kinds/types";
import { MAX_SCORE, type NodeInfo, type ScorePlugin } from "../framework";
import { nonZeroRequests, podRequests } from "../resources";

/** The share of a resource that would be left, out of 100; none where it is overdrawn. */
export function leastRequestedScore(requested: number, capacity: number): number {
  if (capacity === 0 || requested > capacity) return 0;
  return Math.floor(((capacity - requested) * MAX_SCORE) / capacity);
}

interface Wanted {
  cpu: number;
  memory: number;
}

/** Prefers nodes with much left of processors and memory. */
export const leastAllocated: ScorePlugin<Wanted> = {
  name: "NodeResourcesFit",
  weight: 1,
  prepare: ({ spec }: Pod) => nonZeroRequests(spec),
  score(_pod, { allocatable, nonZeroRequested }: NodeInfo, wanted) {
    const scores = (["cpu", "memory"] as const)
      .filter((resource) => (allocatable[resource] ?? 0) > 0)
      .map((resource) => leastRequestedScore(nonZeroRequested[resource] + wanted[resource], allocatable[resource]!));
    return scores.length > 0 ? Math.floor(scores.reduce((a, b) => a + b, 0) / scores.length) : 0;
  },
};

/** Prefers nodes on which processors and memory would be used to a like degree; says nothing of pods that ask for nothing. */
export const balancedAllocation: ScorePlugin<Wanted> = {
  name: "NodeResourcesBalancedAllocation",
  weight: 1,
  prepare({ spec }: Pod) {
    const { cpu = 0, memory = 0 } = podRequests(spec);
    return cpu === 0 && memory === 0 ? undefined : { cpu, memory };
  },
  score(_pod, { allocatable, requested }, wanted) {
    const shares = (["cpu", "memory"] as const)
      .filter((resource) => (allocatable[resource] ?? 0) > 0)
      .map((resource) => Math.min(1, ((requested[resource] ?? 0) + wanted[resource]) / allocatable[resource]!));
    // Of two values the standard deviation is half their distance.
    const deviation = shares.length === 2 ? Math.abs(shares[0]! - shares[1]!) / 2 : 0;
    return Math.floor((1 - deviation) * MAX_SCORE);
  },
};
