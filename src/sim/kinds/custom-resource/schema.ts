/** A JSON schema as a CustomResourceDefinition has it: `JSONSchemaProps` of apiextensions.k8s.io/v1. */
export interface JsonSchema {
  description?: string;
  title?: string;
  type?: string;
  format?: string;
  nullable?: boolean;
  default?: unknown;
  enum?: readonly unknown[];
  properties?: Readonly<Record<string, JsonSchema>>;
  additionalProperties?: JsonSchema | boolean;
  items?: JsonSchema;
  required?: readonly string[];
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: boolean;
  exclusiveMaximum?: boolean;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  minProperties?: number;
  maxProperties?: number;
  allOf?: readonly JsonSchema[];
  anyOf?: readonly JsonSchema[];
  oneOf?: readonly JsonSchema[];
  not?: JsonSchema;
  "x-kubernetes-preserve-unknown-fields"?: boolean;
  "x-kubernetes-int-or-string"?: boolean;
  "x-kubernetes-embedded-resource"?: boolean;
  "x-kubernetes-list-type"?: "atomic" | "set" | "map";
  "x-kubernetes-list-map-keys"?: readonly string[];
  "x-kubernetes-map-type"?: "atomic" | "granular";
  "x-kubernetes-validations"?: readonly ValidationRule[];
}

/** A rule in CEL (kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-rules). */
export interface ValidationRule {
  rule: string;
  message?: string;
  messageExpression?: string;
  reason?: string;
  fieldPath?: string;
  optionalOldSelf?: boolean;
}

export type Dict = Record<string, unknown>;

export const isDict = (value: unknown): value is Dict =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What every object has at its root, whatever its schema says. */
export const ROOT_FIELDS: readonly string[] = ["apiVersion", "kind", "metadata"];

/** The schema of a map's values, where there is one. */
export const valueSchema = ({ additionalProperties }: JsonSchema): JsonSchema | undefined =>
  typeof additionalProperties === "object" ? additionalProperties : undefined;

/** The schema of what stands behind a name: a field of its own, or a map's value. */
export const memberSchema = (schema: JsonSchema, name: string): JsonSchema | undefined =>
  schema.properties && Object.hasOwn(schema.properties, name) ? schema.properties[name] : valueSchema(schema);

/** Calls `visit` for a schema and for all that are inside it, with the path of each. */
export function visitSchemas(
  schema: JsonSchema | undefined,
  path: string,
  visit: (schema: JsonSchema, path: string) => void,
): void {
  if (typeof schema !== "object" || schema === null) return;
  visit(schema, path);
  visitSchemas(schema.items, `${path}.items`, visit);
  visitSchemas(valueSchema(schema), `${path}.additionalProperties`, visit);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    visitSchemas(property, `${path}.properties[${name}]`, visit);
  visitSchemas(schema.not, `${path}.not`, visit);
  for (const junctor of ["allOf", "anyOf", "oneOf"] as const)
    for (const [index, one] of (schema[junctor] ?? []).entries())
      visitSchemas(one, `${path}.${junctor}[${index}]`, visit);
}
