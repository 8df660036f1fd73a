import { indexes } from "../../apiserver/indexes";
import type { Sim } from "../../component";
import { kubeletSilentSince } from "../../faults";
import { NODE_LEASE_PERIOD_MS } from "../../heartbeats/as-of-now";
import { lastBeat, nextBeat } from "../../heartbeats/beat";
import { leaders } from "../../heartbeats/leaders";
import { LEASES, NODE_LEASES } from "../../heartbeats/names";
import { clone, deepEqual } from "../../kernel/freeze";
import { parseRfc3339 } from "../../kernel/time";
import type { KubeObject } from "../../types";
import { CONTROLLER_MANAGER, type Controller } from "../controller";
import { isPodReady, podCondition } from "../pod-state";
import { taintsFor } from "./taints";

const CONTROLLER = "node-lifecycle-controller";
const EVENT_SOURCE = { component: "node-controller" };
/** How long a kubelet may be silent: kube-controller-manager's --node-monitor-grace-period, 40 s before 1.32. */
const MONITOR_GRACE_MS = 50_000;
/** How often it looks: --node-monitor-period. */
const MONITOR_PERIOD_MS = 5_000;

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
    const dueMs = unknownAtMs(sim, name);
    const waitMs = dueMs === undefined ? 0 : dueMs - sim.kernel.nowMs;
    if (dueMs !== undefined && waitMs <= 0) markUnknown(sim, node);
    syncTaints(sim, name);
    const ready = podCondition(sim.store.get("nodes", undefined, name)!, "Ready")?.status;
    if (ready !== "True") markPodsNotReady(sim, name);
    return waitMs > 0 ? { requeueAfterMs: waitMs } : undefined;
  },
};

/**
 * When a silent node is given up: the controller looks every five seconds, and counts from the look that found the last
 * heartbeat, which the kubelet may have sent up to ten seconds before it fell silent.
 */
function unknownAtMs(sim: Sim, name: string): number | undefined {
  const since = kubeletSilentSince(sim, name);
  if (since === undefined) return undefined;
  const renewed = parseRfc3339(sim.store.get(LEASES, NODE_LEASES, name)?.spec?.renewTime ?? "");
  const lastMs = renewed === undefined ? since : lastBeat(renewed, NODE_LEASE_PERIOD_MS, since);
  const startedMs = leaders(sim).get(CONTROLLER_MANAGER)?.acquiredMs ?? 0;
  return nextBeat(startedMs, MONITOR_PERIOD_MS, Math.max(lastMs, startedMs)) + MONITOR_GRACE_MS;
}

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
