import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { validatePodTemplate } from "../pod/validation";
import type { DaemonSet } from "../types";
import { forbidden, GoValue, immutable, invalid, notSupported, quote, required } from "../validation/field-error";
import { goIntOrString, goLabelSelector } from "../validation/go-syntax";
import { selectorCompiles, selectorIsEmpty, selectorMatches, validateLabelSelector } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative, notMoreThanAll, percent, positiveIntOrPercent } from "../validation/numbers";
import { collisionsNotDecremented, mismatch } from "../workloads/validation";

export const validateDaemonSet = ({ metadata, spec }: DaemonSet): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Subdomain),
  ...validateDaemonSetSpec(spec, "spec"),
];

export function validateDaemonSetSpec(daemonSetSpec: DaemonSet["spec"], path: string): FieldError[] {
  const spec = daemonSetSpec as any;
  const { selector, template } = spec;
  const errors = validateLabelSelector(selector, `${path}.selector`);
  // No selector at all selects nothing, so that no template matches it.
  const matches = selector && (selectorIsEmpty(selector) || selectorMatches(selector, template?.metadata?.labels));
  if ((!selector || selectorCompiles(selector)) && !matches)
    errors.push(mismatch(template?.metadata?.labels, `${path}.template`));
  if (selector && selectorIsEmpty(selector)) {
    errors.push(invalid(`${path}.selector`, goLabelSelector(selector), "empty selector is invalid for daemonset"));
  }
  errors.push(...validatePodTemplate(template ?? {}, `${path}.template`));
  const pod = template?.spec ?? {};
  if (pod.restartPolicy !== "Always")
    errors.push(notSupported(`${path}.template.spec.restartPolicy`, pod.restartPolicy ?? "", ["Always"]));
  if (pod.activeDeadlineSeconds !== undefined && pod.activeDeadlineSeconds !== null) {
    const at = `${path}.template.spec.activeDeadlineSeconds`;
    errors.push(forbidden(at, "activeDeadlineSeconds in DaemonSet is not Supported"));
  }
  errors.push(...nonNegative(spec.minReadySeconds, `${path}.minReadySeconds`));
  errors.push(...validateUpdateStrategy(spec.updateStrategy ?? {}, `${path}.updateStrategy`));
  errors.push(...nonNegative(spec.revisionHistoryLimit, `${path}.revisionHistoryLimit`));
  return errors;
}

export function validateUpdateStrategy({ type, rollingUpdate }: any, path: string): FieldError[] {
  if (type === "OnDelete") return [];
  if (type === "RollingUpdate") {
    if (!rollingUpdate) return [required(`${path}.rollingUpdate`)];
    return validateRollingUpdate(rollingUpdate, `${path}.rollingUpdate`);
  }
  const pointer = `(*apps.RollingUpdateDaemonSet)(${rollingUpdate ? "0xc000000000" : "nil"})`;
  const value = new GoValue(`apps.DaemonSetUpdateStrategy{Type:${quote(type ?? "")}, RollingUpdate:${pointer}}`);
  return [notSupported(path, value, ["RollingUpdate", "OnDelete"])];
}

const isZero = (value: number | string | undefined) =>
  typeof value === "string" ? (percent(value) ?? 0) === 0 : (value ?? 0) === 0;

export function validateRollingUpdate({ maxUnavailable, maxSurge }: any, path: string): FieldError[] {
  const errors = positiveIntOrPercent(maxUnavailable, `${path}.maxUnavailable`);
  errors.push(...positiveIntOrPercent(maxSurge, `${path}.maxSurge`));
  errors.push(...notMoreThanAll(maxUnavailable, `${path}.maxUnavailable`));
  errors.push(...notMoreThanAll(maxSurge, `${path}.maxSurge`));
  if (!isZero(maxUnavailable) && !isZero(maxSurge)) {
    const text = "may not be set when maxUnavailable is non-zero";
    errors.push(invalid(`${path}.maxSurge`, goIntOrString(maxSurge), text));
  } else if (isZero(maxUnavailable) && isZero(maxSurge)) {
    errors.push(required(`${path}.maxUnavailable`, "cannot be 0 when maxSurge is 0"));
  }
  return errors;
}

export function validateDaemonSetUpdate(daemonSet: DaemonSet, old: DaemonSet): FieldError[] {
  const errors = validateMetadataUpdate(daemonSet.metadata, old.metadata);
  if (!deepEqual(daemonSet.spec.selector, old.spec.selector))
    errors.push(immutable("spec.selector", goLabelSelector(daemonSet.spec.selector)));
  return errors;
}

const COUNTS = [
  "currentNumberScheduled",
  "numberMisscheduled",
  "desiredNumberScheduled",
  "numberReady",
  "observedGeneration",
  "updatedNumberScheduled",
  "numberAvailable",
  "numberUnavailable",
  "collisionCount",
];

export function validateDaemonSetStatusUpdate(daemonSet: DaemonSet, old: DaemonSet): FieldError[] {
  const status = (daemonSet.status ?? {}) as any;
  return [
    ...validateMetadataUpdate(daemonSet.metadata, old.metadata),
    ...COUNTS.flatMap((field) => nonNegative(status[field], `status.${field}`)),
    ...collisionsNotDecremented(status, old.status),
  ];
}
