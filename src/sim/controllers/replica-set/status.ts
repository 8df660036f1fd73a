import { matchesMap } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { type Condition, isPodAvailable, isPodReady, readySinceMs } from "../pod-state";

export interface ManageFailure {
  reason: "FailedCreate" | "FailedDelete";
  message: string;
}

/** Status of a ReplicaSet or ReplicationController from its active pods, after upstream's calculateStatus. */
export function calculateStatus(
  owner: KubeObject,
  pods: readonly KubeObject[],
  failure: ManageFailure | undefined,
  nowMs: number,
  now: string,
): KubeObject["status"] {
  const minReadySeconds: number = owner.spec.minReadySeconds ?? 0;
  const labels = owner.spec.template?.metadata?.labels ?? {};
  const counts = {
    fullyLabeledReplicas: pods.filter(
      (pod) => Object.keys(labels).length === 0 || matchesMap(labels, pod.metadata.labels),
    ).length,
    readyReplicas: pods.filter(isPodReady).length,
    availableReplicas: pods.filter((pod) => isPodAvailable(pod, minReadySeconds, nowMs)).length,
  };
  const status: Record<string, unknown> = { replicas: pods.length };
  for (const [name, count] of Object.entries(counts)) if (count > 0) status[name] = count;
  status.observedGeneration = owner.metadata.generation;
  const conditions = failureConditions(owner.status?.conditions ?? [], failure, now);
  if (conditions.length > 0) status.conditions = conditions;
  return status;
}

function failureConditions(
  old: readonly Condition[],
  failure: ManageFailure | undefined,
  now: string,
): readonly Condition[] {
  const current = old.find((condition) => condition.type === "ReplicaFailure");
  if (failure && !current) {
    return [
      ...old,
      {
        type: "ReplicaFailure",
        status: "True",
        reason: failure.reason,
        message: failure.message,
        lastTransitionTime: now,
      },
    ];
  }
  return !failure && current ? old.filter((condition) => condition !== current) : old;
}

export function updateStatus(
  sim: Sim,
  controller: string,
  resource: string,
  owner: KubeObject,
  status: KubeObject["status"],
): void {
  if (deepEqual(owner.status, status)) return;
  const draft = clone(owner);
  draft.status = status;
  sim.api(controller).updateStatus(resource, draft);
}

/** How long until the next ready pod counts as available; undefined where all do. */
export function nextAvailabilityMs(owner: KubeObject, pods: readonly KubeObject[], nowMs: number): number | undefined {
  const minReadyMs = (owner.spec.minReadySeconds ?? 0) * 1000;
  if (minReadyMs === 0) return undefined;
  const waits = pods.flatMap((pod) => {
    const since = readySinceMs(pod);
    const wait = since === undefined ? 0 : since + minReadyMs - nowMs;
    return wait > 0 ? [wait] : [];
  });
  return waits.length > 0 ? Math.min(...waits) : undefined;
}
