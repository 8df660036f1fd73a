import { desiredReplicasOf } from "./annotations";
import { cleanUp } from "./cleanup";
import { syncRevision } from "./new-replica-set";
import { syncStatus } from "./progress";
import {
  active,
  bySizeNewer,
  bySizeOlder,
  findActiveOrLatest,
  isRollingUpdate,
  isSaturated,
  maxSurge,
  proportion,
  specReplicas,
  sum,
} from "./replica-sets";
import { type Roles, type Rollout, scale, scaleTo } from "./rollout";

/** A change of `spec.replicas` is told by the ReplicaSets, which remember what was wanted when they were last scaled. */
export const isScaling = ({ deployment, replicaSets }: Rollout): boolean =>
  active(replicaSets).some((replicaSet) => {
    const desired = desiredReplicasOf(replicaSet);
    return desired !== undefined && desired !== deployment.spec.replicas;
  });

/** Scaling without a rollout: for a paused Deployment, and when only the number of replicas has changed. */
export function syncScale(rollout: Rollout): void {
  const roles = syncRevision(rollout, false);
  rescale(rollout, roles);
  if (rollout.deployment.spec.paused) cleanUp(rollout, roles.old);
  syncStatus(rollout, roles);
}

function rescale(rollout: Rollout, roles: Roles): void {
  const { deployment } = rollout;
  const { replicas } = deployment.spec;
  const only = findActiveOrLatest(roles.current, roles.old);
  if (only) {
    scaleTo(rollout, only, replicas);
  } else if (isSaturated(deployment, roles.current)) {
    for (const replicaSet of active(roles.old)) scaleTo(rollout, replicaSet, 0);
  } else if (isRollingUpdate(deployment)) {
    scaleInProportion(rollout, roles);
  }
}

/** In the middle of a rollout every ReplicaSet gets its share, so that the risk of the new version stays as it was. */
function scaleInProportion(rollout: Rollout, roles: Roles): void {
  const { deployment } = rollout;
  const all = active([...roles.old, roles.current]);
  const allowed = deployment.spec.replicas > 0 ? deployment.spec.replicas + maxSurge(deployment) : 0;
  const toAdd = allowed - sum(all, specReplicas);
  if (toAdd > 0) all.sort(bySizeNewer);
  else if (toAdd < 0) all.sort(bySizeOlder);
  let added = 0;
  const sizes = all.map((replicaSet) => {
    const share = toAdd === 0 ? 0 : proportion(replicaSet, deployment, toAdd, added);
    added += share;
    return specReplicas(replicaSet) + share;
  });
  // What rounding left over goes to the largest.
  if (toAdd !== 0 && sizes.length > 0) sizes[0] = Math.max(0, sizes[0]! + toAdd - added);
  all.forEach((replicaSet, index) => {
    scale(rollout, replicaSet, sizes[index]!);
  });
}
