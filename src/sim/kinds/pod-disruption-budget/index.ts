import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { PodDisruptionBudget } from "../types";
import { GoValue, invalid, notSupported } from "../validation/field-error";
import { validateLabelSelector } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { nonNegative, notMoreThanAll, positiveIntOrPercent } from "../validation/numbers";
import { isPathSegmentName } from "../validation/references";
import { prepareWorkloadForCreate, prepareWorkloadForUpdate } from "../workloads/strategy";

const EMPTY_STATUS = { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 };

/** How many pods may be disturbed at once (https://kubernetes.io/docs/concepts/workloads/pods/disruptions/). */
export const podDisruptionBudget: KindDefinition<PodDisruptionBudget> = {
  group: "policy",
  version: "v1",
  kind: "PodDisruptionBudget",
  plural: "poddisruptionbudgets",
  singular: "poddisruptionbudget",
  shortNames: ["pdb"],
  namespaced: true,
  hasStatus: true,
  setDefaults(draft: any) {
    draft.spec ??= {};
  },
  prepareForCreate: (draft) => prepareWorkloadForCreate(draft, EMPTY_STATUS),
  prepareForUpdate: (draft, old) => prepareWorkloadForUpdate(draft, old),
  validate: ({ metadata, spec }) => [
    ...validateMetadata(metadata, true, isPathSegmentName),
    ...validatePodDisruptionBudgetSpec(spec, "spec"),
  ],
  validateUpdate: ({ metadata }, old) => validateMetadataUpdate(metadata, old.metadata),
  validateStatusUpdate: ({ metadata, status }, old) => [
    ...validateMetadataUpdate(metadata, old.metadata),
    ...validatePodDisruptionBudgetStatus(status ?? {}, "status"),
  ],
  columns: [
    NAME_COLUMN,
    shown("Min Available"),
    shown("Max Unavailable"),
    shown("Allowed Disruptions", "integer"),
    AGE_COLUMN,
  ],
  row: ({ metadata, spec, status }, nowMs) => [
    metadata.name,
    String(spec.minAvailable ?? "N/A"),
    String(spec.maxUnavailable ?? "N/A"),
    status?.disruptionsAllowed ?? 0,
    age(metadata.creationTimestamp, nowMs),
  ],
};

/** All of its fields are pointers, whose addresses differ from run to run, so one stands for all. */
function goSpec(spec: any): GoValue {
  const pointer = (field: string, type: string) => `(*${type})(${spec[field] === undefined ? "nil" : "0xc000000000"})`;
  const members = [
    `MinAvailable:${pointer("minAvailable", "intstr.IntOrString")}`,
    `Selector:${pointer("selector", "v1.LabelSelector")}`,
    `MaxUnavailable:${pointer("maxUnavailable", "intstr.IntOrString")}`,
    `UnhealthyPodEvictionPolicy:${pointer("unhealthyPodEvictionPolicy", "policy.UnhealthyPodEvictionPolicyType")}`,
  ];
  return new GoValue(`policy.PodDisruptionBudgetSpec{${members.join(", ")}}`);
}

export function validatePodDisruptionBudgetSpec(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.minAvailable !== undefined && spec.maxUnavailable !== undefined)
    errors.push(invalid(path, goSpec(spec), "minAvailable and maxUnavailable cannot be both set"));
  for (const field of ["minAvailable", "maxUnavailable"]) {
    if (spec[field] === undefined) continue;
    errors.push(...positiveIntOrPercent(spec[field], `${path}.${field}`));
    errors.push(...notMoreThanAll(spec[field], `${path}.${field}`));
  }
  errors.push(...validateLabelSelector(spec.selector, `${path}.selector`));
  const policy = spec.unhealthyPodEvictionPolicy;
  if (policy !== undefined && policy !== "AlwaysAllow" && policy !== "IfHealthyBudget")
    errors.push(notSupported(`${path}.unhealthyPodEvictionPolicy`, policy, ["AlwaysAllow", "IfHealthyBudget"]));
  return errors;
}

export const validatePodDisruptionBudgetStatus = (status: any, path: string): FieldError[] =>
  ["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"].flatMap((field) =>
    nonNegative(status[field], `${path}.${field}`),
  );
