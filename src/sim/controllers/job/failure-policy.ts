import type { Job, Pod } from "../../kinds/types";

/** https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-failure-policy */

export type Verdict = { action: "Count" | "Ignore" | "FailIndex" } | { action: "FailJob"; message: string };

/** What the first rule that matches says about a failed pod; without one it counts. */
export function judge(job: Job, pod: Pod): Verdict {
  const rules: any[] = (job.spec.podFailurePolicy?.rules as any[] | undefined) ?? [];
  if (pod.status?.phase !== "Failed") return { action: "Count" };
  for (const [index, rule] of rules.entries()) {
    const why = rule.onExitCodes ? matchExitCodes(rule.onExitCodes, pod) : matchConditions(rule.onPodConditions, pod);
    if (why === undefined) continue;
    if (rule.action !== "FailJob") return { action: rule.action };
    return { action: "FailJob", message: `${why} matching FailJob rule at index ${index}` };
  }
  return { action: "Count" };
}

function matchExitCodes({ containerName, operator, values }: any, pod: Pod): string | undefined {
  const { name, namespace } = pod.metadata;
  for (const status of [
    ...(pod.status?.containerStatuses ?? []),
    ...(pod.status?.initContainerStatuses ?? []),
  ] as any[]) {
    if (containerName !== undefined && status.name !== containerName) continue;
    const code: number | undefined = status.state?.terminated?.exitCode;
    if (!code) continue;
    if (values.includes(code) === (operator === "In"))
      return `Container ${status.name} for pod ${namespace}/${name} failed with exit code ${code}`;
  }
  return undefined;
}

function matchConditions(patterns: readonly any[] = [], pod: Pod): string | undefined {
  const { name, namespace } = pod.metadata;
  for (const { type, status } of pod.status?.conditions ?? []) {
    if (patterns.some((pattern) => pattern.type === type && pattern.status === status))
      return `Pod ${namespace}/${name} has condition ${type}`;
  }
  return undefined;
}

/** Why the Job as a whole has failed, if one of its pods says so. */
export function failJobMessage(job: Job, pods: readonly Pod[]): string | undefined {
  if (!job.spec.podFailurePolicy) return undefined;
  for (const pod of pods) {
    const verdict = judge(job, pod);
    if (verdict.action === "FailJob") return verdict.message;
  }
  return undefined;
}
