import type { FieldError } from "../../../apiserver/status";
import { deepEqual } from "../../../kernel/freeze";
import { type JsonSchema, valueSchema } from "../../custom-resource/schema";
import { forbidden, invalid, required } from "../../validation/field-error";

const PRESERVE = "x-kubernetes-preserve-unknown-fields";
const EMBEDDED = "x-kubernetes-embedded-resource";
const INT_OR_STRING = "x-kubernetes-int-or-string";
const BOTH = [{ type: "integer" }, { type: "string" }];

type Level = "root" | "item" | "field";

const NO_TYPE: Record<Level, string> = {
  root: "must not be empty at the root",
  item: "must not be empty for specified array items",
  field: "must not be empty for specified object fields",
};

/**
 * Whether a schema is structural: each field has a type outside of anyOf and its like
 * (kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#specifying-a-structural-schema).
 */
export function validateStructure(schema: JsonSchema, path: string): FieldError[] {
  const errors = [...invariants(schema, "root", path), ...completeness(schema, schema, path)];
  return errors.sort((a, b) => (`${a.field}: ${a.detail}` < `${b.field}: ${b.detail}` ? -1 : 1));
}

function invariants(schema: JsonSchema, level: Level, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { type = "", items, properties = {} } = schema;
  if (type === "array" && !items) errors.push(required(`${path}.items`, "must be specified"));
  if (items) errors.push(...invariants(items, "item", `${path}.items`));
  for (const [name, property] of Object.entries(properties))
    errors.push(...invariants(property, "field", `${path}.properties[${name}]`));
  if (schema.additionalProperties !== undefined && level === "root")
    errors.push(forbidden(`${path}.additionalProperties`, "must not be used at the root"));
  const values = valueSchema(schema);
  if (values) errors.push(...invariants(values, "field", `${path}.additionalProperties`));
  errors.push(...extensions(schema, path), ...alternatives(schema, path));
  if (schema[EMBEDDED] && type !== "object") {
    const why = `must be object if ${EMBEDDED} is true`;
    errors.push(type ? invalid(`${path}.type`, type, why) : required(`${path}.type`, why));
  } else if (!type && !schema[INT_OR_STRING] && !schema[PRESERVE]) {
    errors.push(required(`${path}.type`, NO_TYPE[level]));
  }
  if (level === "root" && type && type !== "object")
    errors.push(invalid(`${path}.type`, type, "must be object at the root"));
  if (level === "root" || schema[EMBEDDED]) errors.push(...resourceFields(properties, level, path));
  if (schema[EMBEDDED] && !schema[PRESERVE] && Object.keys(properties).length === 0) {
    const why = `must not be empty if ${EMBEDDED} is true without ${PRESERVE}`;
    errors.push(required(`${path}.properties`, why));
  }
  return errors;
}

function extensions(schema: JsonSchema, path: string): FieldError[] {
  const why = `must be false if ${INT_OR_STRING} is true`;
  if (!schema[INT_OR_STRING]) return [];
  return [PRESERVE, EMBEDDED]
    .filter((field) => schema[field as keyof JsonSchema] === true)
    .map((field) => invalid(`${path}.${field}`, true, why));
}

/** kind, apiVersion and metadata are what they are everywhere. */
function resourceFields(properties: Readonly<Record<string, JsonSchema>>, level: Level, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ["kind", "apiVersion"]) {
    const property = properties[name];
    if (property && property.type !== "string")
      errors.push(invalid(`${path}.properties[${name}].type`, property.type ?? "", "must be string"));
  }
  const { metadata } = properties;
  if (!metadata) return errors;
  const at = `${path}.properties[metadata]`;
  if (metadata.type !== "object") errors.push(invalid(`${at}.type`, metadata.type ?? "", "must be object"));
  if (level !== "root") return errors;
  const { type: _type, properties: inside = {}, description: _description, ...rest } = metadata;
  const others = Object.keys(inside).filter((name) => name !== "name" && name !== "generateName");
  if (others.length > 0 || Object.keys(rest).length > 0)
    errors.push(
      forbidden(at, "must not specify anything other than name and generateName, but metadata is implicitly specified"),
    );
  return errors;
}

/** Inside anyOf and its like only values may be restricted. */
function alternatives(schema: JsonSchema, path: string, skipFirst = false): FieldError[] {
  const errors: FieldError[] = [];
  const skipAnyOf = skipFirst || (schema[INT_OR_STRING] === true && deepEqual(schema.anyOf, BOTH));
  if (!skipAnyOf)
    for (const [index, one] of (schema.anyOf ?? []).entries()) errors.push(...nested(one, `${path}.anyOf[${index}]`));
  for (const [index, one] of (schema.allOf ?? []).entries()) {
    const isTypes = index === 0 && schema[INT_OR_STRING] === true && deepEqual(one.anyOf, BOTH);
    errors.push(...nested(one, `${path}.allOf[${index}]`, isTypes));
  }
  for (const [index, one] of (schema.oneOf ?? []).entries()) errors.push(...nested(one, `${path}.oneOf[${index}]`));
  if (schema.not) errors.push(...nested(schema.not, `${path}.not`));
  return errors;
}

const FORBIDDEN_INSIDE: readonly [keyof JsonSchema, string][] = [
  ["type", "must be empty to be structural"],
  ["additionalProperties", "must be undefined to be structural"],
  ["default", "must be undefined to be structural"],
  ["title", "must be empty to be structural"],
  ["description", "must be empty to be structural"],
  ["nullable", "must be false to be structural"],
  [PRESERVE, "must be false to be structural"],
  [EMBEDDED, "must be false to be structural"],
  [INT_OR_STRING, "must be false to be structural"],
  ["x-kubernetes-list-map-keys", "must be empty to be structural"],
  ["x-kubernetes-list-type", "must be undefined to be structural"],
  ["x-kubernetes-map-type", "must be undefined to be structural"],
  ["x-kubernetes-validations", "must be empty to be structural"],
];

function nested(schema: JsonSchema, path: string, skipAnyOf = false): FieldError[] {
  const errors = alternatives(schema, path, skipAnyOf);
  if (schema.items) errors.push(...nested(schema.items, `${path}.items`));
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    errors.push(...nested(property, `${path}.properties[${name}]`));
  for (const [field, why] of FORBIDDEN_INSIDE) {
    const value = schema[field];
    if (value !== undefined && value !== "" && value !== false) errors.push(forbidden(`${path}.${field}`, why));
  }
  if (schema.properties?.metadata)
    errors.push(forbidden(`${path}.properties[metadata]`, "must not be specified in a nested context"));
  return errors;
}

/** Every field of an alternative is also one of the schema itself. */
function completeness(schema: JsonSchema, outer: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const inside = (one: JsonSchema | undefined, at: string) => {
    if (one) errors.push(...covered(one, outer, at, path));
  };
  for (const junctor of ["anyOf", "allOf", "oneOf"] as const)
    for (const [index, one] of (schema[junctor] ?? []).entries()) inside(one, `${path}.${junctor}[${index}]`);
  inside(schema.not, `${path}.not`);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    errors.push(...completeness(property, property, `${path}.properties[${name}]`));
  if (schema.items) errors.push(...completeness(schema.items, schema.items, `${path}.items`));
  const values = valueSchema(schema);
  if (values) errors.push(...completeness(values, values, `${path}.additionalProperties`));
  return errors;
}

function covered(schema: JsonSchema, outer: JsonSchema, path: string, outerPath: string): FieldError[] {
  const errors: FieldError[] = [];
  const why = (at: string) => `because it is defined in ${at}`;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    const known = outer.properties?.[name];
    const [at, there] = [`${path}.properties[${name}]`, `${outerPath}.properties[${name}]`];
    if (!known) errors.push(required(there, why(at)));
    else errors.push(...covered(property, known, at, there));
  }
  if (schema.items) {
    if (!outer.items) errors.push(required(`${outerPath}.items`, why(`${path}.items`)));
    else errors.push(...covered(schema.items, outer.items, `${path}.items`, `${outerPath}.items`));
  }
  for (const junctor of ["anyOf", "allOf", "oneOf"] as const)
    for (const [index, one] of (schema[junctor] ?? []).entries())
      errors.push(...covered(one, outer, `${path}.${junctor}[${index}]`, outerPath));
  if (schema.not) errors.push(...covered(schema.not, outer, `${path}.not`, outerPath));
  return errors;
}
