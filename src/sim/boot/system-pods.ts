import type { NewObject } from "../apiserver/client";
import { indexes } from "../apiserver/indexes";
import type { Component, Sim } from "../component";
import { isApiDown, isDown } from "../faults";
import type { KubeObject } from "../types";

const NAME = "system-pods";
/** How long until a deleted one is noticed and made again. */
const RECREATE_MS = 1000;

/** Pods of the system's daemons, which every node has. By `node/name`; each remembers what it was made of. */
const manifests = (sim: Sim) => sim.kernel.table<NewObject>("system-pods.manifests");
const keyOf = (node: string, name: string) => `${node}/${name}`;

/** The daemon's name, which all its pods have in common. */
const nameOf = (pod: NewObject | KubeObject): string | undefined => pod.metadata.labels?.["k8s-app"];

export function createSystemPod(sim: Sim, client: string, manifest: NewObject): void {
  manifests(sim).set(keyOf(manifest.spec.nodeName, nameOf(manifest)!), manifest);
  sim.api(client).create("pods", manifest);
}

/** Makes those pods of a node that are missing. */
export function restoreSystemPods(sim: Sim, node: string): void {
  if (isDown(sim, "component", "kube-controller-manager") || isApiDown(sim)) return;
  if (isDown(sim, "node", node) || isDown(sim, "kubelet", node) || !sim.store.get("nodes", undefined, node)) return;
  const present = new Set(
    indexes(sim)
      .podsOnNode(node)
      .filter(({ metadata }) => metadata.namespace === "kube-system")
      .map((pod) => nameOf(pod as unknown as KubeObject)),
  );
  for (const [key, manifest] of manifests(sim).entries()) {
    const name = nameOf(manifest)!;
    if (key === keyOf(node, name) && !present.has(name)) sim.api("kubelet").create("pods", manifest);
  }
}

/** Deleting such a pod is no more than restarting it. */
export const systemPods: Component = {
  name: NAME,
  onChange(sim, { type, resource, object }) {
    if (type !== "DELETED" || resource !== "pods" || object.metadata.namespace !== "kube-system") return;
    const node: string | undefined = object.spec.nodeName;
    if (node && manifests(sim).has(keyOf(node, nameOf(object) ?? ""))) sim.kernel.schedule(RECREATE_MS, NAME, node);
  },
  onTimer: (sim, { key }) => restoreSystemPods(sim, key),
};
