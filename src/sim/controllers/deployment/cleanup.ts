import type { KubeObject } from "../../types";
import { byRevision, specReplicas, statusReplicas } from "./replica-sets";
import { CONTROLLER, REPLICA_SETS, type Rollout } from "./rollout";

/** Deletes the oldest ReplicaSets beyond `revisionHistoryLimit`; one that still has replicas stays. */
export function cleanUp({ deployment, sim }: Rollout, old: readonly KubeObject[]): void {
  const limit: number | undefined = deployment.spec.revisionHistoryLimit;
  if (limit === undefined || limit === null) return;
  const alive = old.filter((replicaSet) => !replicaSet.metadata.deletionTimestamp).sort(byRevision);
  for (const replicaSet of alive.slice(0, Math.max(0, alive.length - limit))) {
    const unobserved = Number(replicaSet.metadata.generation ?? 0) > Number(replicaSet.status?.observedGeneration ?? 0);
    if (statusReplicas(replicaSet) !== 0 || specReplicas(replicaSet) !== 0 || unobserved) continue;
    sim.api(CONTROLLER).delete(REPLICA_SETS, replicaSet.metadata.namespace, replicaSet.metadata.name, {
      propagationPolicy: "Background",
    });
  }
}
