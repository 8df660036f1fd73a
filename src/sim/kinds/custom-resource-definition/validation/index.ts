import type { FieldError } from "../../../apiserver/status";
import { type CustomResourceDefinition, hasCondition } from "../../custom-resource/definition-types";
import { immutable, invalid, required } from "../../validation/field-error";
import { validateAnyMetadata, validateMetadataUpdate } from "../../validation/metadata";
import { isDns1035Label, isDns1123Subdomain } from "../../validation/names";
import { validateApproval } from "./approval";
import { validateConversion } from "./conversion";
import { oneOf } from "./enum";
import { validateNames } from "./names";
import { validateVersion } from "./version";

/** ValidateCustomResourceDefinition of apiextensions-apiserver. */
export function validateDefinition(definition: CustomResourceDefinition): FieldError[] {
  const { spec = {} as CustomResourceDefinition["spec"], metadata } = definition;
  const wanted = `${spec.names?.plural ?? ""}.${spec.group ?? ""}`;
  const nameCheck = (name: string) => [
    ...isDns1123Subdomain(name),
    ...(name === wanted ? [] : ['must be spec.names.plural+"."+spec.group']),
  ];
  return [
    ...validateAnyMetadata(metadata, false, nameCheck),
    ...validateSpec(definition),
    ...validateStoredVersions(definition),
    ...validateApproval(definition),
    ...(spec.preserveUnknownFields ? [invalid("spec.preserveUnknownFields", true, PRESERVED)] : []),
  ];
}

const PRESERVED =
  "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead";

export function validateDefinitionUpdate(
  definition: CustomResourceDefinition,
  old: CustomResourceDefinition,
): FieldError[] {
  const errors = validateMetadataUpdate(definition.metadata, old.metadata);
  const { spec } = definition;
  if (hasCondition(old, "Established")) {
    if (spec.scope !== old.spec.scope) errors.push(immutable("spec.scope", spec.scope));
    if (spec.names.kind !== old.spec.names.kind) errors.push(immutable("spec.names.kind", spec.names.kind));
  }
  if (spec.group !== old.spec.group) errors.push(immutable("spec.group", spec.group));
  if (spec.names.plural !== old.spec.names.plural) errors.push(immutable("spec.names.plural", spec.names.plural));
  return errors;
}

function validateSpec({ spec = {} as CustomResourceDefinition["spec"] }: CustomResourceDefinition): FieldError[] {
  const errors: FieldError[] = [];
  const { group, versions = [], names = {} as CustomResourceDefinition["spec"]["names"] } = spec;
  const texts = isDns1123Subdomain(group ?? "");
  if (!group) errors.push(required("spec.group"));
  else if (texts.length > 0) errors.push(invalid("spec.group", group, texts.join(",")));
  else if (!group.includes(".")) errors.push(invalid("spec.group", group, "should be a domain with at least one dot"));
  errors.push(...oneOf("spec.scope", spec.scope, ["Cluster", "Namespaced"]));
  for (const [index, { schema }] of versions.entries()) {
    if (!schema?.openAPIV3Schema)
      errors.push(required(`spec.versions[${index}].schema.openAPIV3Schema`, "schemas are required"));
  }
  for (const [index, version] of versions.entries()) {
    const path = `spec.versions[${index}]`;
    const complaints = isDns1035Label(version.name ?? "");
    if (complaints.length > 0) errors.push(invalid(`${path}.name`, version.name ?? "", complaints.join(",")));
    errors.push(...validateVersion(version, path));
  }
  if (new Set(versions.map(({ name }) => name)).size !== versions.length)
    errors.push(invalid("spec.versions", versions, "must contain unique version names"));
  if (versions.filter(({ storage }) => storage).length !== 1)
    errors.push(invalid("spec.versions", versions, "must have exactly one version marked as storage version"));
  for (const field of ["plural", "singular", "kind", "listKind"] as const)
    if (!names[field]) errors.push(required(`spec.names.${field}`));
  errors.push(...validateNames(names, "spec.names"), ...validateConversion(spec.conversion, "spec.conversion"));
  return errors;
}

function validateStoredVersions({ spec, status }: CustomResourceDefinition): FieldError[] {
  const path = "status.storedVersions";
  const stored = status?.storedVersions ?? [];
  if (stored.length === 0) return [invalid(path, stored, "must have at least one stored version")];
  const versions = spec?.versions ?? [];
  const errors = versions
    .filter(({ name, storage }) => storage && !stored.includes(name))
    .map(({ name }) => invalid(path, stored, `must have the storage version ${name}`));
  for (const [index, name] of stored.entries()) {
    if (versions.some((version) => version.name === name)) continue;
    const why = `missing from spec.versions; ${name} was previously a storage version, and must remain in spec.versions until a storage migration ensures no data remains persisted in ${name} and removes ${name} from status.storedVersions`;
    errors.push(invalid(`${path}[${index}]`, name, why));
  }
  return errors;
}
