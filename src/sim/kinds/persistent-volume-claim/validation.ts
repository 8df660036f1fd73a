import type { FieldError } from "../../apiserver/status";
import { clone, deepEqual } from "../../kernel/freeze";
import { compareQuantities, parseQuantity, quantityError } from "../quantity";
import { CLASS_ANNOTATION } from "../storage/class-name";
import type { PersistentVolumeClaim } from "../types";
import { forbidden, immutable, invalid, required } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { validateClaimSpec } from "./spec-validation";

export const validatePersistentVolumeClaim = ({ metadata, spec }: PersistentVolumeClaim): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Subdomain),
  ...validateClaimSpec(spec, "spec"),
];

const FIXED =
  "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

const sizeOf = (text: unknown) => parseQuantity(quantityError(text) === undefined ? (text as string) : "0");

/** What the volume controller fills in may be set once: the volume, and the class of a claim that waited for a default one. */
export function validatePersistentVolumeClaimUpdate(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
): FieldError[] {
  const errors = validateMetadataUpdate(claim.metadata, old.metadata);
  const now = clone(claim.spec) as any;
  const before = clone(old.spec) as any;
  if (!before.volumeName) before.volumeName = now.volumeName;
  errors.push(...settleClass(claim, old, now));
  if (claim.status?.phase === "Bound" && now.resources?.requests) {
    now.resources.requests.storage = before.resources?.requests?.storage;
    if (now.volumeAttributesClassName !== undefined) now.volumeAttributesClassName = before.volumeAttributesClassName;
  }
  if (!deepEqual(now, before)) errors.push(forbidden("spec", FIXED));
  errors.push(...validateShrinking(claim, old));
  if (claim.spec.volumeMode !== old.spec.volumeMode) errors.push(immutable("volumeMode", claim.spec.volumeMode));
  if (claim.spec.volumeAttributesClassName !== old.spec.volumeAttributesClassName) {
    const text = "update is forbidden when the VolumeAttributesClass feature gate is disabled";
    errors.push(forbidden("spec.volumeAttributesClassName", text));
  }
  return errors;
}

/** The class may move from its annotation into its field, or be given to a claim that has none; `now` forgets what may change. */
function settleClass(claim: PersistentVolumeClaim, old: PersistentVolumeClaim, now: any): FieldError[] {
  const before = old.metadata.annotations?.[CLASS_ANNOTATION];
  const annotation = claim.metadata.annotations?.[CLASS_ANNOTATION];
  const named = old.spec.storageClassName === undefined && now.storageClassName !== undefined;
  const moved = named && now.storageClassName === before && (annotation === undefined || annotation === before);
  if (named && (before === undefined || now.storageClassName === before)) delete now.storageClassName;
  return moved || annotation === before
    ? []
    : [immutable(`metadata.annotations.${CLASS_ANNOTATION}`, annotation ?? "")];
}

/** A claim whose growth failed may ask for less, down to what it has. */
function validateShrinking(claim: PersistentVolumeClaim, old: PersistentVolumeClaim): FieldError[] {
  const size = sizeOf(claim.spec.resources?.requests?.storage);
  if (compareQuantities(size, sizeOf(old.spec.resources?.requests?.storage)) >= 0) return [];
  return compareQuantities(size, sizeOf(old.status?.capacity?.storage)) <= 0
    ? [forbidden("spec.resources.requests.storage", "field can not be less than status.capacity")]
    : [];
}

export function validatePersistentVolumeClaimStatus(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
): FieldError[] {
  const errors = validateMetadataUpdate(claim.metadata, old.metadata);
  if ((claim.spec.accessModes ?? []).length === 0) errors.push(required("Spec.accessModes"));
  for (const [name, size] of Object.entries((claim.status?.capacity ?? {}) as Record<string, string>)) {
    if (quantityError(size) === undefined && parseQuantity(size).nanos < 0n)
      errors.push(invalid(`status.capacity[${name}]`, size, "must be a valid resource quantity"));
  }
  return errors;
}
