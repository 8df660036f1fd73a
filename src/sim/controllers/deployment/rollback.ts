import { clone } from "../../kernel/freeze";
import { POD_TEMPLATE_HASH } from "../pod-template-hash";
import { ROLLBACK_TO, revisionOf } from "./annotations";
import { equalIgnoringHash, findNewReplicaSet } from "./replica-sets";
import { CONTROLLER, DEPLOYMENTS, type Rollout, recordEvent } from "./rollout";

/**
 * A rollback that a client of the old API asked for by annotation (`kubectl rollout undo` patches the template itself).
 * Returns whether there was one; the Deployment has been written then, and the next sync rolls out.
 */
export function rollBack(rollout: Rollout): boolean {
  const wanted = rollout.deployment.metadata.annotations?.[ROLLBACK_TO];
  if (wanted === undefined || !/^\d+$/.test(wanted)) return false;
  const revision = Number(wanted) || lastRevision(rollout);
  const target = rollout.replicaSets.find((replicaSet) => revision > 0 && revisionOf(replicaSet) === revision);
  const draft = clone(rollout.deployment);
  delete draft.metadata.annotations?.[ROLLBACK_TO];
  if (!target) {
    recordEvent(
      rollout,
      "Warning",
      "DeploymentRollbackRevisionNotFound",
      revision === 0 ? "Unable to find last revision." : "Unable to find the revision to rollback to.",
    );
  } else if (equalIgnoringHash(draft.spec.template, target.spec.template)) {
    recordEvent(
      rollout,
      "Warning",
      "DeploymentRollbackTemplateUnchanged",
      `The rollback revision contains the same template as current deployment "${draft.metadata.name}"`,
    );
  } else {
    draft.spec.template = clone(target.spec.template);
    delete draft.spec.template.metadata?.labels?.[POD_TEMPLATE_HASH];
    recordEvent(
      rollout,
      "Normal",
      "DeploymentRollback",
      `Rolled back deployment "${draft.metadata.name}" to revision ${revision}`,
    );
  }
  rollout.deployment = rollout.sim.api(CONTROLLER).update(DEPLOYMENTS, draft);
  return true;
}

function lastRevision({ deployment, replicaSets }: Rollout): number {
  const current = findNewReplicaSet(deployment, replicaSets);
  return Math.max(0, ...replicaSets.filter((replicaSet) => replicaSet !== current).map(revisionOf));
}
