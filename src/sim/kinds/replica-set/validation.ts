import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import type { ReplicaSet } from "../types";
import { immutable } from "../validation/field-error";
import { goLabelSelector } from "../validation/go-syntax";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative } from "../validation/numbers";
import { validateReplicaStatus, validateSelector, validateTemplate } from "../workloads/validation";

export const validateReplicaSet = ({ metadata, spec }: ReplicaSet): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Subdomain),
  ...validateReplicaSetSpec(spec, "spec"),
];

export function validateReplicaSetSpec(
  { replicas, minReadySeconds, selector, template }: any,
  path: string,
): FieldError[] {
  return [
    ...nonNegative(replicas, `${path}.replicas`),
    ...nonNegative(minReadySeconds, `${path}.minReadySeconds`),
    ...validateSelector(selector, `${path}.selector`),
    ...validateTemplate(template, selector, `${path}.template`, `${path}.selector`),
  ];
}

export function validateReplicaSetUpdate(replicaSet: ReplicaSet, old: ReplicaSet): FieldError[] {
  const errors = validateMetadataUpdate(replicaSet.metadata, old.metadata);
  if (!deepEqual(replicaSet.spec.selector, old.spec.selector)) {
    errors.push(immutable("spec.selector", goLabelSelector(replicaSet.spec.selector)));
  }
  return errors;
}

export const validateReplicaSetStatusUpdate = (replicaSet: ReplicaSet, old: ReplicaSet): FieldError[] => [
  ...validateMetadataUpdate(replicaSet.metadata, old.metadata),
  ...validateReplicaStatus(replicaSet.status),
];
