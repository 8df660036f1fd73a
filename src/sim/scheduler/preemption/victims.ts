import type { Pod } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { priorityOf, refusalWith } from "../fits";
import { type Cycle, type NodeInfo, type Refusal, unresolvable } from "../framework";
import { violating } from "./budgets";
import { byImportance } from "./importance";

/** A node that would take a pod if these others went, the most important first. */
export interface Candidate {
  info: NodeInfo;
  victims: readonly Pod[];
  /** How many of them a PodDisruptionBudget protects. */
  violations: number;
}

/**
 * The fewest pods of lower priority that have to leave a node, or why that would not help. All of them leave at first; then
 * each comes back if there is room for it still, those that budgets protect before the others, the most important first.
 */
export function victimsOn(pod: Pod, info: NodeInfo, cycle: Cycle, budgets: readonly KubeObject[]): Candidate | Refusal {
  const lower = info.pods.filter((other) => priorityOf(other) < priorityOf(pod)).sort(byImportance);
  if (lower.length === 0) return unresolvable("No preemption victims found for incoming pod");
  const promised = (cycle.nominated.get(info.node.metadata.name) ?? []).filter(
    (other) => other.metadata.uid !== pod.metadata.uid && priorityOf(other) >= priorityOf(pod),
  );
  let staying = [...info.pods.filter((other) => !lower.includes(other)), ...promised];
  const refusal = refusalWith(pod, info, staying, cycle);
  if (refusal) return refusal;
  const protectedPods = violating(lower, budgets);
  const victims: Pod[] = [];
  let violations = 0;
  const order = [...lower.filter((one) => protectedPods.has(one)), ...lower.filter((one) => !protectedPods.has(one))];
  for (const other of order) {
    const together = [...staying, other];
    if (refusalWith(pod, info, together, cycle)) {
      victims.push(other);
      if (protectedPods.has(other)) violations++;
    } else staying = together;
  }
  return { info, victims: victims.sort(byImportance), violations };
}
