import { LEAF, type MergeType, mergeTypeOfField, UNTYPED } from "../../apiserver/managed-fields/merge-types";
import { type JsonSchema, valueSchema } from "./schema";

const SCALARS: Readonly<Record<string, MergeType>> = {
  string: { kind: "leaf", scalar: "string" },
  integer: { kind: "leaf", scalar: "number" },
  number: { kind: "leaf", scalar: "number" },
  boolean: { kind: "leaf", scalar: "boolean" },
};

/** How objects of a custom kind merge: by its schema, with what every object has at its root. */
export function customMergeType(schema: JsonSchema): MergeType {
  const { metadata: _, ...properties } = schema.properties ?? {};
  return mergeTypeOfSchema(
    { ...schema, properties },
    { metadata: mergeTypeOfField("meta/v1/ObjectMeta", ""), ...ROOT },
  );
}

const ROOT: Readonly<Record<string, MergeType>> = { apiVersion: SCALARS.string!, kind: SCALARS.string! };

function mergeTypeOfSchema(schema: JsonSchema, known: Readonly<Record<string, MergeType>> = {}): MergeType {
  if (schema["x-kubernetes-int-or-string"]) return LEAF;
  switch (schema.type) {
    case "array":
      return listType(schema);
    case "object":
      return mapType(schema, known);
    case undefined:
    case "":
      return schema["x-kubernetes-preserve-unknown-fields"] ? UNTYPED : LEAF;
    default:
      return SCALARS[schema.type] ?? LEAF;
  }
}

function listType(schema: JsonSchema): MergeType {
  const kind = schema["x-kubernetes-list-type"];
  if (kind !== "map" && kind !== "set") return LEAF;
  const keyDefaults: Record<string, unknown> = {};
  for (const key of schema["x-kubernetes-list-map-keys"] ?? []) {
    const value = schema.items?.properties?.[key]?.default;
    if (value !== undefined) keyDefaults[key] = value;
  }
  return {
    kind: "list",
    keys: kind === "map" ? (schema["x-kubernetes-list-map-keys"] ?? []) : undefined,
    keyDefaults,
    element: schema.items ? mergeTypeOfSchema(schema.items) : LEAF,
  };
}

function mapType(schema: JsonSchema, roots: Readonly<Record<string, MergeType>>): MergeType {
  if (schema["x-kubernetes-map-type"] === "atomic") return LEAF;
  const known = new Map(Object.entries(roots));
  const properties = schema.properties ?? {};
  const values = valueSchema(schema);
  const isOpen = schema["x-kubernetes-preserve-unknown-fields"] || schema.additionalProperties === true;
  const rest = values ? mergeTypeOfSchema(values) : isOpen ? UNTYPED : undefined;
  return {
    kind: "map",
    byValue: [],
    isNamed: (name) => known.has(name) || Object.hasOwn(properties, name),
    field(name) {
      const found = known.get(name);
      if (found) return found;
      if (!Object.hasOwn(properties, name)) return rest;
      const made = mergeTypeOfSchema(properties[name]!);
      known.set(name, made);
      return made;
    },
  };
}
