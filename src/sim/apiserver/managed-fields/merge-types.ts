import { type FieldType, schemaKey, schemaOf } from "../../kinds/schema";
import { groupVersion, type KindDefinition } from "../kind";
import { atomicMaps, atomicTypes, KEY_DEFAULTS, listTypes, separableFields, structsByValue } from "./list-types";

/** How a value merges: as a whole, field by field, or entry by entry. */
export type MergeType =
  | { readonly kind: "leaf"; readonly scalar?: "string" | "number" | "boolean" }
  | MergeMap
  | MergeList;

export interface MergeMap {
  readonly kind: "map";
  /** How the value behind a name merges; undefined where the type has no such field. */
  field(name: string): MergeType | undefined;
  /** The name is a field of the type rather than a key of a map. */
  isNamed(name: string): boolean;
  /** Fields that are there, if empty, in every object. */
  readonly byValue: readonly string[];
}

export interface MergeList {
  readonly kind: "list";
  /** Undefined: each entry is its own identity. */
  readonly keys: readonly string[] | undefined;
  readonly keyDefaults: Readonly<Record<string, unknown>>;
  readonly element: MergeType;
}

export const LEAF: MergeType = Object.freeze({ kind: "leaf" });
const TEXT: MergeType = Object.freeze({ kind: "leaf", scalar: "string" });
const NUMBER: MergeType = Object.freeze({ kind: "leaf", scalar: "number" });
const BOOLEAN: MergeType = Object.freeze({ kind: "leaf", scalar: "boolean" });

const SCALARS: Readonly<Record<string, MergeType>> = {
  string: TEXT,
  bytes: TEXT,
  time: TEXT,
  microtime: TEXT,
  bool: BOOLEAN,
  int32: NUMBER,
  int64: NUMBER,
  number: NUMBER,
};

/** What nothing is known of merges by what it looks like: maps by key, everything else as a whole. */
export const UNTYPED: MergeType = {
  kind: "map",
  field: (name) => (name === UNMANAGED ? undefined : UNTYPED),
  isNamed: () => false,
  byValue: [],
};

const byType = new Map<string, MergeType>();
const byKind = new WeakMap<KindDefinition, MergeType>();

/** How objects of a kind merge. */
export function mergeTypeOf(kind: KindDefinition): MergeType {
  let type = byKind.get(kind);
  if (!type) {
    const key = schemaKey(groupVersion(kind), kind.kind);
    type = kind.mergeType?.() ?? (key ? mergeTypeOfField(key, "") : UNTYPED);
    byKind.set(kind, type);
  }
  return type;
}

/** `at` is the type and field that hold the value: `v1/PodSpec.containers`. */
export function mergeTypeOfField(type: FieldType, at: string): MergeType {
  if (type.startsWith("[]")) {
    const identity = listTypes.get(at);
    if (!identity) return LEAF;
    return {
      kind: "list",
      keys: identity === "set" ? undefined : identity.split(","),
      keyDefaults: KEY_DEFAULTS,
      element: mergeTypeOfField(type.slice(2), ""),
    };
  }
  if (type.startsWith("{}")) {
    if (atomicMaps.has(at)) return LEAF;
    const element = mergeTypeOfField(type.slice(2), "");
    return { kind: "map", field: () => element, isNamed: () => false, byValue: [] };
  }
  const schema = schemaOf(type);
  if (!schema) return SCALARS[type] ?? LEAF;
  if (atomicTypes.has(type) && !separableFields.has(at)) return LEAF;
  let made = byType.get(type);
  if (!made) {
    made = structType(type, schema.fields);
    byType.set(type, made);
  }
  return made;
}

/** The one field that nobody manages: it says who manages the others. */
const UNMANAGED = "managedFields";

/** Every object has these by value. */
const ROOT_FIELDS = ["metadata", "spec", "status"];

function structType(type: string, fields: Readonly<Record<string, FieldType>>): MergeType {
  const known = new Map<string, MergeType>();
  const isRoot = fields.metadata === "meta/v1/ObjectMeta" && fields.kind === "string";
  const byValue = Object.keys(fields).filter(
    (name) =>
      structsByValue.has(`${type}.${name}`) ||
      (isRoot && ROOT_FIELDS.includes(name) && schemaOf(fields[name]!) !== undefined),
  );
  return {
    kind: "map",
    byValue,
    isNamed: (name) => fields[name] !== undefined,
    field(name) {
      let found = known.get(name);
      if (!found) {
        const fieldType = Object.hasOwn(fields, name) && name !== UNMANAGED ? fields[name] : undefined;
        if (fieldType === undefined) return undefined;
        found = mergeTypeOfField(fieldType, `${type}.${name}`);
        known.set(name, found);
      }
      return found;
    },
  };
}
