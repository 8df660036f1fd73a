import type { Sim } from "../component";
import { isDown } from "../faults";
import type { Node, Pod } from "../kinds/types";
import { isMirror } from "../kubelet/mirror-annotation";
import { recordsOn } from "../kubelet/records";
import { gatewayOf } from "./address";
import type { Hop, Place } from "./types";

/** Where the learner's machine is when the cluster has no node yet to be a neighbour of. */
const LONELY_WORKSTATION = "192.168.49.1";

/** A place with what routing needs of it. */
export interface Origin {
  place: Place;
  /** The node on which packets start; undefined on the workstation. */
  node?: string;
  /** The address that others see. */
  address: string;
  /** The address that NetworkPolicies judge, where it is not the one that the server sees. */
  judgedAddress?: string;
  pod?: Pod;
  hop: Hop;
}

export function originOf(sim: Sim, place: Place): Origin | undefined {
  switch (place.kind) {
    case "pod": {
      const pod = staticPod(sim, place) ?? (sim.store.get("pods", place.namespace, place.pod) as Pod | undefined);
      if (!pod) return undefined;
      const address = pod.status?.podIP ?? sim.runtime.address(pod.metadata.uid);
      if (!address) return undefined;
      const hop: Hop = { kind: "pod", namespace: place.namespace, name: place.pod };
      return { place, node: pod.spec.nodeName, address, pod, hop };
    }
    case "node": {
      const node = sim.store.get("nodes", undefined, place.node) as Node | undefined;
      if (!node) return undefined;
      return { place, node: place.node, address: internalIp(node) ?? "127.0.0.1", hop: nodeHop(place.node) };
    }
    case "workstation": {
      const address = workstationAddress(sim);
      return { place, address, hop: { kind: "workstation", name: "workstation" } };
    }
  }
}

/** A pod of a node's own files: it has a network before the API knows of it. */
function staticPod(sim: Sim, { namespace, pod }: { namespace: string; pod: string }): Pod | undefined {
  for (const { name } of sim.options.nodes) {
    if (!pod.endsWith(`-${name}`)) continue;
    const record = recordsOn(sim, name).find((one) => one.static && one.name === pod && one.namespace === namespace);
    if (record) return record.static;
  }
  return undefined;
}

export function workstationAddress(sim: Sim): string {
  for (const node of sim.store.list("nodes") as readonly Node[]) {
    const address = internalIp(node);
    if (address) return gatewayOf(address);
  }
  return LONELY_WORKSTATION;
}

export function internalIp(node: Node): string | undefined {
  return node.status?.addresses?.find((address) => address.type === "InternalIP")?.address;
}

export function nodeByIp(sim: Sim, address: string): Node | undefined {
  const nodes = sim.store.list("nodes") as readonly Node[];
  return nodes.find((node) => node.status?.addresses?.some((item) => item.address === address));
}

/** The pod that has this address now. Pods on the node's own network share the node's address and are not found here. */
export function podByIp(sim: Sim, address: string): Pod | undefined {
  const pods = sim.store.list("pods") as readonly Pod[];
  return pods.find((pod) => pod.status?.podIP === address && !pod.spec.hostNetwork && !isOver(pod));
}

export function hostNetworkPods(sim: Sim, node: string): Pod[] {
  const pods = sim.store.list("pods") as readonly Pod[];
  const here = pods.filter(
    (pod) => pod.spec.hostNetwork && pod.spec.nodeName === node && !isOver(pod) && !isMirror(pod),
  );
  // Static pods run whether the API shows them or not.
  const own = recordsOn(sim, node).flatMap((record) => (record.static?.spec.hostNetwork ? [record.static] : []));
  return [...own, ...here];
}

export function isOver(pod: Pod): boolean {
  return pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
}

export function nodeIsDown(sim: Sim, node: string | undefined): boolean {
  return node !== undefined && isDown(sim, "node", node);
}

export function nodeHop(name: string): Hop {
  return { kind: "node", name };
}

export function podHop(pod: Pod): Hop {
  return { kind: "pod", namespace: pod.metadata.namespace!, name: pod.metadata.name };
}
