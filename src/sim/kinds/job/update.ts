import type { FieldError } from "../../apiserver/status";
import { clone, deepEqual } from "../../kernel/freeze";
import type { Job } from "../types";
import { GoValue, immutable, invalid, invalidWithoutValue, NIL, required } from "../validation/field-error";
import { goPodTemplate } from "../validation/go-pod-template";
import { goLabelSelector } from "../validation/go-syntax";
import { validateMetadataUpdate } from "../validation/metadata";
import { nonNegative } from "../validation/numbers";
import { IndexesError, indexSet, parseIntervals } from "./indexes";

const same = (a: unknown, b: unknown) => deepEqual(a ?? null, b ?? null);

/** ValidateJobSpecUpdate. */
export function validateJobUpdate(job: Job, old: Job): FieldError[] {
  const errors = validateMetadataUpdate(job.metadata, old.metadata);
  const [spec, before] = [job.spec as any, old.spec as any];
  errors.push(...validateCompletions(spec, before));
  if (!same(spec.selector, before.selector)) errors.push(immutable("spec.selector", goLabelSelector(spec.selector)));
  if (!same(spec.template, templateThatMayBe(old, spec.template)))
    errors.push(immutable("spec.template", goPodTemplate(spec.template)));
  for (const field of ["completionMode", "podFailurePolicy", "backoffLimitPerIndex", "managedBy", "successPolicy"]) {
    if (same(spec[field], before[field])) continue;
    const value = spec[field] ?? NIL;
    const go = typeof value === "object" ? new GoValue(GO_POLICIES[field] ?? "") : value;
    errors.push(immutable(`spec.${field}`, go));
  }
  return errors;
}

const GO_POLICIES: Record<string, string> = {
  podFailurePolicy: "batch.PodFailurePolicy{Rules:[]batch.PodFailurePolicyRule{}}",
  successPolicy: "batch.SuccessPolicy{Rules:[]batch.SuccessPolicyRule{}}",
};

/** Completions of an indexed Job move together with its parallelism (elastic indexed Jobs). */
function validateCompletions(spec: any, old: any): FieldError[] {
  if (same(spec.completions, old.completions)) return [];
  const path = "spec.completions";
  if (spec.completionMode !== "Indexed") return [immutable(path, spec.completions ?? NIL)];
  if (spec.completions === undefined || spec.completions === spec.parallelism) return [];
  return [invalid(path, spec.completions, "can only be modified in tandem with spec.parallelism")];
}

/** A Job that is suspended and has never run may still be told where to run (KEP-2926). */
function templateThatMayBe(old: Job, wanted: any): unknown {
  const suspended = old.spec.suspend && !old.status?.startTime;
  if (!suspended) return old.spec.template;
  const template = clone(old.spec.template) as any;
  const take = (field: string) => {
    if (wanted.spec?.[field] === undefined) delete template.spec[field];
    else template.spec[field] = wanted.spec[field];
  };
  for (const field of ["nodeSelector", "tolerations", "schedulingGates"]) take(field);
  template.metadata = { ...template.metadata, ...wanted.metadata };
  const affinity = { ...template.spec.affinity, nodeAffinity: wanted.spec?.affinity?.nodeAffinity };
  if (affinity.nodeAffinity === undefined) delete affinity.nodeAffinity;
  if (Object.keys(affinity).length > 0 || wanted.spec?.affinity) template.spec.affinity = affinity;
  else delete template.spec.affinity;
  return template;
}

const isTrue = (status: any, type: string): boolean =>
  (status?.conditions ?? []).some((condition: any) => condition.type === type && condition.status === "True");

/** validateJobStatus and ValidateJobStatusUpdate. */
export function validateJobStatusUpdate(job: Job, old: Job): FieldError[] {
  const [status, before] = [(job.status ?? {}) as any, (old.status ?? {}) as any];
  const errors = validateMetadataUpdate(job.metadata, old.metadata);
  for (const field of ["active", "succeeded", "failed", "ready", "terminating"])
    errors.push(...nonNegative(status[field], `status.${field}`));
  errors.push(...validateConditions(status, before));
  errors.push(...validateFinished(status));
  errors.push(...validateIndexes(job.spec, status));
  for (const field of ["failed", "succeeded"]) {
    if ((status[field] ?? 0) < (before[field] ?? 0))
      errors.push(invalid(`status.${field}`, status[field] ?? 0, `cannot decrease the ${field} counter`));
  }
  if (status.completionTime && before.completionTime && status.completionTime !== before.completionTime)
    errors.push(invalid("status.completionTime", status.completionTime, "completionTime cannot be mutated"));
  if (before.startTime && before.startTime !== status.startTime && !job.spec.suspend)
    errors.push(required("status.startTime", "startTime cannot be removed for unsuspended job"));
  return errors;
}

function validateConditions(status: any, before: any): FieldError[] {
  const errors: FieldError[] = [];
  const no = (text: string) => errors.push(invalidWithoutValue("status.conditions", text));
  const [complete, failed] = [isTrue(status, "Complete"), isTrue(status, "Failed")];
  const [target, met] = [isTrue(status, "FailureTarget"), isTrue(status, "SuccessCriteriaMet")];
  if (complete && failed) no("cannot set Complete=True and Failed=true conditions");
  if (complete && target) no("cannot set Complete=True and FailureTarget=true conditions");
  if (failed && !target) no("cannot set Failed=True condition without the FailureTarget=true condition");
  if (complete && !met) no("cannot set Complete=True condition without the SuccessCriteriaMet=true condition");
  if (met && failed) no("cannot set SuccessCriteriaMet=True and Failed=true conditions");
  if (met && target) no("cannot set SuccessCriteriaMet=True and FailureTarget=true conditions");
  for (const type of ["Failed", "Complete", "FailureTarget"]) {
    if (isTrue(before, type) && !isTrue(status, type)) no(`cannot disable the terminal ${type}=True condition`);
  }
  if (isTrue(before, "SuccessCriteriaMet") && !met) no("cannot disable the SuccessCriteriaMet=True condition");
  return errors;
}

function validateFinished(status: any): FieldError[] {
  const errors: FieldError[] = [];
  const complete = isTrue(status, "Complete");
  const finished = complete || isTrue(status, "Failed");
  const { completionTime, startTime, active = 0, terminating = 0, ready = 0 } = status;
  if (completionTime && !complete) {
    const text = "cannot set completionTime when there is no Complete=True condition";
    errors.push(invalid("status.completionTime", completionTime, text));
  }
  if (!completionTime && complete)
    errors.push(required("status.completionTime", "completionTime is required for Complete jobs"));
  if (completionTime && startTime && completionTime < startTime)
    errors.push(invalid("status.completionTime", completionTime, "completionTime cannot be set before startTime"));
  if (finished && active > 0) errors.push(invalid("status.active", active, "active>0 is invalid for finished job"));
  if (finished && !startTime) errors.push(required("status.startTime", "startTime is required for finished job"));
  if (finished && terminating > 0)
    errors.push(invalid("status.terminating", terminating, "terminating>0 is invalid for finished job"));
  if (status.ready !== undefined && ready > active)
    errors.push(invalid("status.ready", ready, "cannot set more ready pods than active"));
  return errors;
}

function validateIndexes(spec: any, { completedIndexes = "", failedIndexes }: any): FieldError[] {
  const errors: FieldError[] = [];
  const { completions } = spec;
  const check = (field: string, text: string | undefined) => {
    if (!text || completions === undefined) return;
    try {
      parseIntervals(text, completions);
    } catch (error) {
      if (!(error instanceof IndexesError)) throw error;
      errors.push(invalid(`status.${field}`, text, `error parsing ${field}: ${error.message}`));
    }
  };
  check("completedIndexes", completedIndexes);
  if (spec.backoffLimitPerIndex !== undefined) check("failedIndexes", failedIndexes);
  if (completedIndexes && spec.completionMode !== "Indexed") {
    const text = "cannot set non-empty completedIndexes when non-indexed completion mode";
    errors.push(invalid("status.completedIndexes", completedIndexes, text));
  }
  if (failedIndexes === undefined) return errors;
  if (spec.backoffLimitPerIndex === undefined) {
    const text = "cannot set non-null failedIndexes when backoffLimitPerIndex is null";
    errors.push(invalid("status.failedIndexes", failedIndexes, text));
  }
  const done = indexSet(completedIndexes, completions ?? 0);
  const both = [...indexSet(failedIndexes, completions ?? 0)].find((index) => done.has(index));
  if (both !== undefined)
    errors.push(
      invalid("status.failedIndexes", failedIndexes, `failedIndexes and completedIndexes overlap at index: ${both}`),
    );
  return errors;
}
