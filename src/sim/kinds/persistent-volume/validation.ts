import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { validateNodeSelector } from "../pod/validation/scheduling";
import { VOLUME_MODES, validateAccessModes } from "../storage/access-modes";
import { validateSize } from "../storage/size";
import type { PersistentVolume } from "../types";
import { forbidden, GoValue, immutable, invalid, notSupported, required } from "../validation/field-error";
import { goStringMap } from "../validation/go-syntax";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { validatePersistentSource } from "./source";

const RECLAIM_POLICIES = ["Delete", "Recycle", "Retain"];
/** Fields of the spec that are not its source. */
const NOT_SOURCE = new Set(
  "capacity accessModes claimRef persistentVolumeReclaimPolicy storageClassName mountOptions volumeMode nodeAffinity volumeAttributesClassName".split(
    " ",
  ),
);

export const validatePersistentVolume = ({ metadata, spec }: PersistentVolume): FieldError[] => [
  ...validateMetadata(metadata, false, isDns1123Subdomain),
  ...validatePersistentVolumeSpec(spec, "spec"),
];

export function validatePersistentVolumeSpec(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const modes: string[] = spec.accessModes ?? [];
  if (modes.length === 0) errors.push(required(`${path}.accessModes`));
  errors.push(...validateAccessModes(modes, `${path}.accessModes`));
  errors.push(...validateCapacity(spec.capacity ?? {}, `${path}.capacity`));
  const policy = spec.persistentVolumeReclaimPolicy;
  const atPolicy = `${path}.persistentVolumeReclaimPolicy`;
  if (policy && !RECLAIM_POLICIES.includes(policy)) errors.push(notSupported(atPolicy, policy, RECLAIM_POLICIES));
  errors.push(...validateVolumeNodeAffinity(spec.nodeAffinity, `${path}.nodeAffinity`));
  errors.push(...validatePersistentSource(spec, path));
  if (policy === "Recycle" && isRoot(spec.hostPath?.path))
    errors.push(forbidden(atPolicy, "may not be 'recycle' for a hostPath mount of '/'"));
  if (spec.storageClassName)
    for (const text of isDns1123Subdomain(spec.storageClassName))
      errors.push(invalid(`${path}.storageClassName`, spec.storageClassName, text));
  if (spec.volumeMode !== undefined && !VOLUME_MODES.includes(spec.volumeMode))
    errors.push(notSupported(`${path}.volumeMode`, spec.volumeMode, VOLUME_MODES));
  return errors;
}

const INLINE = "in the context of inline volumes";

/** A volume that is written out where it is attached, which only those of CSI drivers can be; it belongs to no claim. */
export function validateInlineVolumeSpec(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const not = (field: string) => forbidden(`${path}.${field}`, `may not be specified ${INLINE}`);
  if (spec.claimRef) errors.push(not("claimRef"));
  if (Object.keys(spec.capacity ?? {}).length > 0) errors.push(not("capacity"));
  if (!spec.csi) errors.push(required(`${path}.csi`, `has to be specified ${INLINE}`));
  const modes: string[] = spec.accessModes ?? [];
  if (modes.length === 0) errors.push(required(`${path}.accessModes`));
  errors.push(...validateAccessModes(modes, `${path}.accessModes`));
  const policy = spec.persistentVolumeReclaimPolicy;
  if (policy && policy !== "Retain")
    errors.push(forbidden(`${path}.persistentVolumeReclaimPolicy`, `may only be Retain ${INLINE}`));
  if (spec.nodeAffinity) errors.push(not("nodeAffinity"));
  errors.push(...validatePersistentSource(spec, path));
  if (spec.storageClassName) errors.push(not("storageClassName"));
  if (spec.volumeMode !== undefined && spec.volumeMode !== "Filesystem")
    errors.push(forbidden(`${path}.volumeMode`, `may not specify volumeMode other than Filesystem ${INLINE}`));
  return errors;
}

/** Whether a path means the root, as Go's path.Clean reads it. */
function isRoot(path: string | undefined): boolean {
  if (!path?.startsWith("/")) return false;
  let depth = 0;
  for (const part of path.split("/")) {
    if (part === "..") depth = Math.max(0, depth - 1);
    else if (part !== "" && part !== ".") depth++;
  }
  return depth === 0;
}

function validateCapacity(capacity: Record<string, string>, path: string): FieldError[] {
  const names = Object.keys(capacity);
  const errors = names.length === 0 ? [required(path)] : [];
  if (capacity.storage === undefined || names.length > 1) {
    const value = new GoValue(goStringMap(capacity).text.replace("map[string]string", "core.ResourceList"));
    errors.push(notSupported(path, value, ["storage"]));
  }
  return [...errors, ...names.flatMap((name) => validateSize(capacity[name]!, `${path}[${name}]`))];
}

function validateVolumeNodeAffinity(affinity: any, path: string): FieldError[] {
  if (!affinity) return [];
  if (!affinity.required) return [required(`${path}.required`, "must specify required node constraints")];
  return validateNodeSelector(affinity.required, `${path}.required`);
}

const source = (spec: any) => Object.fromEntries(Object.entries(spec).filter(([field]) => !NOT_SOURCE.has(field)));

/** The secret with which a CSI volume grows may be given later. */
function sourceOnUpdate(spec: any, old: any): object {
  if (!spec.csi?.controllerExpandSecretRef || !old.csi || old.csi.controllerExpandSecretRef) return source(spec);
  const { controllerExpandSecretRef: _, ...csi } = spec.csi;
  return source({ ...spec, csi });
}

/** The server adds what differs in Go's syntax, which no two builds print alike; the sentence alone is kept. */
export function validatePersistentVolumeUpdate(volume: PersistentVolume, old: PersistentVolume): FieldError[] {
  const errors: FieldError[] = [];
  const { spec } = volume;
  if (!deepEqual(sourceOnUpdate(spec, old.spec), source(old.spec)))
    errors.push(forbidden("spec.persistentvolumesource", "spec.persistentvolumesource is immutable after creation"));
  if (spec.volumeMode !== old.spec.volumeMode) errors.push(immutable("volumeMode", spec.volumeMode));
  if (old.spec.nodeAffinity && !deepEqual(spec.nodeAffinity, old.spec.nodeAffinity))
    errors.push(immutable("nodeAffinity", spec.nodeAffinity));
  if (spec.volumeAttributesClassName !== old.spec.volumeAttributesClassName) {
    const text = "update is forbidden when the VolumeAttributesClass feature gate is disabled";
    errors.push(forbidden("spec.volumeAttributesClassName", text));
  }
  return errors;
}

export const validatePersistentVolumeStatus = ({ metadata }: PersistentVolume, old: PersistentVolume): FieldError[] =>
  validateMetadataUpdate(metadata, old.metadata);
