import type { FieldError } from "../../apiserver/status";
import { clone, deepEqual } from "../../kernel/freeze";
import { VOLUME_MODES } from "../persistent-volume/validation";
import { compareQuantities, parseQuantity, quantityError } from "../quantity";
import { validateAccessModes } from "../storage/access-modes";
import { CLASS_ANNOTATION } from "../storage/class-name";
import { validateSize } from "../storage/size";
import type { PersistentVolumeClaim } from "../types";
import { forbidden, immutable, invalid, notSupported, required } from "../validation/field-error";
import { validateLabelSelector } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";

export const validatePersistentVolumeClaim = ({ metadata, spec }: PersistentVolumeClaim): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Subdomain),
  ...validateClaimSpec(spec, "spec"),
];

/** ValidatePersistentVolumeClaimSpec: of claims, of templates of ephemeral volumes and of StatefulSets. */
export function validateClaimSpec(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const modes: string[] = spec.accessModes ?? [];
  if (modes.length === 0) errors.push(required(`${path}.accessModes`, "at least 1 access mode is required"));
  errors.push(...validateLabelSelector(spec.selector, `${path}.selector`));
  errors.push(...validateAccessModes(modes, `${path}.accessModes`));
  const size = spec.resources?.requests?.storage;
  const atSize = `${path}.resources[storage]`;
  errors.push(...(size === undefined ? [required(atSize)] : validateSize(size, atSize)));
  if (spec.storageClassName)
    for (const text of isDns1123Subdomain(spec.storageClassName))
      errors.push(invalid(`${path}.storageClassName`, spec.storageClassName, text));
  if (spec.volumeMode && !VOLUME_MODES.includes(spec.volumeMode))
    errors.push(notSupported(`${path}.volumeMode`, spec.volumeMode, VOLUME_MODES));
  for (const field of ["dataSource", "dataSourceRef"])
    if (spec[field]) errors.push(...validateDataSource(spec[field], `${path}.${field}`));
  return errors;
}

function validateDataSource(source: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!source.name) errors.push(required(`${path}.name`));
  if (!source.kind) errors.push(required(`${path}.kind`));
  const group = source.apiGroup ?? "";
  if (group === "" && source.kind !== "PersistentVolumeClaim") errors.push(invalid(path, source.kind ?? "", ""));
  if (group) for (const text of isDns1123Subdomain(group)) errors.push(invalid(path, group, text));
  return errors;
}

const FIXED =
  "spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims";

const sizeOf = (text: unknown) => parseQuantity(quantityError(text) === undefined ? (text as string) : "0");

/** What the volume controller fills in may be set once: the volume, and the class of a claim that waited for a default one. */
export function validatePersistentVolumeClaimUpdate(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
): FieldError[] {
  const errors = validateMetadataUpdate(claim.metadata, old.metadata);
  const { annotations } = claim.metadata;
  const now = clone(claim.spec) as any;
  const before = clone(old.spec) as any;
  if (!before.volumeName) before.volumeName = now.volumeName;
  const moved = before.storageClassName === undefined && !old.metadata.annotations?.[CLASS_ANNOTATION];
  if (moved) before.storageClassName = now.storageClassName;
  const size = sizeOf(now.resources?.requests?.storage);
  const oldSize = sizeOf(before.resources?.requests?.storage);
  if (old.status?.phase === "Bound" && compareQuantities(size, oldSize) !== 0 && now.resources && before.resources)
    now.resources.requests = before.resources.requests;
  before.volumeAttributesClassName = now.volumeAttributesClassName;
  if (!deepEqual(now, before)) errors.push(forbidden("spec", FIXED));
  if (compareQuantities(size, oldSize) < 0) {
    const capacity = old.status?.capacity?.storage;
    if (capacity === undefined || compareQuantities(size, sizeOf(capacity)) <= 0)
      errors.push(forbidden("spec.resources.requests.storage", "field can not be less than status.capacity"));
  }
  const oldClass = old.metadata.annotations?.[CLASS_ANNOTATION];
  if (oldClass !== annotations?.[CLASS_ANNOTATION])
    errors.push(immutable(`metadata.annotations.${CLASS_ANNOTATION}`, annotations?.[CLASS_ANNOTATION] ?? ""));
  if (claim.spec.volumeMode !== old.spec.volumeMode) errors.push(immutable("volumeMode", claim.spec.volumeMode));
  return errors;
}

export function validatePersistentVolumeClaimStatus(
  claim: PersistentVolumeClaim,
  old: PersistentVolumeClaim,
): FieldError[] {
  const errors = validateMetadataUpdate(claim.metadata, old.metadata);
  if ((claim.spec.accessModes ?? []).length === 0) errors.push(required("Spec.accessModes"));
  return errors;
}
