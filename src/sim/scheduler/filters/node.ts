import { type FilterPlugin, unresolvable } from "../framework";
import { matchesNodeSelection, namedNodes } from "../node-selector";
import { isTolerated, type Taint } from "../tolerations";

/** Filters that look at the node alone. */

export const nodeUnschedulable: FilterPlugin = {
  name: "NodeUnschedulable",
  filter({ spec }, { node }) {
    if (!node.spec.unschedulable) return undefined;
    const taint = { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" };
    return isTolerated(taint, spec.tolerations) ? undefined : unresolvable("node(s) were unschedulable");
  },
};

export const nodeName: FilterPlugin = {
  name: "NodeName",
  filter({ spec }, { node }) {
    return !spec.nodeName || spec.nodeName === node.metadata.name
      ? undefined
      : unresolvable("node(s) didn't match the requested node name");
  },
};

/** The first taint that keeps pods away and is not tolerated is the reason. */
export const taintToleration: FilterPlugin = {
  name: "TaintToleration",
  filter({ spec }, { node }) {
    const taint = (node.spec.taints as Taint[] | undefined)?.find(
      (one) => (one.effect === "NoSchedule" || one.effect === "NoExecute") && !isTolerated(one, spec.tolerations),
    );
    return taint && unresolvable(`node(s) had untolerated taint {${taint.key}: ${taint.value ?? ""}}`);
  },
};

export const nodeAffinity: FilterPlugin = {
  name: "NodeAffinity",
  only: ({ spec }) => namedNodes(spec),
  filter({ spec }, { node }) {
    return matchesNodeSelection(spec, node)
      ? undefined
      : unresolvable("node(s) didn't match Pod's node affinity/selector");
  },
};
