import { matchesLabels } from "../../apiserver/selectors/labels";
import type { Pod } from "../../kinds/types";
import { type Cycle, type FilterPlugin, unresolvable, unschedulable } from "../framework";
import { countMatching, counts, type SpreadConstraint, spreadConstraints } from "../topology";

interface State {
  constraints: SpreadConstraint[];
  /** By constraint: matching pods per value of its topology key. */
  matching: Map<string, number>[];
}

function prepare(pod: Pod, cycle: Cycle): State {
  const constraints = spreadConstraints(pod, "DoNotSchedule", cycle);
  const matching = constraints.map(() => new Map<string, number>());
  for (const info of cycle.nodes) {
    const labels = info.node.metadata.labels ?? {};
    if (!constraints.every(({ topologyKey }) => labels[topologyKey] !== undefined)) continue;
    constraints.forEach((constraint, index) => {
      if (!counts(constraint, pod, info.node)) return;
      const value = labels[constraint.topologyKey]!;
      const counted = matching[index]!;
      counted.set(value, (counted.get(value) ?? 0) + countMatching(info, constraint, pod.metadata.namespace!));
    });
  }
  return { constraints, matching };
}

export const podTopologySpread: FilterPlugin<State> = {
  name: "PodTopologySpread",
  prepare,
  filter(pod, { node }, { constraints, matching }) {
    for (const [index, constraint] of constraints.entries()) {
      const value = node.metadata.labels?.[constraint.topologyKey];
      if (value === undefined)
        return unresolvable("node(s) didn't match pod topology spread constraints (missing required label)");
      const counted = matching[index]!;
      const least = counted.size < constraint.minDomains || counted.size === 0 ? 0 : Math.min(...counted.values());
      const self = matchesLabels(constraint.selector, pod.metadata.labels) ? 1 : 0;
      if ((counted.get(value) ?? 0) + self - least > constraint.maxSkew)
        return unschedulable("node(s) didn't match pod topology spread constraints");
    }
    return undefined;
  },
};
