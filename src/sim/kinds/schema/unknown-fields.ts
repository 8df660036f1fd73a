import { fieldTypeOf, schemaKey, schemaOf } from "./lookup";
import type { FieldType } from "./types";

/** Strict decoding names no more than this many. */
export const MAX_UNKNOWN_FIELDS = 100;

/**
 * What strict decoding finds that no schema knows, worded as the server words it: `unknown field "spec.replica"`.
 * In the order of the keys, since clients send them sorted. Nothing for kinds without a schema.
 */
export function unknownFields(object: unknown): string[] {
  const { apiVersion, kind } = (object ?? {}) as { apiVersion?: string; kind?: string };
  const key = schemaKey(apiVersion ?? "", kind ?? "");
  const found: string[] = [];
  if (key) walk(object, key, "", found);
  return found;
}

function walk(value: unknown, type: FieldType, path: string, found: string[]): void {
  if (typeof value !== "object" || value === null || found.length >= MAX_UNKNOWN_FIELDS) return;
  if (type.startsWith("[]")) {
    if (Array.isArray(value))
      for (const [index, item] of value.entries()) walk(item, type.slice(2), `${path}[${index}]`, found);
    return;
  }
  if (Array.isArray(value)) return;
  if (type.startsWith("{}")) {
    for (const [key, member] of sorted(value)) walk(member, type.slice(2), `${path}.${key}`, found);
    return;
  }
  const schema = schemaOf(type);
  if (!schema) return;
  for (const [name, member] of sorted(value)) {
    const at = path ? `${path}.${name}` : name;
    const fieldType = fieldTypeOf(schema, name);
    if (fieldType !== undefined) walk(member, fieldType, at, found);
    else if (found.length < MAX_UNKNOWN_FIELDS) found.push(`unknown field ${JSON.stringify(at)}`);
  }
}

const sorted = (value: object): [string, unknown][] =>
  Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
