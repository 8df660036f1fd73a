import type { FieldError } from "../../apiserver/status";
import { validateQuantity } from "../pod/validation/resources";
import { parseQuantity, quantityError } from "../quantity";
import { VOLUME_MODES, validateAccessModes } from "../storage/access-modes";
import { validateSize } from "../storage/size";
import { forbidden, invalid, notSupported, required } from "../validation/field-error";
import { validateLabelSelector, validateLabels } from "../validation/labels";
import { validateAnnotations } from "../validation/metadata";
import { isDns1123Label, isDns1123Subdomain } from "../validation/names";

/** ValidatePersistentVolumeClaimSpec: of claims, and of templates of ephemeral volumes. */
export function validateClaimSpec(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const modes: string[] = spec.accessModes ?? [];
  if (modes.length === 0) errors.push(required(`${path}.accessModes`, "at least 1 access mode is required"));
  errors.push(...validateLabelSelector(spec.selector, `${path}.selector`));
  errors.push(...validateAccessModes(modes, `${path}.accessModes`));
  errors.push(...validateRequest(spec.resources?.requests?.storage, `${path}.resources[storage]`));
  if (spec.storageClassName)
    for (const text of isDns1123Subdomain(spec.storageClassName))
      errors.push(invalid(`${path}.storageClassName`, spec.storageClassName, text));
  if (spec.volumeMode !== undefined && !VOLUME_MODES.includes(spec.volumeMode))
    errors.push(notSupported(`${path}.volumeMode`, spec.volumeMode, VOLUME_MODES));
  for (const field of ["dataSource", "dataSourceRef"])
    if (spec[field]) errors.push(...validateDataSource(spec[field], `${path}.${field}`));
  return [...errors, ...validateSourcesAgree(spec, path)];
}

function validateRequest(size: string | undefined, path: string): FieldError[] {
  if (size === undefined) return [required(path)];
  if (quantityError(size) !== undefined) return [];
  const errors = validateSize(size, path);
  return errors.length > 0 ? errors : validateQuantity("storage", parseQuantity(size), path);
}

function validateDataSource({ name, kind = "", apiGroup = "", namespace = "" }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${path}.name`));
  if (!kind) errors.push(required(`${path}.kind`));
  if (!apiGroup && kind !== "PersistentVolumeClaim") {
    errors.push(invalid(path, kind, "must be 'PersistentVolumeClaim' when referencing the default apiGroup"));
  }
  if (apiGroup)
    for (const text of isDns1123Subdomain(apiGroup)) errors.push(invalid(`${path}.apiGroup`, apiGroup, text));
  if (namespace)
    for (const text of isDns1123Label(namespace)) errors.push(invalid(`${path}.namespace`, namespace, text));
  return errors;
}

/** `dataSource` says what `dataSourceRef` says, less a namespace. */
function validateSourcesAgree({ dataSource, dataSourceRef }: any, path: string): FieldError[] {
  if (!dataSource || !dataSourceRef) return [];
  const at = `${path}.dataSource`;
  if (dataSourceRef.namespace)
    return [invalid(path, at, "may not be specified when dataSourceRef.namespace is specified")];
  const same = ["apiGroup", "kind", "name"].every((field) => dataSource[field] === dataSourceRef[field]);
  return same ? [] : [invalid(path, at, "must match dataSourceRef")];
}

/** What the metadata of a claim that is made for a pod may carry. */
const TEMPLATE_METADATA = ["annotations", "labels"];
/** As Go names it, with its first letter made small. */
const GO_NAMES: Record<string, string> = { uid: "uID" };

/** ValidatePersistentVolumeClaimTemplate */
export function validateClaimTemplate({ metadata = {}, spec = {} }: any, path: string): FieldError[] {
  const errors = validateAnnotations(metadata.annotations, `${path}.metadata.annotations`);
  errors.push(...validateLabels(metadata.labels, `${path}.metadata.labels`));
  for (const [field, value] of Object.entries(metadata)) {
    if (TEMPLATE_METADATA.includes(field) || value === null || value === undefined || value === "") continue;
    errors.push(forbidden(`${path}.metadata.${GO_NAMES[field] ?? field}`, "cannot be set"));
  }
  return [...errors, ...validateClaimSpec(spec, `${path}.spec`)];
}
