import type { KubeObject } from "../../types";
import { cleanUp } from "./cleanup";
import { isComplete } from "./conditions";
import { syncRevision } from "./new-replica-set";
import { syncRolloutStatus } from "./progress";
import {
  active,
  availableReplicas,
  byCreation,
  maxUnavailable,
  newReplicaCount,
  specReplicas,
  sum,
} from "./replica-sets";
import { allOf, type Roles, type Rollout, scaleTo } from "./rollout";

/** One step of a rolling update: up with the new ReplicaSet, or down with old ones, within surge and unavailability. */
export function rolling(rollout: Rollout) {
  const roles = syncRevision(rollout, true);
  if (scaleUpNew(rollout, roles) || scaleDownOld(rollout, roles)) return syncRolloutStatus(rollout, roles);
  if (isComplete(rollout.deployment, rollout.deployment.status)) cleanUp(rollout, roles.old);
  return syncRolloutStatus(rollout, roles);
}

function scaleUpNew(rollout: Rollout, roles: Roles): boolean {
  const { current } = roles;
  const { replicas } = rollout.deployment.spec;
  if (!current || specReplicas(current) === replicas) return false;
  if (specReplicas(current) > replicas) return scaleTo(rollout, current, replicas);
  return scaleTo(rollout, current, newReplicaCount(rollout.deployment, allOf(roles), current));
}

function scaleDownOld(rollout: Rollout, roles: Roles): boolean {
  const { deployment } = rollout;
  const old = active(roles.old);
  if (sum(old, specReplicas) === 0) return false;
  const minAvailable = deployment.spec.replicas - maxUnavailable(deployment);
  const newUnavailable = roles.current ? specReplicas(roles.current) - availableReplicas(roles.current) : 0;
  const maxScaledDown = sum(allOf(roles), specReplicas) - minAvailable - newUnavailable;
  if (maxScaledDown <= 0) return false;
  const { taken, rest } = takeUnhealthy(rollout, old, maxScaledDown);
  return takeAvailable(rollout, roles, rest, minAvailable) + taken > 0;
}

/** Replicas that are not available go first: nobody misses them. */
function takeUnhealthy(
  rollout: Rollout,
  old: readonly KubeObject[],
  limit: number,
): { taken: number; rest: KubeObject[] } {
  let taken = 0;
  const rest = [...old].sort(byCreation).map((replicaSet) => {
    const size = specReplicas(replicaSet);
    const count = Math.min(limit - taken, size - availableReplicas(replicaSet));
    if (size === 0 || count <= 0) return replicaSet;
    scaleTo(rollout, replicaSet, size - count);
    taken += count;
    return rollout.sim.store.get("replicasets.apps", replicaSet.metadata.namespace, replicaSet.metadata.name)!;
  });
  return { taken, rest };
}

function takeAvailable(rollout: Rollout, roles: Roles, old: readonly KubeObject[], minAvailable: number): number {
  const spare = sum([...old, roles.current], availableReplicas) - minAvailable;
  let taken = 0;
  for (const replicaSet of old) {
    if (taken >= spare) break;
    const size = specReplicas(replicaSet);
    const count = Math.min(size, spare - taken);
    if (size === 0 || count <= 0) continue;
    scaleTo(rollout, replicaSet, size - count);
    taken += count;
  }
  return taken;
}
