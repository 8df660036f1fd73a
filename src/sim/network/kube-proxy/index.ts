import { indexes } from "../../apiserver/indexes";
import type { Component, Sim } from "../../component";
import type { Pod } from "../../kinds/types";
import { liveRules, modes, stopped } from "./rules";

const LABEL = "kube-proxy";

/** `mode: "ipvs"` in the configuration that kube-proxy reads when it starts. */
const IPVS = /^mode:\s*"?ipvs"?\s*$/m;

const isProxy = ({ metadata }: Pod) => metadata.namespace === "kube-system" && metadata.labels?.["k8s-app"] === LABEL;

const isRunning = (pod: Pod) =>
  pod.status?.phase === "Running" && (pod.status.containerStatuses ?? []).some(({ state }) => state?.running);

/**
 * Watches the kube-proxy of each node. Packets do not pass through it: it only writes the kernel's rules, so while it is
 * down a node goes on by those that it has (https://kubernetes.io/docs/reference/networking/virtual-ips/).
 */
export const kubeProxy: Component = {
  name: LABEL,
  onChange(sim, { resource, object, previous }) {
    if (resource !== "pods") return;
    const pod = object as unknown as Pod;
    const before = previous as unknown as Pod | undefined;
    const node = pod.spec.nodeName;
    if (node === undefined || !isProxy(pod)) return;
    if (before && before.status === pod.status && before.metadata.deletionTimestamp === pod.metadata.deletionTimestamp)
      return;
    sim.kernel.schedule(0, LABEL, node);
  },
  onTimer(sim, { key: node }) {
    const running = indexes(sim)
      .podsOnNode(node)
      .some((pod) => isProxy(pod) && isRunning(pod));
    const rules = stopped(sim);
    if (running && rules.has(node)) started(sim, node);
    else if (!running && !rules.has(node)) rules.set(node, liveRules(sim));
  },
};

function started(sim: Sim, node: string): void {
  stopped(sim).delete(node);
  const config = sim.store.get("configmaps", "kube-system", "kube-proxy")?.data?.["config.conf"] ?? "";
  if (IPVS.test(config)) modes(sim).set(node, "ipvs");
  else modes(sim).delete(node);
}
