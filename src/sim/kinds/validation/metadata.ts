import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import type { ObjectMeta } from "../../types";
import { utf8Length } from "../secret/encode";
import { forbidden, immutable, invalid, NIL, required, tooLong } from "./field-error";
import { goStrings } from "./go-syntax";
import { validateLabels } from "./labels";
import { isDns1123Label, isQualifiedName } from "./names";
import { nonNegative } from "./numbers";

export const MAX_ANNOTATIONS_BYTES = 256 * 1024;

type NameCheck = (name: string) => string[];

/** The prefix that a generated name starts with may end in a dash, which the name as a whole may not. */
const maskTrailingDash = (prefix: string) =>
  prefix.length > 1 && prefix.endsWith("-") ? `${prefix.slice(0, -2)}a` : prefix;

/** Finalizers without a domain that mean something to Kubernetes. */
const STANDARD_FINALIZERS = ["kubernetes", "orphan", "foregroundDeletion"];

/** validateKubeFinalizerName */
export const kubeFinalizerComplaints = (name: string): string[] =>
  name.includes("/") || STANDARD_FINALIZERS.includes(name)
    ? []
    : ["name is neither a standard finalizer name nor is it fully qualified"];

/** ValidateObjectMeta of the built-in kinds, whose finalizers have a domain. */
export function validateMetadata(
  metadata: ObjectMeta,
  namespaced: boolean,
  nameCheck: NameCheck,
  path = "metadata",
): FieldError[] {
  const errors = validateAnyMetadata(metadata, namespaced, nameCheck, path);
  for (const [index, finalizer] of (metadata.finalizers ?? []).entries())
    for (const text of kubeFinalizerComplaints(finalizer))
      errors.push(invalid(`${path}.finalizers[${index}]`, finalizer, text));
  return errors;
}

/** ValidateObjectMeta of every kind: names, labels, annotations, owners, finalizers. */
export function validateAnyMetadata(
  metadata: ObjectMeta,
  namespaced: boolean,
  nameCheck: NameCheck,
  path = "metadata",
): FieldError[] {
  const errors: FieldError[] = [];
  const { name, namespace, generateName } = metadata;
  if (generateName) {
    for (const text of nameCheck(maskTrailingDash(generateName)))
      errors.push(invalid(`${path}.generateName`, generateName, text));
  }
  if (!name) errors.push(required(`${path}.name`, "name or generateName is required"));
  else for (const text of nameCheck(name)) errors.push(invalid(`${path}.name`, name, text));
  if (namespaced) {
    if (!namespace) errors.push(required(`${path}.namespace`));
    else for (const text of isDns1123Label(namespace)) errors.push(invalid(`${path}.namespace`, namespace, text));
  } else if (namespace) {
    errors.push(forbidden(`${path}.namespace`, "not allowed on this type"));
  }
  errors.push(...nonNegative(Number(metadata.generation ?? 0), `${path}.generation`));
  errors.push(...validateLabels(metadata.labels as Record<string, string>, `${path}.labels`));
  errors.push(...validateAnnotations(metadata.annotations as Record<string, string>, `${path}.annotations`));
  errors.push(...validateOwners(metadata, `${path}.ownerReferences`));
  errors.push(...validateFinalizers(metadata.finalizers, `${path}.finalizers`));
  return errors;
}

export function validateAnnotations(annotations: Record<string, string> | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let bytes = 0;
  for (const key of Object.keys(annotations ?? {}).sort()) {
    for (const text of isQualifiedName(key.toLowerCase())) errors.push(invalid(path, key, text));
    bytes += utf8Length(key) + utf8Length(String(annotations![key] ?? ""));
  }
  if (bytes > MAX_ANNOTATIONS_BYTES) errors.push(tooLong(path, MAX_ANNOTATIONS_BYTES));
  return errors;
}

function validateOwners(metadata: ObjectMeta, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let controller = "";
  for (const owner of (metadata.ownerReferences ?? []) as any[]) {
    if (!owner.apiVersion)
      errors.push(invalid(`${path}.apiVersion`, owner.apiVersion ?? "", "version must not be empty"));
    for (const field of ["kind", "name", "uid"]) {
      if (!owner[field]) errors.push(invalid(`${path}.${field}`, owner[field] ?? "", `${field} must not be empty`));
    }
    if (owner.apiVersion === "v1" && owner.kind === "Event") {
      errors.push(invalid(path, owner.name, "/v1, Kind=Event is disallowed from being an owner"));
    }
    if (!owner.controller) continue;
    const current = `${owner.kind}/${owner.name}`;
    if (controller) {
      const text = `Only one reference can have Controller set to true. Found "true" in references for ${controller} and ${current}`;
      errors.push(invalid(path, NIL, text));
    } else {
      controller = current;
    }
  }
  return errors;
}

function validateFinalizers(finalizers: readonly string[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const finalizer of finalizers ?? []) {
    for (const text of isQualifiedName(finalizer)) errors.push(invalid(path, finalizer, text));
  }
  if (finalizers?.includes("orphan") && finalizers.includes("foregroundDeletion")) {
    errors.push(invalid(path, goStrings(finalizers), "finalizer orphan and foregroundDeletion cannot be both set"));
  }
  return errors;
}

/** ValidateObjectMetaUpdate, less what `validateMetadata` says of the new object anyway. */
export function validateMetadataUpdate(metadata: ObjectMeta, old: ObjectMeta, path = "metadata"): FieldError[] {
  const errors: FieldError[] = [];
  if (old.deletionTimestamp) {
    const added = (metadata.finalizers ?? []).filter((finalizer) => !(old.finalizers ?? []).includes(finalizer)).sort();
    if (added.length > 0) {
      const text = `no new finalizers can be added if the object is being deleted, found new finalizers ${goStrings(added).text}`;
      errors.push(forbidden(`${path}.finalizers`, text));
    }
  }
  if (!metadata.resourceVersion) {
    errors.push(invalid(`${path}.resourceVersion`, metadata.resourceVersion ?? "", "must be specified for an update"));
  }
  if (Number(metadata.generation ?? 0) < Number(old.generation ?? 0)) {
    errors.push(invalid(`${path}.generation`, Number(metadata.generation ?? 0), "must not be decremented"));
  }
  for (const field of ["name", "namespace", "uid"] as const) {
    if ((metadata[field] ?? "") !== (old[field] ?? ""))
      errors.push(immutable(`${path}.${field}`, metadata[field] ?? ""));
  }
  for (const field of ["creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds"] as const) {
    if (!deepEqual(metadata[field] ?? null, old[field] ?? null))
      errors.push(immutable(`${path}.${field}`, metadata[field] ?? NIL));
  }
  return errors;
}
