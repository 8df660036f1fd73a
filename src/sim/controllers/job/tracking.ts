import type { Sim } from "../../component";
import { indexSet } from "../../kinds/job/indexes";
import type { Job, Pod } from "../../kinds/types";
import { backoffKey, noteFinished } from "./backoff";
import { judge } from "./failure-policy";
import {
  completionIndex,
  hasLimitPerIndex,
  indexFailures,
  isActive,
  isFailed,
  isIndexed,
  isSucceeded,
  isTerminating,
  isTracked,
} from "./job-pods";

/** How a Job stands: its pods in their roles and what they come to. `newly…` have ended and are not counted yet. */
export interface Tracking {
  pods: readonly Pod[];
  active: readonly Pod[];
  terminating: readonly Pod[];
  newlySucceeded: readonly Pod[];
  newlyFailed: readonly Pod[];
  /** Of those, the ones that a rule says to ignore. */
  ignored: readonly Pod[];
  succeeded: number;
  failed: number;
  succeededIndexes: ReadonlySet<number>;
  failedIndexes: ReadonlySet<number>;
}

export function track(sim: Sim, job: Job, pods: readonly Pod[]): Tracking {
  const finished = pods.filter(isTracked);
  const newlySucceeded = finished.filter((pod) => isSucceeded(pod) && inRange(job, pod));
  const failed = finished.filter((pod) => !isSucceeded(pod) && isFailed(pod, job));
  const ignored = failed.filter((pod) => judge(job, pod).action === "Ignore");
  const newlyFailed = failed.filter((pod) => !ignored.includes(pod));
  noteBackoff(sim, job, newlySucceeded, newlyFailed);
  const succeededIndexes = isIndexed(job) ? withIndexes(completed(job), newlySucceeded) : new Set<number>();
  return {
    pods,
    active: pods.filter(isActive),
    terminating: pods.filter(isTerminating),
    newlySucceeded,
    newlyFailed,
    ignored,
    succeeded: isIndexed(job) ? succeededIndexes.size : (job.status?.succeeded ?? 0) + newlySucceeded.length,
    failed: (job.status?.failed ?? 0) + newlyFailed.length,
    succeededIndexes,
    failedIndexes: hasLimitPerIndex(job) ? failedIndexes(job, newlyFailed, succeededIndexes) : new Set<number>(),
  };
}

const completed = (job: Job) => indexSet(job.status?.completedIndexes, job.spec.completions ?? 0);

function inRange(job: Job, pod: Pod): boolean {
  if (!isIndexed(job)) return true;
  const index = completionIndex(pod);
  return index !== undefined && index < (job.spec.completions ?? 0);
}

function withIndexes(indexes: Set<number>, pods: readonly Pod[]): Set<number> {
  for (const pod of pods) indexes.add(completionIndex(pod)!);
  return indexes;
}

/** An index has failed for good after as many failures as its limit allows, or at once where a rule says so. */
function failedIndexes(job: Job, failed: readonly Pod[], succeeded: ReadonlySet<number>): Set<number> {
  const indexes = indexSet(job.status?.failedIndexes, job.spec.completions ?? 0);
  for (const pod of failed) {
    const index = completionIndex(pod);
    if (index === undefined || succeeded.has(index) || !inRange(job, pod)) continue;
    if (judge(job, pod).action === "FailIndex" || indexFailures(pod) >= job.spec.backoffLimitPerIndex!)
      indexes.add(index);
  }
  return indexes;
}

function noteBackoff(sim: Sim, job: Job, succeeded: readonly Pod[], failed: readonly Pod[]): void {
  if (!hasLimitPerIndex(job)) {
    noteFinished(sim, backoffKey(job), succeeded, failed);
    return;
  }
  for (const pod of failed) {
    const index = completionIndex(pod);
    if (index !== undefined) noteFinished(sim, backoffKey(job, index), [], [pod]);
  }
}
