import { parseRfc3339 } from "../../kernel/time";
import type { KubeObject } from "../../types";
import type { Condition } from "../pod-state";
import {
  conditionOf,
  hasProgressDeadline,
  isComplete,
  isProgressing,
  isTimedOut,
  newCondition,
  REASON,
  withCondition,
  withoutCondition,
} from "./conditions";
import { availableReplicas, maxUnavailable, readyReplicas, specReplicas, statusReplicas, sum } from "./replica-sets";
import { allOf, type Roles, type Rollout, writeStatus } from "./rollout";

/** The Deployment's status as its ReplicaSets make it; its conditions but for Available are kept. */
export function calculateStatus(rollout: Rollout, roles: Roles): Record<string, any> {
  const { deployment, sim } = rollout;
  const all = allOf(roles);
  const available = sum(all, availableReplicas);
  const counts: [string, number][] = [
    ["observedGeneration", Number(deployment.metadata.generation ?? 0)],
    ["replicas", sum(all, statusReplicas)],
    ["updatedReplicas", sum([roles.current], statusReplicas)],
    ["readyReplicas", sum(all, readyReplicas)],
    ["availableReplicas", available],
    ["unavailableReplicas", Math.max(0, sum(all, specReplicas) - available)],
  ];
  const status: Record<string, any> = Object.fromEntries(counts.filter(([, count]) => count > 0));
  if (deployment.status?.collisionCount !== undefined) status.collisionCount = deployment.status.collisionCount;
  const enough = available >= deployment.spec.replicas - maxUnavailable(deployment);
  const condition = enough
    ? newCondition(
        "Available",
        "True",
        REASON.minimumAvailable,
        "Deployment has minimum availability.",
        sim.kernel.now(),
      )
    : newCondition(
        "Available",
        "False",
        REASON.minimumUnavailable,
        "Deployment does not have minimum availability.",
        sim.kernel.now(),
      );
  status.conditions = withCondition(deployment.status?.conditions ?? [], condition);
  return status;
}

/** Counts and availability alone: what a paused, scaled or going Deployment gets. */
export function syncStatus(rollout: Rollout, roles: Roles): void {
  const status = calculateStatus(rollout, roles);
  writeStatus(rollout, (draft) => {
    draft.status = status;
  });
}

/**
 * The status of a rollout: besides the counts whether it moves, has ended or is stuck. Returns after how long a stuck one
 * must be looked at again.
 */
export function syncRolloutStatus(rollout: Rollout, roles: Roles): { requeueAfterMs: number } | undefined {
  const { deployment } = rollout;
  const status = calculateStatus(rollout, roles);
  let conditions: readonly Condition[] = status.conditions;
  if (!hasProgressDeadline(deployment)) conditions = withoutCondition(conditions, "Progressing");
  else conditions = progressConditions(rollout, roles, { ...status, conditions });
  const failed = allOf(roles).flatMap((replicaSet) => conditionOf(replicaSet.status, "ReplicaFailure") ?? []);
  const ofCurrent = roles.current && conditionOf(roles.current.status, "ReplicaFailure");
  const failure = ofCurrent ?? failed[0];
  conditions = failure
    ? withCondition(conditions, failureCondition(failure))
    : withoutCondition(conditions, "ReplicaFailure");
  const before = deployment;
  writeStatus(rollout, (draft) => {
    draft.status = { ...status, conditions };
  });
  return rollout.deployment === before ? requeueStuck(rollout, status) : undefined;
}

const failureCondition = ({ type, status, reason = "", message = "", lastTransitionTime }: Condition): Condition => ({
  type,
  status,
  lastUpdateTime: lastTransitionTime ?? null,
  lastTransitionTime: lastTransitionTime ?? null,
  reason,
  message,
});

function progressConditions(rollout: Rollout, roles: Roles, status: Record<string, any>): readonly Condition[] {
  const { deployment, sim } = rollout;
  const { conditions } = status;
  const current = conditionOf(deployment.status, "Progressing");
  const wasComplete = (status.replicas ?? 0) === (status.updatedReplicas ?? 0) && current?.reason === REASON.available;
  if (wasComplete) return conditions;
  const about = roles.current
    ? `ReplicaSet "${roles.current.metadata.name}"`
    : `Deployment "${deployment.metadata.name}"`;
  const now = sim.kernel.now();
  if (isComplete(deployment, status)) {
    return withCondition(
      conditions,
      newCondition("Progressing", "True", REASON.available, `${about} has successfully progressed.`, now),
    );
  }
  if (isProgressing(deployment, status)) {
    const condition = newCondition("Progressing", "True", REASON.updated, `${about} is progressing.`, now);
    // Each step forward moves the deadline, so this one is replaced even by its like.
    const kept =
      current?.status === "True" ? { ...condition, lastTransitionTime: current.lastTransitionTime ?? null } : condition;
    return [...withoutCondition(conditions, "Progressing"), kept];
  }
  if (isTimedOut(deployment, status, sim.kernel.nowMs)) {
    return withCondition(
      conditions,
      newCondition("Progressing", "False", REASON.timedOut, `${about} has timed out progressing.`, now),
    );
  }
  return conditions;
}

/** A rollout that does not move is looked at again when its deadline has passed. */
function requeueStuck(rollout: Rollout, status: KubeObject["status"]): { requeueAfterMs: number } | undefined {
  const { deployment, sim } = rollout;
  const condition = conditionOf(deployment.status, "Progressing");
  if (
    !condition ||
    !hasProgressDeadline(deployment) ||
    isComplete(deployment, status) ||
    condition.reason === REASON.timedOut
  )
    return undefined;
  const from = parseRfc3339(condition.lastUpdateTime ?? "");
  if (from === undefined) return undefined;
  const after = from + deployment.spec.progressDeadlineSeconds * 1000 - sim.kernel.nowMs;
  return { requeueAfterMs: Math.max(0, after) + 1000 };
}
