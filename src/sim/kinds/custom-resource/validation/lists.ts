import type { FieldError } from "../../../apiserver/status";
import { duplicate, invalid } from "../../validation/field-error";
import { isDict, type JsonSchema, valueSchema } from "../schema";

/** Entries that are there twice in lists of type set and map (upstream's ValidateListSetsAndMaps). */
export function validateLists(value: unknown, schema: JsonSchema, path = ""): FieldError[] {
  if (Array.isArray(value)) {
    const { items } = schema;
    return [
      ...repeated(value, schema, path),
      ...(items ? value.flatMap((item, index) => validateLists(item, items, `${path}[${index}]`)) : []),
    ];
  }
  if (!isDict(value)) return [];
  const values = valueSchema(schema);
  return Object.keys(value)
    .sort()
    .flatMap((name) => {
      const property = schema.properties?.[name];
      if (property) return validateLists(value[name], property, path ? `${path}.${name}` : name);
      return values ? validateLists(value[name], values, `${path}[${name}]`) : [];
    });
}

function repeated(list: readonly unknown[], schema: JsonSchema, path: string): FieldError[] {
  const type = schema["x-kubernetes-list-type"];
  if (type === "set") return again(list, (item) => item, path);
  if (type !== "map") return [];
  const stray = list.findIndex((item) => item !== null && !isDict(item));
  if (stray >= 0) return [invalid(`${path}[${stray}]`, list[stray], "must be an object for an array of list-type map")];
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  const keysOf = (item: unknown) =>
    Object.fromEntries(
      [...keys].sort().flatMap((key) => (isDict(item) && Object.hasOwn(item, key) ? [[key, item[key]]] : [])),
    );
  return again(list, keysOf, path);
}

/** The second appearance of each is complained about, and no further one. */
function again(list: readonly unknown[], identity: (item: unknown) => unknown, path: string): FieldError[] {
  const seen = new Map<string, number>();
  return list.flatMap((item, index) => {
    const key = JSON.stringify(identity(item));
    const times = seen.get(key) ?? 0;
    seen.set(key, times + 1);
    return times === 1 ? [duplicate(`${path}[${index}]`, identity(item))] : [];
  });
}
