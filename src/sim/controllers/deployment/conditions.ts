import { parseRfc3339 } from "../../kernel/time";
import type { KubeObject } from "../../types";
import type { Condition } from "../pod-state";

/** Reasons of a Deployment's conditions, as `kubectl describe` and `rollout status` show them. */
export const REASON = {
  created: "NewReplicaSetCreated",
  found: "FoundNewReplicaSet",
  updated: "ReplicaSetUpdated",
  available: "NewReplicaSetAvailable",
  timedOut: "ProgressDeadlineExceeded",
  createError: "ReplicaSetCreateError",
  paused: "DeploymentPaused",
  resumed: "DeploymentResumed",
  minimumAvailable: "MinimumReplicasAvailable",
  minimumUnavailable: "MinimumReplicasUnavailable",
} as const;

const NO_DEADLINE = 2_147_483_647;

export const hasProgressDeadline = (deployment: KubeObject): boolean =>
  deployment.spec.progressDeadlineSeconds !== undefined &&
  deployment.spec.progressDeadlineSeconds !== null &&
  deployment.spec.progressDeadlineSeconds !== NO_DEADLINE;

export const conditionOf = (status: KubeObject["status"], type: string): Condition | undefined =>
  (status?.conditions as Condition[] | undefined)?.find((condition) => condition.type === type);

export const newCondition = (
  type: string,
  status: string,
  reason: string,
  message: string,
  now: string,
): Condition => ({
  type,
  status,
  lastUpdateTime: now,
  lastTransitionTime: now,
  reason,
  message,
});

export const withoutCondition = (conditions: readonly Condition[], type: string): Condition[] =>
  conditions.filter((condition) => condition.type !== type);

/** A condition replaces its predecessor only where status or reason differ, and keeps its transition where the status does not. */
export function withCondition(conditions: readonly Condition[], condition: Condition): readonly Condition[] {
  const current = conditions.find(({ type }) => type === condition.type);
  if (current && current.status === condition.status && current.reason === condition.reason) return conditions;
  const kept =
    current && current.status === condition.status
      ? { ...condition, lastTransitionTime: current.lastTransitionTime ?? null }
      : condition;
  return [...withoutCondition(conditions, condition.type), kept];
}

const count = (status: KubeObject["status"], field: string): number => status?.[field] ?? 0;

export function isComplete(deployment: KubeObject, status: KubeObject["status"]): boolean {
  const { replicas } = deployment.spec;
  return (
    count(status, "updatedReplicas") === replicas &&
    count(status, "replicas") === replicas &&
    count(status, "availableReplicas") === replicas &&
    count(status, "observedGeneration") >= Number(deployment.metadata.generation ?? 0)
  );
}

/** Whether anything has moved since the status that the Deployment has. */
export function isProgressing(deployment: KubeObject, status: KubeObject["status"]): boolean {
  const before = deployment.status;
  const old = (of: KubeObject["status"]) => count(of, "replicas") - count(of, "updatedReplicas");
  return (
    count(status, "updatedReplicas") > count(before, "updatedReplicas") ||
    old(status) < old(before) ||
    count(status, "readyReplicas") > count(before, "readyReplicas") ||
    count(status, "availableReplicas") > count(before, "availableReplicas")
  );
}

/** Whether a rollout has made no progress for `progressDeadlineSeconds`. */
export function isTimedOut(deployment: KubeObject, status: KubeObject["status"], nowMs: number): boolean {
  if (!hasProgressDeadline(deployment)) return false;
  const condition = conditionOf(status, "Progressing");
  if (!condition || condition.reason === REASON.available) return false;
  if (condition.reason === REASON.timedOut) return true;
  const from = parseRfc3339(condition.lastUpdateTime ?? "");
  return from !== undefined && from + deployment.spec.progressDeadlineSeconds * 1000 < nowMs;
}
