import type { FieldError } from "../../apiserver/status";
import { clone, deepEqual } from "../../kernel/freeze";
import type { StatefulSet } from "../types";
import { forbidden, GoValue, invalid, notSupported, quote, required } from "../validation/field-error";
import { goIntOrString, goLabelSelector } from "../validation/go-syntax";
import {
  selectorCompiles,
  selectorIsEmpty,
  selectorMatches,
  validateLabelSelector,
  validateLabels,
} from "../validation/labels";
import { validateAnnotations, validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Label } from "../validation/names";
import { nonNegative, notMoreThanAll, positiveIntOrPercent } from "../validation/numbers";
import { collisionsNotDecremented, mismatch } from "../workloads/validation";

export const validateStatefulSet = ({ metadata, spec }: StatefulSet): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Label),
  ...validateStatefulSetSpec(spec, "spec"),
];

/** ValidateStatefulSetSpec. The pods of its template are validated only when they are made, as long as 1.33 lasts. */
export function validateStatefulSetSpec(statefulSetSpec: StatefulSet["spec"], path: string): FieldError[] {
  const spec = statefulSetSpec as any;
  const errors: FieldError[] = [];
  const policy = spec.podManagementPolicy;
  if (!policy) errors.push(required(`${path}.podManagementPolicy`));
  else if (policy !== "OrderedReady" && policy !== "Parallel")
    errors.push(invalid(`${path}.podManagementPolicy`, policy, "must be 'OrderedReady' or 'Parallel'"));
  errors.push(...validateUpdateStrategy(spec.updateStrategy ?? {}, `${path}.updateStrategy`));
  const retention = spec.persistentVolumeClaimRetentionPolicy;
  for (const when of retention ? ["whenDeleted", "whenScaled"] : []) {
    if (retention[when] === "Retain" || retention[when] === "Delete") continue;
    const at = `${path}.persistentVolumeClaimRetentionPolicy.${when}`;
    errors.push(notSupported(at, retention[when] ?? "", ["Retain", "Delete"]));
  }
  errors.push(...nonNegative(spec.replicas, `${path}.replicas`));
  errors.push(...nonNegative(spec.minReadySeconds, `${path}.minReadySeconds`));
  errors.push(...nonNegative(spec.ordinals?.start, `${path}.ordinals.start`));
  errors.push(...validateSelectorAndTemplate(spec, path));
  const pod = spec.template?.spec ?? {};
  const at = `${path}.template.spec`;
  if (pod.restartPolicy !== "Always")
    errors.push(notSupported(`${at}.restartPolicy`, pod.restartPolicy ?? "", ["Always"]));
  if (pod.activeDeadlineSeconds !== undefined && pod.activeDeadlineSeconds !== null) {
    errors.push(forbidden(`${at}.activeDeadlineSeconds`, "activeDeadlineSeconds in StatefulSet is not Supported"));
  }
  return errors;
}

function validateSelectorAndTemplate({ selector, template }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const at = `${path}.selector`;
  if (!selector) errors.push(required(at));
  else {
    errors.push(...validateLabelSelector(selector, at));
    if (selectorIsEmpty(selector))
      errors.push(invalid(at, goLabelSelector(selector), "empty selector is invalid for statefulset"));
  }
  if (selector && !selectorCompiles(selector)) return [...errors, invalid(at, goLabelSelector(selector), "")];
  return [...errors, ...validateStatefulTemplate(template, selector, `${path}.template`)];
}

/** No selector at all selects nothing, so that no template matches it. */
export function validateStatefulTemplate(template: any, selector: any, path: string): FieldError[] {
  const { labels, annotations } = template?.metadata ?? {};
  const matches = selector !== undefined && (selectorIsEmpty(selector) || selectorMatches(selector, labels));
  return [
    ...(matches ? [] : [mismatch(labels, path)]),
    ...validateLabels(labels, `${path}.labels`),
    ...validateAnnotations(annotations, `${path}.annotations`),
  ];
}

function goRolling(rolling: any): string {
  return `apps.RollingUpdateStatefulSetStrategy{Partition:${rolling.partition ?? 0}, MaxUnavailable:(*intstr.IntOrString)(${rolling.maxUnavailable === undefined ? "nil" : "0xc000000000"})}`;
}

function validateUpdateStrategy(strategy: any, path: string): FieldError[] {
  const { type, rollingUpdate } = strategy;
  if (!type) return [required(path)];
  if (type === "OnDelete") {
    if (!rollingUpdate) return [];
    return [
      invalid(
        `${path}.rollingUpdate`,
        new GoValue(goRolling(rollingUpdate)),
        "only allowed for updateStrategy 'RollingUpdate'",
      ),
    ];
  }
  if (type === "RollingUpdate")
    return rollingUpdate ? validateRollingUpdate(rollingUpdate, `${path}.rollingUpdate`) : [];
  const pointer = `(*apps.RollingUpdateStatefulSetStrategy)(${rollingUpdate ? "0xc000000000" : "nil"})`;
  const value = new GoValue(`apps.StatefulSetUpdateStrategy{Type:${quote(type)}, RollingUpdate:${pointer}}`);
  return [invalid(path, value, "must be 'RollingUpdate' or 'OnDelete'")];
}

function validateRollingUpdate({ partition, maxUnavailable }: any, path: string): FieldError[] {
  const errors = nonNegative(partition, `${path}.partition`);
  if (maxUnavailable === undefined || maxUnavailable === null) return errors;
  const at = `${path}.maxUnavailable`;
  errors.push(...positiveIntOrPercent(maxUnavailable, at));
  if (maxUnavailable === 0 || Number.parseInt(String(maxUnavailable), 10) === 0)
    errors.push(invalid(at, goIntOrString(maxUnavailable), "cannot be 0"));
  return [...errors, ...notMoreThanAll(maxUnavailable, at)];
}

const MUTABLE = [
  "replicas",
  "template",
  "updateStrategy",
  "minReadySeconds",
  "ordinals",
  "revisionHistoryLimit",
  "persistentVolumeClaimRetentionPolicy",
];
const FIXED =
  "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden";

export function validateStatefulSetUpdate(statefulSet: StatefulSet, old: StatefulSet): FieldError[] {
  const errors = validateMetadataUpdate(statefulSet.metadata, old.metadata);
  const fixed = ({ spec }: StatefulSet) => {
    const rest = clone(spec) as any;
    for (const field of MUTABLE) delete rest[field];
    return rest;
  };
  if (!deepEqual(fixed(statefulSet), fixed(old))) errors.push(forbidden("spec", FIXED));
  return errors;
}

const MORE_THAN_ALL = "cannot be greater than status.replicas";

export function validateStatefulSetStatus(status: any, path: string): FieldError[] {
  const { replicas = 0, availableReplicas = 0, readyReplicas = 0 } = status;
  const errors: FieldError[] = [];
  const counts = ["replicas", "readyReplicas", "currentReplicas", "updatedReplicas", "availableReplicas"];
  for (const field of [...counts, "observedGeneration", "collisionCount"])
    errors.push(...nonNegative(status[field], `${path}.${field}`));
  for (const field of counts.slice(1)) {
    if ((status[field] ?? 0) > replicas) errors.push(invalid(`${path}.${field}`, status[field] ?? 0, MORE_THAN_ALL));
  }
  if (availableReplicas > readyReplicas) {
    errors.push(invalid(`${path}.availableReplicas`, availableReplicas, "cannot be greater than status.readyReplicas"));
  }
  return errors;
}

export const validateStatefulSetStatusUpdate = (statefulSet: StatefulSet, old: StatefulSet): FieldError[] => [
  ...validateStatefulSetStatus(statefulSet.status ?? {}, "status"),
  ...validateMetadataUpdate(statefulSet.metadata, old.metadata),
  ...collisionsNotDecremented(statefulSet.status, old.status),
];
