import { indexes } from "../../apiserver/indexes";
import { isPodTerminal } from "../pod-state";
import { cleanUp } from "./cleanup";
import { isComplete } from "./conditions";
import { syncRevision } from "./new-replica-set";
import { syncRolloutStatus } from "./progress";
import { active, statusReplicas, sum } from "./replica-sets";
import type { Roles, Rollout } from "./rollout";
import { scaleTo } from "./rollout";

/** All old pods go, and only when the last has gone the new ones come. */
export function recreate(rollout: Rollout) {
  let roles = syncRevision(rollout, false);
  let scaledDown = false;
  for (const replicaSet of active(roles.old)) scaledDown = scaleTo(rollout, replicaSet, 0) || scaledDown;
  if (scaledDown || oldPodsRun(rollout, roles)) return syncRolloutStatus(rollout, roles);
  if (!roles.current) roles = syncRevision(rollout, true);
  if (roles.current) scaleTo(rollout, roles.current, rollout.deployment.spec.replicas);
  if (isComplete(rollout.deployment, rollout.deployment.status)) cleanUp(rollout, roles.old);
  return syncRolloutStatus(rollout, roles);
}

function oldPodsRun({ sim }: Rollout, roles: Roles): boolean {
  if (sum(roles.old, statusReplicas) > 0) return true;
  const found = indexes(sim);
  return roles.old.some((replicaSet) =>
    found.controlled("pods", replicaSet.metadata.uid).some((pod) => !isPodTerminal(pod)),
  );
}
