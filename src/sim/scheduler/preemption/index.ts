import type { Pod } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { fitError } from "../fit-error";
import { priorityOf } from "../fits";
import { type Cycle, type NodeInfo, type Refusal, unresolvable } from "../framework";
import type { Refusals } from "../select-node";
import { bestCandidate } from "./candidates";
import { type Candidate, victimsOn } from "./victims";

const MIN_CANDIDATES = 100;
const MIN_CANDIDATES_PERCENT = 10;
/** Why a pod is on its way out, in the condition that says so. */
export const PREEMPTION = "PreemptionByScheduler";

/** A node with the pods that have to leave it, or why none can be found; the nomination of before may stand. */
export type Preemption = { candidate: Candidate } | { message: string; keepsNomination: boolean };

/**
 * Looks for pods of lower priority that could make room
 * (https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/). `random(n)` is an integer below n.
 */
export function findPreemption(
  pod: Pod,
  cycle: Cycle,
  refusals: Refusals,
  budgets: readonly KubeObject[],
  random: (below: number) => number,
): Preemption {
  const obstacle = ineligible(pod, refusals);
  if (obstacle) return { message: `not eligible due to ${obstacle}.`, keepsNomination: true };
  const helpful = cycle.nodes.filter((info) => !refusals.get(info)?.unresolvable);
  const enough = Math.max(MIN_CANDIDATES, Math.floor((helpful.length * MIN_CANDIDATES_PERCENT) / 100));
  const from = helpful.length > enough ? random(helpful.length) : 0;
  const candidates: Candidate[] = [];
  const reasons = new Map<NodeInfo, Refusal>();
  for (let looked = 0; looked < helpful.length && candidates.length < enough; looked++) {
    const info = helpful[(from + looked) % helpful.length]!;
    const found = victimsOn(pod, info, cycle, budgets);
    if ("victims" in found) candidates.push(found);
    else reasons.set(info, found);
  }
  const candidate = bestCandidate(candidates);
  if (candidate) return { candidate };
  const unhelpful = unresolvable("Preemption is not helpful for scheduling");
  return { message: fitError(cycle.nodes.map((info) => reasons.get(info) ?? unhelpful)), keepsNomination: false };
}

/** A pod may be told to wait its turn, or has made room already that is not free yet. */
function ineligible(pod: Pod, refusals: Refusals): string | undefined {
  if (pod.spec.preemptionPolicy === "Never") return "preemptionPolicy=Never";
  const nominated = pod.status?.nominatedNodeName;
  if (!nominated) return undefined;
  for (const [info, refusal] of refusals) {
    if (info.node.metadata.name !== nominated || refusal.unresolvable) continue;
    const leaving = info.pods.some((other) => priorityOf(other) < priorityOf(pod) && isPreempted(other));
    if (leaving) return "a terminating pod on the nominated node";
  }
  return undefined;
}

const isPreempted = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp !== undefined &&
  (status?.conditions ?? []).some(
    (one: any) => one.type === "DisruptionTarget" && one.status === "True" && one.reason === PREEMPTION,
  );
