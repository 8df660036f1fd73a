import { elementType, fieldTypeOf, schemaKey, schemaOf } from "./lookup";
import type { FieldType } from "./types";

/**
 * Does to the nulls of a manifest, in place, what decoding into Go types does: a field is as if left out, an entry of a
 * list or a map gets the zero value of its type. (`ports:` with nothing behind it is such a null.)
 */
export function decodeNulls(draft: { apiVersion?: string; kind?: string }): void {
  const key = schemaKey(draft.apiVersion ?? "", draft.kind ?? "");
  if (key) walk(draft, key);
}

function walk(value: unknown, type: FieldType): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    if (!type.startsWith("[]")) return;
    const inner = type.slice(2);
    for (const [index, item] of value.entries()) {
      if (item === null || item === undefined) value[index] = zero(inner);
      else walk(item, inner);
    }
    return;
  }
  const members = value as Record<string, unknown>;
  if (type.startsWith("{}")) {
    const inner = type.slice(2);
    for (const name of Object.keys(members)) {
      if (members[name] === null) members[name] = zero(inner);
      else walk(members[name], inner);
    }
    return;
  }
  const schema = schemaOf(type);
  if (!schema) return;
  for (const name of Object.keys(members)) {
    const fieldType = fieldTypeOf(schema, name);
    if (fieldType === undefined) continue;
    if (members[name] === null) delete members[name];
    else if (elementType(fieldType) !== fieldType || schemaOf(fieldType)) walk(members[name], fieldType);
  }
}

function zero(type: FieldType): unknown {
  if (schemaOf(type) || type.startsWith("{}")) return {};
  if (type.startsWith("[]")) return [];
  if (type === "bool") return false;
  if (type === "quantity") return "0";
  return type === "int32" || type === "int64" || type === "number" || type === "intstr" ? 0 : "";
}
