import { indexes } from "../apiserver/indexes";
import type { Sim } from "../component";
import { isPodTerminal } from "../controllers/pod-state";
import type { Pod } from "../kinds/types";
import type { KubeObject } from "../types";
import type { NodeInfo } from "./framework";
import { add, nonZeroRequests, podRequests, resourcesOf } from "./resources";

export function nodeInfo(node: KubeObject, pods: readonly Pod[]): NodeInfo {
  const info: NodeInfo = {
    node,
    pods: [],
    podsWithAffinity: [],
    allocatable: resourcesOf(node.status?.allocatable),
    requested: {},
    nonZeroRequested: { cpu: 0, memory: 0 },
  };
  for (const pod of pods) addPod(info, pod);
  return info;
}

/** Takes note of a pod that has just been put on the node. */
export function addPod(info: NodeInfo, pod: Pod): void {
  info.pods.push(pod);
  const { podAffinity, podAntiAffinity } = (pod.spec.affinity as any) ?? {};
  if (podAffinity || podAntiAffinity) info.podsWithAffinity.push(pod);
  add(info.requested, podRequests(pod.spec));
  const { cpu, memory } = nonZeroRequests(pod.spec);
  info.nonZeroRequested.cpu += cpu;
  info.nonZeroRequested.memory += memory;
}

/** All nodes with the pods that still use them, in the order of their names. */
export function snapshotNodes(sim: Sim): NodeInfo[] {
  const found = indexes(sim);
  return sim.store.list("nodes").map((node) =>
    nodeInfo(
      node,
      found.podsOnNode(node.metadata.name).filter((pod) => !isPodTerminal(pod as unknown as KubeObject)),
    ),
  );
}
