import type { FieldError } from "../../apiserver/status";
import { validatePodTemplate } from "../pod/validation";
import type { Job } from "../types";
import { domainPrefixedPath } from "../validation/domain-prefixed-path";
import { GoValue, invalid, notSupported, required, tooLong } from "../validation/field-error";
import { goLabelSelector } from "../validation/go-syntax";
import { selectorCompiles, selectorIsEmpty, selectorMatches, validateLabelSelector } from "../validation/labels";
import { validateMetadata } from "../validation/metadata";
import { isDns1123Label, isDns1123Subdomain } from "../validation/names";
import { nonNegative } from "../validation/numbers";
import { mismatch } from "../workloads/validation";
import { validatePodFailurePolicy } from "./failure-policy";
import { generatedLabels } from "./strategy";
import { validateSuccessPolicy } from "./success-policy";

const MAX_INDEXED_PARALLELISM = 100_000;
const MAX_FAILED_INDEXES = 100_000;
/** Beyond so many completions an indexed Job with a limit for each index may fail and run only so much. */
const COMPLETIONS_SOFT_LIMIT = 100_000;
const HIGH_COMPLETIONS_LIMIT = 10_000;
const MAX_MANAGED_BY_BYTES = 63;

export function validateJob(job: Job): FieldError[] {
  const { metadata } = job;
  const spec = job.spec as any;
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  errors.push(...validateGeneratedSelector(job));
  errors.push(...validateJobSpec(spec, "spec"));
  if (spec.completionMode === "Indexed" && spec.completions > 0) {
    const hostname = `${metadata.name}-${spec.completions - 1}`;
    if (isDns1123Label(hostname).length > 0) {
      const text = `will not able to create pod with invalid DNS label: ${hostname}`;
      errors.push(invalid("metadata.name", metadata.name, text));
    }
  }
  return errors;
}

/** The labels that the server itself has put there must be what it put there. */
export function validateGeneratedSelector({ metadata, spec }: Job): FieldError[] {
  if (spec.manualSelector || !spec.selector) return [];
  const errors: FieldError[] = metadata.uid ? [] : [required("metadata.uid")];
  const found = (spec.template?.metadata?.labels ?? {}) as Record<string, string>;
  const expected = generatedLabels(metadata);
  for (const [key, value] of Object.entries(expected)) {
    const path = "spec.template.metadata.labels";
    if (found[key] === undefined) errors.push(required(`${path}`, `must be '${value}'`));
    else if (found[key] !== value) errors.push(invalid(`${path}[${key}]`, found[key], `must be '${value}'`));
  }
  const selector = spec.selector as any;
  if (selectorCompiles(selector) && !selectorIsEmpty(selector) && !selectorMatches(selector, expected))
    errors.push(invalid("spec.selector", goLabelSelector(selector), "`selector` not auto-generated"));
  return errors;
}

export function validateJobSpec(spec: any, path: string): FieldError[] {
  const errors = validateJobSpecWithoutSelector(spec, path);
  const { selector } = spec;
  if (!selector) errors.push(required(`${path}.selector`));
  else errors.push(...validateLabelSelector(selector, `${path}.selector`));
  const labels = spec.template?.metadata?.labels;
  const matches = selector && (selectorIsEmpty(selector) || selectorMatches(selector, labels));
  if ((!selector || selectorCompiles(selector)) && !matches) errors.push(mismatch(labels, `${path}.template`));
  return errors;
}

const COUNTS = [
  "parallelism",
  "completions",
  "activeDeadlineSeconds",
  "backoffLimit",
  "ttlSecondsAfterFinished",
  "backoffLimitPerIndex",
  "maxFailedIndexes",
];

/** validateJobSpec: what holds for the template of a CronJob as well. */
export function validateJobSpecWithoutSelector(spec: any, path: string): FieldError[] {
  const errors = COUNTS.flatMap((field) => nonNegative(spec[field], `${path}.${field}`));
  if (spec.maxFailedIndexes !== undefined && spec.backoffLimitPerIndex === undefined)
    errors.push(required(`${path}.backoffLimitPerIndex`, "when maxFailedIndexes is specified"));
  errors.push(...validateManagedBy(spec.managedBy, `${path}.managedBy`));
  const mode = spec.completionMode;
  if (mode !== undefined && mode !== "NonIndexed" && mode !== "Indexed")
    errors.push(notSupported(`${path}.completionMode`, mode, ["NonIndexed", "Indexed"]));
  if (mode === "Indexed") errors.push(...validateIndexed(spec, path));
  if (mode === undefined || mode === "NonIndexed") {
    for (const field of ["backoffLimitPerIndex", "maxFailedIndexes"]) {
      if (spec[field] !== undefined)
        errors.push(invalid(`${path}.${field}`, spec[field], "requires indexed completion mode"));
    }
  }
  if (spec.podFailurePolicy) errors.push(...validatePodFailurePolicy(spec, `${path}.podFailurePolicy`));
  if (spec.successPolicy) {
    const at = `${path}.successPolicy`;
    if (mode === "Indexed") errors.push(...validateSuccessPolicy(spec, at));
    else errors.push(invalid(at, goSuccessPolicy(spec.successPolicy), "requires indexed completion mode"));
  }
  errors.push(...validateReplacement(spec, `${path}.podReplacementPolicy`));
  errors.push(...validatePodTemplate(spec.template ?? {}, `${path}.template`));
  errors.push(...validateRestartPolicy(spec, `${path}.template.spec.restartPolicy`));
  return errors;
}

const goSuccessPolicy = ({ rules }: any) =>
  new GoValue(
    `batch.SuccessPolicy{Rules:${rules ? `[]batch.SuccessPolicyRule{${rules.map(() => "batch.SuccessPolicyRule{SucceededIndexes:(*string)(0xc000000000), SucceededCount:(*int32)(0xc000000000)}").join(", ")}}` : "[]batch.SuccessPolicyRule(nil)"}}`,
  );

function validateManagedBy(managedBy: string | undefined, path: string): FieldError[] {
  if (managedBy === undefined) return [];
  const errors = domainPrefixedPath(managedBy, path);
  if (managedBy.length > MAX_MANAGED_BY_BYTES) errors.push(tooLong(path, MAX_MANAGED_BY_BYTES));
  return errors;
}

function validateIndexed(spec: any, path: string): FieldError[] {
  const { completions, parallelism, maxFailedIndexes, backoffLimitPerIndex } = spec;
  const errors: FieldError[] = [];
  const tooLarge = (field: string, text: string) =>
    errors.push(invalid(`${path}.${field}`, spec[field], `must be less than or equal to ${text}`));
  if (completions === undefined) errors.push(required(`${path}.completions`, "when completion mode is Indexed"));
  if (parallelism > MAX_INDEXED_PARALLELISM)
    tooLarge("parallelism", `${MAX_INDEXED_PARALLELISM} when completion mode is Indexed`);
  if (maxFailedIndexes > completions) tooLarge("maxFailedIndexes", "completions");
  if (maxFailedIndexes > MAX_FAILED_INDEXES) tooLarge("maxFailedIndexes", String(MAX_FAILED_INDEXES));
  if (completions > COMPLETIONS_SOFT_LIMIT && backoffLimitPerIndex !== undefined) {
    const rule = `${HIGH_COMPLETIONS_LIMIT} when completions are above ${COMPLETIONS_SOFT_LIMIT} and used with backoff limit per index`;
    if (maxFailedIndexes === undefined) {
      const text = `must be specified when completions is above ${COMPLETIONS_SOFT_LIMIT}`;
      errors.push(required(`${path}.maxFailedIndexes`, text));
    }
    if (parallelism > HIGH_COMPLETIONS_LIMIT) tooLarge("parallelism", rule);
    if (maxFailedIndexes > HIGH_COMPLETIONS_LIMIT) tooLarge("maxFailedIndexes", rule);
  }
  return errors;
}

function validateReplacement({ podReplacementPolicy: policy, podFailurePolicy }: any, path: string): FieldError[] {
  if (policy === undefined) return [];
  const supported = podFailurePolicy ? ["Failed"] : ["Failed", "TerminatingOrFailed"];
  return supported.includes(policy) ? [] : [notSupported(path, policy, supported)];
}

function validateRestartPolicy(spec: any, path: string): FieldError[] {
  const policy = spec.template?.spec?.restartPolicy ?? "";
  // Always is what a template gets that says nothing, so that it counts as nothing.
  if (policy === "" || policy === "Always") return [required(path, 'valid values: "OnFailure", "Never"')];
  if (policy !== "OnFailure" && policy !== "Never") return [notSupported(path, policy, ["OnFailure", "Never"])];
  if (spec.podFailurePolicy && policy !== "Never")
    return [invalid(path, policy, 'only "Never" is supported when podFailurePolicy is specified')];
  return [];
}
