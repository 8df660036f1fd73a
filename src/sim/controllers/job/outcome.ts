import type { Sim } from "../../component";
import { parseRfc3339 } from "../../kernel/time";
import { indexSet } from "../../kinds/job/indexes";
import type { Job, Pod } from "../../kinds/types";
import { isTrue, jobCondition, OUTCOMES, type Outcome } from "./conditions";
import { failJobMessage } from "./failure-policy";
import { hasLimitPerIndex, isIndexed } from "./job-pods";
import type { Tracking } from "./tracking";

/** Whether the Job has failed, or succeeded before all of its pods did. */
export function decide(sim: Sim, job: Job, tracking: Tracking): Outcome | undefined {
  const decided = jobCondition(job, "FailureTarget") ?? jobCondition(job, "SuccessCriteriaMet");
  if (decided?.status === "True")
    return { type: decided.type as Outcome["type"], reason: decided.reason ?? "", message: decided.message ?? "" };
  return failure(sim, job, tracking) ?? failedByIndexes(job, tracking) ?? successByPolicy(job, tracking);
}

function failure(sim: Sim, job: Job, { pods, failed, active }: Tracking): Outcome | undefined {
  const message = failJobMessage(job, pods);
  if (message !== undefined) return OUTCOMES.policy(message);
  const { backoffLimit = 6 } = job.spec;
  if (failed > backoffLimit || restartsPassLimit(job, active, backoffLimit)) return OUTCOMES.backoffLimit;
  return (deadlineInMs(sim, job) ?? 1) <= 0 ? OUTCOMES.deadline : undefined;
}

/** Containers that the kubelet restarts are counted as the Job's own failures. */
function restartsPassLimit(job: Job, active: readonly Pod[], limit: number): boolean {
  if (job.spec.template?.spec?.restartPolicy !== "OnFailure") return false;
  let restarts = 0;
  for (const pod of active) {
    const { initContainerStatuses = [], containerStatuses = [], phase } = pod.status ?? {};
    if (phase !== "Running" && phase !== "Pending") continue;
    for (const { restartCount } of [...initContainerStatuses, ...containerStatuses]) restarts += restartCount ?? 0;
  }
  return limit === 0 ? restarts > 0 : restarts >= limit;
}

/** How long the Job may still run; undefined where there is no limit or it does not run. */
export function deadlineInMs(sim: Sim, job: Job): number | undefined {
  const { activeDeadlineSeconds, suspend } = job.spec;
  const start = parseRfc3339(job.status?.startTime ?? "");
  if (activeDeadlineSeconds === undefined || suspend || start === undefined) return undefined;
  return start + activeDeadlineSeconds * 1000 - sim.kernel.nowMs;
}

function failedByIndexes(job: Job, { failedIndexes, succeededIndexes }: Tracking): Outcome | undefined {
  if (!hasLimitPerIndex(job)) return undefined;
  const { maxFailedIndexes, completions = 0 } = job.spec;
  if (maxFailedIndexes !== undefined && failedIndexes.size > maxFailedIndexes) return OUTCOMES.maxFailedIndexes;
  if (failedIndexes.size > 0 && failedIndexes.size + succeededIndexes.size >= completions)
    return OUTCOMES.failedIndexes;
  return undefined;
}

function successByPolicy(job: Job, { succeededIndexes }: Tracking): Outcome | undefined {
  const rules: any[] = (job.spec.successPolicy?.rules as any[] | undefined) ?? [];
  if (!isIndexed(job)) return undefined;
  for (const [index, rule] of rules.entries()) {
    const wanted =
      rule.succeededIndexes === undefined ? undefined : indexSet(rule.succeededIndexes, job.spec.completions ?? 0);
    const met = wanted ? [...wanted].filter((one) => succeededIndexes.has(one)).length : succeededIndexes.size;
    const needed: number = rule.succeededCount ?? wanted?.size ?? 0;
    if (succeededIndexes.size > 0 && met >= needed) return OUTCOMES.success(`Matched rules at index ${index}`);
  }
  return undefined;
}

/** Whether all has succeeded that should, and nothing runs any more. */
export function isComplete(job: Job, succeeded: number, active: number): boolean {
  if (isTrue(job, "Failed") || active > 0) return false;
  return job.spec.completions === undefined ? succeeded > 0 : succeeded >= job.spec.completions;
}
