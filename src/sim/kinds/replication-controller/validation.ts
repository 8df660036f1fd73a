import type { FieldError } from "../../apiserver/status";
import type { ReplicationController } from "../types";
import { required } from "../validation/field-error";
import { selectorMatches } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative } from "../validation/numbers";
import { mismatch, validateReplicaStatus, validateRunningTemplate } from "../workloads/validation";

export function validateReplicationController({ metadata, spec }: ReplicationController): FieldError[] {
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  const selector = (spec.selector ?? {}) as Record<string, string>;
  errors.push(...nonNegative(spec.minReadySeconds, "spec.minReadySeconds"));
  if (Object.keys(selector).length === 0) errors.push(required("spec.selector"));
  errors.push(...nonNegative(spec.replicas, "spec.replicas"));
  const template = spec.template as any;
  if (!template) return [...errors, required("spec.template")];
  if (!selectorMatches({ matchLabels: selector }, template.metadata?.labels))
    errors.push(mismatch(template.metadata?.labels, "spec.template"));
  return [...errors, ...validateRunningTemplate(template, "spec.template")];
}

export const validateReplicationControllerUpdate = (
  now: ReplicationController,
  old: ReplicationController,
): FieldError[] => validateMetadataUpdate(now.metadata, old.metadata);

export const validateReplicationControllerStatusUpdate = (
  now: ReplicationController,
  old: ReplicationController,
): FieldError[] => [...validateMetadataUpdate(now.metadata, old.metadata), ...validateReplicaStatus(now.status)];
