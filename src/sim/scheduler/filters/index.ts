import type { FilterPlugin } from "../framework";
import { interPodAffinity } from "./inter-pod-affinity";
import { nodeAffinity, nodeName, nodeUnschedulable, taintToleration } from "./node";
import { nodePorts } from "./node-ports";
import { podTopologySpread } from "./pod-topology-spread";
import { resourcesFit } from "./resources-fit";

/** In the order of the default profile: the first that refuses a node gives the reason. */
export const filters: readonly FilterPlugin[] = [
  nodeUnschedulable,
  nodeName,
  taintToleration,
  nodeAffinity,
  nodePorts,
  resourcesFit,
  podTopologySpread,
  interPodAffinity,
];
