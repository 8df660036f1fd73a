import type { FieldError } from "../../apiserver/status";
import type { ReplicationController } from "../types";
import { required } from "../validation/field-error";
import { selectorMatches } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative } from "../validation/numbers";
import { mismatch, validateReplicaStatus, validateRunningTemplate } from "../workloads/validation";

export const validateReplicationController = ({ metadata, spec }: ReplicationController): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Subdomain),
  ...validateReplicationControllerSpec(spec, "spec"),
];

export function validateReplicationControllerSpec(spec: any, path: string): FieldError[] {
  const selector = (spec.selector ?? {}) as Record<string, string>;
  const errors = nonNegative(spec.minReadySeconds, `${path}.minReadySeconds`);
  errors.push(...validateNotEmpty(selector, `${path}.selector`));
  errors.push(...nonNegative(spec.replicas, `${path}.replicas`));
  return [...errors, ...validateReplicationControllerTemplate(spec.template, selector, `${path}.template`)];
}

/** ValidateNonEmptySelector */
export const validateNotEmpty = (selector: Record<string, string> | undefined, path: string): FieldError[] =>
  Object.keys(selector ?? {}).length === 0 ? [required(path)] : [];

/** ValidatePodTemplateSpecForRC. */
export function validateReplicationControllerTemplate(
  template: any,
  selector: Record<string, string>,
  path: string,
): FieldError[] {
  if (!template) return [required(path)];
  const errors: FieldError[] = [];
  if (!selectorMatches({ matchLabels: selector }, template.metadata?.labels))
    errors.push(mismatch(template.metadata?.labels, path));
  return [...errors, ...validateRunningTemplate(template, path, "ReplicationController")];
}

export const validateReplicationControllerUpdate = (
  now: ReplicationController,
  old: ReplicationController,
): FieldError[] => validateMetadataUpdate(now.metadata, old.metadata);

export const validateReplicationControllerStatusUpdate = (
  now: ReplicationController,
  old: ReplicationController,
): FieldError[] => [...validateMetadataUpdate(now.metadata, old.metadata), ...validateReplicaStatus(now.status)];
