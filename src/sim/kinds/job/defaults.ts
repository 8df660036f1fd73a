import { defaultPodTemplate } from "../pod/defaults";
import type { Job } from "../types";

const MAX_INT32 = 2_147_483_647;

/** batch/v1 SetDefaults_Job. */
export function defaultJob(draft: Job): void {
  draft.spec ??= {} as Job["spec"];
  const spec = draft.spec as any;
  if (spec.completions === undefined && spec.parallelism === undefined) spec.completions = 1;
  spec.parallelism ??= 1;
  spec.backoffLimit ??= spec.backoffLimitPerIndex === undefined ? 6 : MAX_INT32;
  const labels = spec.template?.metadata?.labels;
  if (Object.keys(labels ?? {}).length > 0 && Object.keys(draft.metadata.labels ?? {}).length === 0)
    (draft.metadata as any).labels = { ...labels };
  spec.completionMode ??= "NonIndexed";
  spec.suspend ??= false;
  spec.manualSelector ??= false;
  for (const rule of spec.podFailurePolicy?.rules ?? [])
    for (const condition of rule.onPodConditions ?? []) condition.status ||= "True";
  spec.podReplacementPolicy ??= spec.podFailurePolicy ? "Failed" : "TerminatingOrFailed";
  defaultJobTemplate(spec);
}

/** What a Job has in the template of a CronJob: no more than its pods' own defaults. */
export function defaultJobTemplate(spec: any): void {
  spec.template ??= {};
  defaultPodTemplate(spec.template);
}
