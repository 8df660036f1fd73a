import { labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import { StatusError } from "../../apiserver/status";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { claim, controllerOf, resolve } from "../controller-ref";
import { REVISIONS } from "../history/revisions";
import { nextAvailabilityMs } from "../replica-set/status";
import { isMember } from "./identity";
import { CONTROLLER, STATEFUL_SETS } from "./names";
import { revisionsFor, truncate } from "./revisions";
import { countPods, writeStatus } from "./status";
import { updatePods } from "./update";

/** StatefulSets, as upstream's controller of that name keeps them (https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/). */
export const statefulSetController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object, previous }, sim) {
    if (resource === STATEFUL_SETS) yield keyOf(object);
    if (resource !== "pods" && resource !== REVISIONS) return;
    for (const owned of previous && type === "MODIFIED" ? [previous, object] : [object]) {
      const owner = controllerOf(owned);
      const namespace = owned.metadata.namespace!;
      const found = owner?.kind === "StatefulSet" ? resolve(sim, STATEFUL_SETS, namespace, owner) : undefined;
      if (found) yield keyOf(found);
      if (owner || type === "DELETED") continue;
      for (const set of sim.store.list(STATEFUL_SETS, namespace)) {
        const selector = labelSelectorOf(set.spec.selector);
        if (selector && matchesLabels(selector, owned.metadata.labels)) yield keyOf(set);
      }
    }
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const set = sim.store.get(STATEFUL_SETS, namespace, name);
    if (!set) return;
    const revisions = revisionsFor(sim, set);
    const selector = labelSelectorOf(set.spec.selector);
    const pods = claim<KubeObject>(sim, CONTROLLER, set, "pods", selector, (pod) => isMember(set, pod));
    const counts = countPods(set, pods, revisions, sim.kernel.nowMs);
    let refusal: StatusError | undefined;
    try {
      if (!set.metadata.deletionTimestamp) counts.currentReplicas -= updatePods(sim, set, revisions, pods);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      refusal = error;
    }
    // The status tells what was seen, whatever came of the steps; those show at the next sync, which they have asked for.
    writeStatus(sim, set, counts, revisions);
    truncate(sim, set, revisions, pods);
    if (refusal) throw refusal;
    const wait = nextAvailabilityMs(set, pods, sim.kernel.nowMs);
    return wait === undefined ? undefined : { requeueAfterMs: wait };
  },
};
