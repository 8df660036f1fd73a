import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { isAvailable, isRunningAndReady, isTerminating } from "./health";
import { revisionOfPod } from "./identity";
import { CONTROLLER, STATEFUL_SETS } from "./names";
import type { Revisions } from "./revisions";

export interface Counts {
  replicas: number;
  readyReplicas: number;
  availableReplicas: number;
  currentReplicas: number;
  updatedReplicas: number;
}

export function countPods(
  set: KubeObject,
  pods: readonly KubeObject[],
  { current, update }: Revisions,
  nowMs: number,
): Counts {
  const of = (revision: string) => pods.filter((pod) => !isTerminating(pod) && revisionOfPod(pod) === revision).length;
  return {
    replicas: pods.length,
    readyReplicas: pods.filter(isRunningAndReady).length,
    availableReplicas: pods.filter((pod) => isAvailable(set, pod, nowMs)).length,
    currentReplicas: of(current.metadata.name),
    updatedReplicas: of(update.metadata.name),
  };
}

/** Writes the status if it has changed. When all pods are of the new revision, it becomes the current one. */
export function writeStatus(sim: Sim, set: KubeObject, counts: Counts, revisions: Revisions): void {
  const wanted: number = set.spec.replicas ?? 1;
  const isDone =
    set.spec.updateStrategy?.type === "RollingUpdate" &&
    [counts.updatedReplicas, counts.readyReplicas, counts.replicas].every((count) => count === wanted);
  const status: Record<string, unknown> = {
    ...counts,
    ...(isDone && { currentReplicas: counts.updatedReplicas }),
    currentRevision: (isDone ? revisions.update : revisions.current).metadata.name,
    updateRevision: revisions.update.metadata.name,
    observedGeneration: set.metadata.generation,
    collisionCount: revisions.collisions,
  };
  for (const field of ["readyReplicas", "currentReplicas", "updatedReplicas"])
    if (status[field] === 0) delete status[field];
  const { namespace, name, uid } = set.metadata;
  const stored = sim.store.get(STATEFUL_SETS, namespace, name);
  if (stored?.metadata.uid !== uid) return;
  if (stored.status?.conditions) status.conditions = stored.status.conditions;
  if (deepEqual(status, stored.status)) return;
  const draft = clone(stored);
  draft.status = status;
  sim.api(CONTROLLER).updateStatus(STATEFUL_SETS, draft);
}
