import { labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { claim, controllerOf, resolve } from "../controller-ref";
import { conditionOf, hasProgressDeadline, newCondition, REASON, withCondition } from "./conditions";
import { syncStatus } from "./progress";
import { recreate } from "./recreate";
import { findNewReplicaSet, findOldReplicaSets } from "./replica-sets";
import { rollBack } from "./rollback";
import { rolling } from "./rolling";
import { CONTROLLER, DEPLOYMENTS, REPLICA_SETS, type Rollout, recordEvent, writeStatus } from "./rollout";
import { isScaling, syncScale } from "./scaling";

/** Deployments, as upstream's controller of that name keeps them (kubernetes.io/docs/concepts/workloads/controllers/deployment). */
export const deploymentController: Controller = {
  name: CONTROLLER,

  *keysFor(change, sim) {
    if (change.resource === DEPLOYMENTS) {
      yield keyOf(change.object);
    } else if (change.resource === REPLICA_SETS) {
      for (const replicaSet of change.previous && change.type === "MODIFIED"
        ? [change.previous, change.object]
        : [change.object]) {
        const owner = controllerOf(replicaSet);
        const found = owner?.kind === "Deployment" && resolve(sim, DEPLOYMENTS, replicaSet.metadata.namespace!, owner);
        if (found) yield keyOf(found);
        if (owner || change.type === "DELETED") continue;
        for (const candidate of sim.store.list(DEPLOYMENTS, replicaSet.metadata.namespace)) {
          const selector = labelSelectorOf(candidate.spec.selector);
          if (selector && selector.length > 0 && matchesLabels(selector, replicaSet.metadata.labels))
            yield keyOf(candidate);
        }
      }
    } else if (change.resource === "pods" && change.type === "DELETED") {
      // The last old pod of a Recreate rollout has gone.
      const owner = controllerOf(change.object);
      const replicaSet =
        owner?.kind === "ReplicaSet" &&
        resolve<KubeObject>(sim, REPLICA_SETS, change.object.metadata.namespace!, owner);
      const above = replicaSet ? controllerOf(replicaSet) : undefined;
      const found =
        above?.kind === "Deployment" && resolve<KubeObject>(sim, DEPLOYMENTS, change.object.metadata.namespace!, above);
      if (found && found.spec.strategy?.type === "Recreate") yield keyOf(found);
    }
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const deployment = sim.store.get(DEPLOYMENTS, namespace, name);
    if (!deployment) return;
    const selector = labelSelectorOf(deployment.spec.selector);
    const rollout: Rollout = { sim, deployment, replicaSets: [] };
    if (selector?.length === 0) {
      recordEvent(
        rollout,
        "Warning",
        "SelectingAll",
        "This deployment is selecting all pods. A non-empty selector is required.",
      );
      return;
    }
    rollout.replicaSets = claim<KubeObject>(sim, CONTROLLER, deployment, REPLICA_SETS, selector);
    if (deployment.metadata.deletionTimestamp) {
      const current = findNewReplicaSet(deployment, rollout.replicaSets);
      syncStatus(rollout, { current, old: findOldReplicaSets(deployment, rollout.replicaSets) });
      return;
    }
    notePause(rollout);
    const { paused } = rollout.deployment.spec;
    if (!paused && rollBack(rollout)) return;
    if (paused || isScaling(rollout)) {
      syncScale(rollout);
      return;
    }
    return deployment.spec.strategy?.type === "Recreate" ? recreate(rollout) : rolling(rollout);
  },
};

/** Pausing stops the clock of the progress deadline; the condition says so. */
function notePause(rollout: Rollout): void {
  const { deployment, sim } = rollout;
  if (!hasProgressDeadline(deployment)) return;
  const current = conditionOf(deployment.status, "Progressing");
  if (current?.reason === REASON.timedOut) return;
  const wasPaused = current?.reason === REASON.paused;
  const paused = Boolean(deployment.spec.paused);
  if (paused === wasPaused) return;
  const condition = paused
    ? newCondition("Progressing", "Unknown", REASON.paused, "Deployment is paused", sim.kernel.now())
    : newCondition("Progressing", "Unknown", REASON.resumed, "Deployment is resumed", sim.kernel.now());
  writeStatus(rollout, (draft) => {
    draft.status = { ...draft.status, conditions: withCondition(draft.status?.conditions ?? [], condition) };
  });
}
