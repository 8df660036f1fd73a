import { indexes } from "../../apiserver/indexes";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import { parseRfc3339 } from "../../kernel/time";
import { updatePodCondition } from "../../kinds/pod/conditions";
import { type Toleration, tolerates } from "../../scheduler/tolerations";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import type { TimedTaint } from "./taints";

const CONTROLLER = "taint-eviction-controller";

const noExecute = (node: KubeObject | undefined): TimedTaint[] =>
  ((node?.spec.taints ?? []) as TimedTaint[]).filter(({ effect }) => effect === "NoExecute");

/** Deletes pods that do not tolerate their node's NoExecute taints, or no longer do. */
export const taintEvictionController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object, previous }, sim) {
    if (type === "DELETED") return;
    if (resource === "nodes") {
      if (deepEqual(noExecute(previous), noExecute(object))) return;
      for (const pod of indexes(sim).podsOnNode(object.metadata.name)) yield keyOf(pod);
    } else if (resource === "pods" && object.spec.nodeName) {
      if (previous?.spec.nodeName && deepEqual(previous.spec.tolerations, object.spec.tolerations)) return;
      if (noExecute(sim.store.get("nodes", undefined, object.spec.nodeName)).length > 0) yield keyOf(object);
    }
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const pod = sim.store.get("pods", namespace, name);
    if (!pod?.spec.nodeName || pod.metadata.deletionTimestamp) return;
    const dueMs = evictionDueMs(pod, noExecute(sim.store.get("nodes", undefined, pod.spec.nodeName)), sim.kernel.nowMs);
    if (dueMs === undefined) return;
    if (dueMs > sim.kernel.nowMs) return { requeueAfterMs: dueMs - sim.kernel.nowMs };
    evict(sim, pod);
  },
};

/** When the pod has to go; undefined where it may stay for ever. */
export function evictionDueMs(pod: KubeObject, taints: readonly TimedTaint[], nowMs: number): number | undefined {
  let due: number | undefined;
  for (const taint of taints) {
    const tolerating = ((pod.spec.tolerations ?? []) as Toleration[]).filter((toleration) =>
      tolerates(toleration, taint),
    );
    if (tolerating.length === 0) return nowMs;
    const seconds = tolerating.flatMap(({ tolerationSeconds }) =>
      tolerationSeconds === undefined ? [] : [Math.max(0, tolerationSeconds)],
    );
    if (seconds.length === 0) continue;
    const since = parseRfc3339(taint.timeAdded ?? "") ?? nowMs;
    const until = since + Math.min(...seconds) * 1000;
    due = due === undefined ? until : Math.min(due, until);
  }
  return due;
}

function evict(sim: Sim, pod: KubeObject): void {
  const { name, namespace } = pod.metadata;
  sim.recorder.event(pod, "Normal", "TaintManagerEviction", `Marking for deletion Pod ${namespace}/${name}`, {
    component: CONTROLLER,
  });
  const draft = clone(pod);
  draft.status ??= {};
  const reason = { reason: "DeletionByTaintManager", message: "Taint manager: deleting due to NoExecute taint" };
  updatePodCondition(draft.status, { type: "DisruptionTarget", status: "True", ...reason }, sim.kernel.now());
  const api = sim.api(CONTROLLER);
  api.updateStatus("pods", draft);
  api.delete("pods", namespace, name);
}
