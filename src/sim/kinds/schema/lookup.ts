import { descriptionsJson } from "./generated/descriptions";
import { schemas } from "./generated/structure";
import type { Descriptions, FieldType, Schema } from "./types";

/** The schema's key of a kind, or undefined for kinds that have none. */
export const schemaKey = (apiVersion: string, kind: string): string | undefined =>
  Object.hasOwn(schemas.kinds, `${apiVersion}/${kind}`) ? schemas.kinds[`${apiVersion}/${kind}`] : undefined;

export const schemaOf = (key: string): Schema | undefined =>
  Object.hasOwn(schemas.types, key) ? schemas.types[key] : undefined;

/** The type of a field. What every object of the language has (`toString`, `__proto__`) is no field. */
export const fieldTypeOf = (schema: Schema, name: string): FieldType | undefined =>
  Object.hasOwn(schema.fields, name) ? schema.fields[name] : undefined;

/** `Container` of `v1/Container`. */
export const typeName = (key: string): string => key.slice(key.lastIndexOf("/") + 1);

/** What a field's type is made of: its lists and maps taken off, innermost last. */
export function elementType(type: FieldType): FieldType {
  let rest = type;
  while (rest.startsWith("[]") || rest.startsWith("{}")) rest = rest.slice(2);
  return rest;
}

export interface FoundField {
  /** Key of the schema that has the field. */
  owner: string;
  name: string;
  type: FieldType;
  required: boolean;
  enum?: string[];
  /** Schema of what the field holds, where that has fields of its own. */
  key?: string;
  schema?: Schema;
}

/** Follows field names from a kind, through lists and maps alike; undefined where one of them does not exist. */
export function findField(apiVersion: string, kind: string, path: readonly string[]): FoundField | undefined {
  let owner = schemaKey(apiVersion, kind);
  let found: FoundField | undefined;
  for (const name of path) {
    const schema: Schema | undefined = owner === undefined ? undefined : schemaOf(owner);
    const type = schema && fieldTypeOf(schema, name);
    if (owner === undefined || !schema || type === undefined) return undefined;
    const key = elementType(type);
    found = { owner, name, type, required: schema.required?.includes(name) ?? false };
    if (schema.enums?.[name]) found.enum = schema.enums[name];
    if (schemaOf(key)) {
      found.key = key;
      found.schema = schemaOf(key);
      owner = key;
    } else {
      owner = undefined;
    }
  }
  return found;
}

let parsed: Descriptions | undefined;

/** What the documentation says of a type, or of one of its fields; parsed when first asked for. */
export function describeField(key: string, field = ""): string {
  parsed ??= JSON.parse(descriptionsJson) as Descriptions;
  return parsed[key]?.[field] ?? "";
}
