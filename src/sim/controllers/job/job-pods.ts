import { parseRfc3339 } from "../../kernel/time";
import type { Job, Pod } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { isPodActive, podCondition } from "../pod-state";

/** What a Job asks of its pods, after upstream's job_controller. */

export const TRACKING_FINALIZER = "batch.kubernetes.io/job-tracking";
export const COMPLETION_INDEX = "batch.kubernetes.io/job-completion-index";
/** How often the index had failed when the pod was made. */
export const INDEX_FAILURES = "batch.kubernetes.io/job-index-failure-count";

export const isIndexed = (job: Job): boolean => job.spec.completionMode === "Indexed";
export const hasLimitPerIndex = (job: Job): boolean => job.spec.backoffLimitPerIndex !== undefined;
export const onlyReplacesFailed = (job: Job): boolean => job.spec.podReplacementPolicy === "Failed";

export const isTracked = (pod: KubeObject): boolean => pod.metadata.finalizers?.includes(TRACKING_FINALIZER) ?? false;

/** A pod that was deleted before it ended counts as failed, unless the Job waits for it to end. */
export function isFailed(pod: Pod, job: Job): boolean {
  if (pod.status?.phase === "Failed") return true;
  if (onlyReplacesFailed(job)) return false;
  return pod.metadata.deletionTimestamp !== undefined && pod.status?.phase !== "Succeeded";
}

export const isSucceeded = (pod: Pod): boolean => pod.status?.phase === "Succeeded";
export const isActive = (pod: Pod): boolean => isPodActive(pod as unknown as KubeObject);
export const isTerminating = (pod: Pod): boolean =>
  pod.metadata.deletionTimestamp !== undefined && pod.status?.phase !== "Succeeded" && pod.status?.phase !== "Failed";

/** The completion index of a pod; undefined where it has none that makes sense. */
export function completionIndex(pod: Pod): number | undefined {
  const text = pod.metadata.annotations?.[COMPLETION_INDEX];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

export const indexFailures = (pod: Pod): number => Number(pod.metadata.annotations?.[INDEX_FAILURES] ?? 0) || 0;

/** When a pod ended: when its last container did, else the best that is known. */
export function finishedMs(pod: Pod, nowMs: number): number {
  const ends = [...(pod.status?.initContainerStatuses ?? []), ...(pod.status?.containerStatuses ?? [])].map(
    (status: any) => parseRfc3339(status.state?.terminated?.finishedAt ?? ""),
  );
  const known = ends.filter((end) => end !== undefined);
  if (known.length > 0 && known.length === ends.length) return Math.max(...known);
  const { deletionTimestamp, deletionGracePeriodSeconds } = pod.metadata as any;
  const deleted = parseRfc3339(deletionTimestamp ?? "");
  if (deleted !== undefined) return deleted - Number(deletionGracePeriodSeconds ?? 0) * 1000;
  return parseRfc3339(podCondition(pod as unknown as KubeObject, "Ready")?.lastTransitionTime ?? "") ?? nowMs;
}
