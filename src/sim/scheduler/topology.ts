import { type LabelSelector, labelSelectorOf, matchesLabels } from "../apiserver/selectors/labels";
import type { Pod } from "../kinds/types";
import type { KubeObject } from "../types";
import type { Cycle, NodeInfo } from "./framework";
import { matchesNodeSelection } from "./node-selector";
import { isTolerated, type Taint } from "./tolerations";

/** A spreading constraint, ready to be counted. */
export interface SpreadConstraint {
  topologyKey: string;
  maxSkew: number;
  minDomains: number;
  selector: LabelSelector;
  honourAffinity: boolean;
  honourTaints: boolean;
}

export const HOSTNAME = "kubernetes.io/hostname";

/** Where a pod says nothing, replicas of one controller spread over nodes and zones when that costs nothing. */
const DEFAULT_SPREAD = [
  { topologyKey: HOSTNAME, maxSkew: 3 },
  { topologyKey: "topology.kubernetes.io/zone", maxSkew: 5 },
];

export function spreadConstraints(
  pod: Pod,
  whenUnsatisfiable: "DoNotSchedule" | "ScheduleAnyway",
  cycle: Cycle,
): SpreadConstraint[] {
  const own: any[] = pod.spec.topologySpreadConstraints ?? [];
  if (own.length > 0) {
    return own
      .filter((constraint) => constraint.whenUnsatisfiable === whenUnsatisfiable)
      .map((constraint) => fromSpec(pod, constraint));
  }
  if (whenUnsatisfiable === "DoNotSchedule" || cycle.defaultSelector.length === 0) return [];
  return DEFAULT_SPREAD.map((constraint) => ({
    ...constraint,
    minDomains: 1,
    selector: cycle.defaultSelector,
    honourAffinity: true,
    honourTaints: false,
  }));
}

function fromSpec(pod: Pod, constraint: any): SpreadConstraint {
  const selector = labelSelectorOf(constraint.labelSelector) ?? [];
  for (const key of constraint.matchLabelKeys ?? []) {
    const value = pod.metadata.labels?.[key];
    if (value !== undefined) selector.push({ key, operator: "in", values: [value] });
  }
  return {
    topologyKey: constraint.topologyKey,
    maxSkew: constraint.maxSkew,
    minDomains: constraint.minDomains ?? 1,
    selector,
    honourAffinity: (constraint.nodeAffinityPolicy ?? "Honor") === "Honor",
    honourTaints: constraint.nodeTaintsPolicy === "Honor",
  };
}

/** Whether a node counts as a place where the pod could be. */
export function counts(constraint: SpreadConstraint, pod: Pod, node: KubeObject): boolean {
  if (constraint.honourAffinity && !matchesNodeSelection(pod.spec, node)) return false;
  if (!constraint.honourTaints) return true;
  return !(node.spec.taints as Taint[] | undefined)?.some(
    (taint) => taint.effect !== "PreferNoSchedule" && !isTolerated(taint, pod.spec.tolerations),
  );
}

/** How many pods a selector finds on a node, as long as nothing is added there: replicas ask one after the other. */
interface Count {
  selector: LabelSelector;
  namespace: string;
  pods: number;
  matching: number;
}
const counted = new WeakMap<NodeInfo, Count>();

export function countMatching(info: NodeInfo, { selector }: SpreadConstraint, namespace: string): number {
  const known = counted.get(info);
  const pods = info.pods.length;
  if (known?.selector === selector && known.namespace === namespace && known.pods === pods) return known.matching;
  const matching = info.pods.filter(
    (pod) =>
      pod.metadata.namespace === namespace &&
      !pod.metadata.deletionTimestamp &&
      matchesLabels(selector, pod.metadata.labels),
  ).length;
  counted.set(info, { selector, namespace, pods, matching });
  return matching;
}
