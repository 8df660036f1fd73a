import { indexes } from "../../apiserver/indexes";
import type { Sim } from "../../component";
import { kubeletSilentSince } from "../../faults";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import type { Controller } from "../controller";
import { isPodReady, podCondition } from "../pod-state";
import { taintsFor } from "./taints";

const CONTROLLER = "node-lifecycle-controller";
const EVENT_SOURCE = { component: "node-controller" };
/** How long a kubelet may be silent: kube-controller-manager's --node-monitor-grace-period. */
const MONITOR_GRACE_MS = 40_000;

/** Watches over the kubelets: marks nodes whose kubelet is silent, and keeps the taints that follow from conditions. */
export const nodeLifecycleController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object, previous }) {
    if (resource !== "nodes" || type === "DELETED") return;
    const { spec, status } = object;
    if (!previous || !deepEqual(previous.spec, spec) || !deepEqual(previous.status?.conditions, status?.conditions))
      yield object.metadata.name;
  },

  sync(sim, name) {
    const node = sim.store.get("nodes", undefined, name);
    if (!node) return;
    const silentSince = kubeletSilentSince(sim, name);
    const waitMs = silentSince === undefined ? 0 : silentSince + MONITOR_GRACE_MS - sim.kernel.nowMs;
    if (silentSince !== undefined && waitMs <= 0) markUnknown(sim, node);
    syncTaints(sim, name);
    const ready = podCondition(sim.store.get("nodes", undefined, name)!, "Ready")?.status;
    if (ready !== "True") markPodsNotReady(sim, name);
    return waitMs > 0 ? { requeueAfterMs: waitMs } : undefined;
  },
};

function markUnknown(sim: Sim, node: KubeObject): void {
  const conditions: any[] = node.status?.conditions ?? [];
  const known = conditions.filter(({ status }) => status !== "Unknown");
  if (known.length === 0) return;
  const draft = clone(node);
  const now = sim.kernel.now();
  draft.status.conditions = conditions.map((condition) =>
    condition.status === "Unknown"
      ? condition
      : {
          ...condition,
          status: "Unknown",
          reason: "NodeStatusUnknown",
          message: "Kubelet stopped posting node status.",
          lastTransitionTime: now,
        },
  );
  const written = sim.api(CONTROLLER).updateStatus("nodes", draft);
  if (known.some(({ type }) => type === "Ready")) {
    sim.recorder.event(
      written,
      "Normal",
      "NodeNotReady",
      `Node ${node.metadata.name} status is now: NodeNotReady`,
      EVENT_SOURCE,
    );
  }
}

function syncTaints(sim: Sim, name: string): void {
  const node = sim.store.get("nodes", undefined, name)!;
  const taints = taintsFor(node, sim.kernel.now());
  if (deepEqual(taints, node.spec.taints ?? [])) return;
  const draft = clone(node);
  if (taints.length > 0) draft.spec.taints = taints;
  else delete draft.spec.taints;
  sim.api(CONTROLLER).update("nodes", draft);
}

/** Nobody can vouch for the pods of such a node, so they leave their Services. */
function markPodsNotReady(sim: Sim, node: string): void {
  for (const pod of indexes(sim).podsOnNode(node) as unknown as KubeObject[]) {
    if (!isPodReady(pod)) continue;
    const draft = clone(pod);
    const now = sim.kernel.now();
    draft.status.conditions = draft.status.conditions.map((condition: any) =>
      condition.type === "Ready" ? { ...condition, status: "False", lastTransitionTime: now } : condition,
    );
    sim.api(CONTROLLER).updateStatus("pods", draft);
    sim.recorder.event(pod, "Warning", "NodeNotReady", "Node is not ready", EVENT_SOURCE);
  }
}
