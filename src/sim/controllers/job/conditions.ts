import type { Job } from "../../kinds/types";
import type { Condition } from "../pod-state";

/** Conditions of a Job, with upstream's reasons and messages. */

export interface Outcome {
  type: "SuccessCriteriaMet" | "FailureTarget" | "Complete" | "Failed";
  reason: string;
  message: string;
}

const failure = (reason: string, message: string): Outcome => ({ type: "FailureTarget", reason, message });

export const OUTCOMES = {
  complete: {
    type: "SuccessCriteriaMet",
    reason: "CompletionsReached",
    message: "Reached expected number of succeeded pods",
  } as Outcome,
  backoffLimit: failure("BackoffLimitExceeded", "Job has reached the specified backoff limit"),
  deadline: failure("DeadlineExceeded", "Job was active longer than specified deadline"),
  maxFailedIndexes: failure(
    "MaxFailedIndexesExceeded",
    "Job has exceeded the specified maximal number of failed indexes",
  ),
  failedIndexes: failure("FailedIndexes", "Job has failed indexes"),
  policy: (message: string) => failure("PodFailurePolicy", message),
  success: (message: string): Outcome => ({ type: "SuccessCriteriaMet", reason: "SuccessPolicy", message }),
};

export const jobCondition = (job: Pick<Job, "status">, type: string): Condition | undefined =>
  (job.status?.conditions as Condition[] | undefined)?.find((condition) => condition.type === type);

export const isTrue = (job: Pick<Job, "status">, type: string): boolean => jobCondition(job, type)?.status === "True";
export const isFinished = (job: Pick<Job, "status">): boolean => isTrue(job, "Complete") || isTrue(job, "Failed");

/** The list with a condition in it; the same list where it says nothing new. False is not worth a condition of its own. */
export function ensureCondition(
  conditions: readonly any[],
  type: string,
  status: "True" | "False",
  reason: string,
  message: string,
  now: string,
): readonly any[] {
  const known = conditions.find((condition) => condition.type === type);
  if (known?.status === status && known.reason === reason && known.message === message) return conditions;
  if (!known && status === "False") return conditions;
  const condition = { type, status, lastProbeTime: now, lastTransitionTime: now, reason, message };
  return known ? conditions.map((one) => (one === known ? condition : one)) : [...conditions, condition];
}
