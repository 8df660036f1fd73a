import { indexes } from "../../apiserver/indexes";
import { clone } from "../../kernel/freeze";
import { updatePodCondition } from "../../kinds/pod/conditions";
import { type Controller, keyOf, splitKey } from "../controller";
import { isPodTerminal } from "../pod-state";

const CONTROLLER = "pod-garbage-collector";
/** How long a node may be away before its pods are given up. */
const QUARANTINE_MS = 40_000;

/** Removes pods whose node is not there any more: no kubelet will ever finish them. */
export const podGarbageCollector: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object }, sim) {
    if (resource === "nodes" && type === "DELETED") {
      for (const pod of indexes(sim).podsOnNode(object.metadata.name)) yield keyOf(pod);
    } else if (
      resource === "pods" &&
      type === "ADDED" &&
      object.spec.nodeName &&
      !sim.store.get("nodes", undefined, object.spec.nodeName)
    ) {
      yield keyOf(object);
    }
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const missing = sim.kernel.table<number>("pod-garbage-collector.missing");
    const pod = sim.store.get("pods", namespace, name);
    if (!pod?.spec.nodeName || sim.store.get("nodes", undefined, pod.spec.nodeName)) {
      missing.delete(key);
      return;
    }
    const since = missing.get(key) ?? sim.kernel.nowMs;
    if (since + QUARANTINE_MS > sim.kernel.nowMs) {
      missing.set(key, since);
      return { requeueAfterMs: since + QUARANTINE_MS - sim.kernel.nowMs };
    }
    missing.delete(key);
    const api = sim.api(CONTROLLER);
    if (!isPodTerminal(pod)) {
      const draft = clone(pod);
      draft.status = { ...draft.status, phase: "Failed" };
      const reason = { reason: "DeletionByPodGC", message: "PodGC: node no longer exists" };
      updatePodCondition(draft.status, { type: "DisruptionTarget", status: "True", ...reason }, sim.kernel.now());
      api.updateStatus("pods", draft);
    }
    api.delete("pods", namespace, name, { gracePeriodSeconds: 0 });
  },
};
