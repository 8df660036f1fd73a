import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { StorageClass } from "../types";
import {
  duplicate,
  forbidden,
  GoValue,
  immutable,
  invalid,
  notSupported,
  required,
  tooLong,
} from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain, isLabelValue, isQualifiedName } from "../validation/names";
import { isDefaultClass } from "./class-name";

const MAX_PARAMETERS = 512;
const MAX_PARAMETERS_BYTES = 256 * 1024;
const RECLAIM_POLICIES = ["Delete", "Retain"];
const BINDING_MODES = ["Immediate", "WaitForFirstConsumer"];

/** How volumes are made that do not exist yet (https://kubernetes.io/docs/concepts/storage/storage-classes). */
export const storageClass: KindDefinition<StorageClass> = {
  group: "storage.k8s.io",
  version: "v1",
  kind: "StorageClass",
  plural: "storageclasses",
  singular: "storageclass",
  shortNames: ["sc"],
  namespaced: false,
  setDefaults(draft: any) {
    draft.provisioner ??= "";
    draft.reclaimPolicy ??= "Delete";
    draft.volumeBindingMode ??= "Immediate";
  },
  validate: validateStorageClass,
  validateUpdate: validateStorageClassUpdate,
  columns: [
    NAME_COLUMN,
    shown("Provisioner"),
    shown("ReclaimPolicy"),
    shown("VolumeBindingMode"),
    shown("AllowVolumeExpansion"),
    AGE_COLUMN,
  ],
  row: (object, nowMs) => {
    const { metadata, provisioner, reclaimPolicy, volumeBindingMode, allowVolumeExpansion } = object;
    return [
      isDefaultClass(object as never) ? `${metadata.name} (default)` : metadata.name,
      provisioner,
      reclaimPolicy ?? "Delete",
      volumeBindingMode ?? "Immediate",
      allowVolumeExpansion ?? false,
      age(metadata.creationTimestamp, nowMs),
    ];
  },
};

function validateStorageClass(object: StorageClass): FieldError[] {
  const { metadata, provisioner, parameters, reclaimPolicy, volumeBindingMode } = object;
  const errors = validateMetadata(metadata, false, isDns1123Subdomain);
  if (!provisioner) errors.push(required("provisioner"));
  else
    errors.push(...isQualifiedName(provisioner.toLowerCase()).map((text) => invalid("provisioner", provisioner, text)));
  errors.push(...validateParameters((parameters ?? {}) as Record<string, string>));
  if (reclaimPolicy && !RECLAIM_POLICIES.includes(reclaimPolicy))
    errors.push(notSupported("reclaimPolicy", reclaimPolicy, RECLAIM_POLICIES));
  if (!volumeBindingMode) errors.push(required("volumeBindingMode"));
  else if (!BINDING_MODES.includes(volumeBindingMode))
    errors.push(notSupported("volumeBindingMode", volumeBindingMode, BINDING_MODES));
  return [...errors, ...validateTopologies((object.allowedTopologies ?? []) as any[], "allowedTopologies")];
}

function validateParameters(parameters: Record<string, string>): FieldError[] {
  const entries = Object.entries(parameters);
  if (entries.length > MAX_PARAMETERS) return [tooLong("parameters", MAX_PARAMETERS)];
  const errors = entries
    .filter(([name]) => name === "")
    .map(() => invalid("parameters", "", "field can not be empty."));
  const bytes = entries.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  return bytes > MAX_PARAMETERS_BYTES ? [...errors, tooLong("parameters", MAX_PARAMETERS_BYTES)] : errors;
}

/** No two terms may ask for the same, whatever the order of their values. */
function validateTopologies(terms: readonly any[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const seen: Record<string, string[]>[] = [];
  for (const [index, { matchLabelExpressions = [] }] of terms.entries()) {
    const at = `${path}[${index}].matchLabelExpressions`;
    const wanted: Record<string, string[]> = {};
    for (const [position, { key = "", values = [] }] of matchLabelExpressions.entries()) {
      errors.push(...validateTopologyValues(key, values, `${at}[${position}]`));
      if (key in wanted) errors.push(duplicate(`${at}[${position}].key`, key));
      wanted[key] = [...new Set<string>(values)].sort();
    }
    // One that asks for nothing is a duplicate from the start.
    if (Object.keys(wanted).length === 0 || seen.some((one) => deepEqual(one, wanted))) errors.push(duplicate(at, ""));
    seen.push(wanted);
  }
  return errors;
}

function validateTopologyValues(key: string, values: readonly string[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (values.length === 0) errors.push(required(`${path}.values`));
  for (const [index, value] of values.entries()) {
    if (values.indexOf(value) < index) errors.push(duplicate(`${path}.values[${index}]`, value));
    for (const text of isLabelValue(value)) errors.push(invalid(`${path}.values[${index}]`, value, text));
  }
  return [...errors, ...isQualifiedName(key).map((text) => invalid(`${path}.key`, key, text))];
}

export function validateStorageClassUpdate(now: StorageClass, old: StorageClass): FieldError[] {
  const errors = validateMetadataUpdate(now.metadata, old.metadata);
  if (!deepEqual(now.parameters ?? {}, old.parameters ?? {}))
    errors.push(forbidden("parameters", "updates to parameters are forbidden."));
  if (now.provisioner !== old.provisioner)
    errors.push(forbidden("provisioner", "updates to provisioner are forbidden."));
  if (now.reclaimPolicy !== old.reclaimPolicy)
    errors.push(forbidden("reclaimPolicy", "updates to reclaimPolicy are forbidden."));
  if (now.volumeBindingMode !== old.volumeBindingMode)
    errors.push(immutable("volumeBindingMode", new GoValue(JSON.stringify(now.volumeBindingMode ?? null))));
  return errors;
}
