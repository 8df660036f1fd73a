import type { Pod } from "../kinds/types";
import { filters } from "./filters";
import type { Cycle, NodeInfo, Refusal } from "./framework";
import { nodeInfo } from "./node-info";

export const priorityOf = (pod: Pod): number => (pod.spec.priority as number | undefined) ?? 0;

/** What each filter has worked out about a pod in a cycle, in the order of the filters. */
export type States = readonly unknown[];

export const prepareFilters = (pod: Pod, cycle: Cycle): States => filters.map((plugin) => plugin.prepare?.(pod, cycle));

/** Why a node does not take a pod. Room that more important pods have been promised there is not free. */
export function refusalOf(pod: Pod, info: NodeInfo, states: States, cycle: Cycle): Refusal | undefined {
  const refusal = firstRefusal(pod, info, states);
  if (refusal) return refusal;
  const promised = (cycle.nominated.get(info.node.metadata.name) ?? []).filter(
    (other) => other.metadata.uid !== pod.metadata.uid && priorityOf(other) >= priorityOf(pod),
  );
  return promised.length > 0 ? refusalWith(pod, info, [...info.pods, ...promised], cycle) : undefined;
}

/** Why a node would not take a pod if it had these pods instead of its own. */
export function refusalWith(pod: Pod, info: NodeInfo, pods: readonly Pod[], cycle: Cycle): Refusal | undefined {
  const changed = nodeInfo(info.node, pods);
  const nodes = cycle.nodes.map((one) => (one === info ? changed : one));
  return firstRefusal(pod, changed, prepareFilters(pod, { ...cycle, nodes }));
}

function firstRefusal(pod: Pod, info: NodeInfo, states: States): Refusal | undefined {
  for (const [index, plugin] of filters.entries()) {
    const refusal = plugin.filter(pod, info, states[index]);
    if (refusal) return refusal;
  }
  return undefined;
}
