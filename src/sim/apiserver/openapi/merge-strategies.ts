import { elementType, schemaKey, schemaOf } from "../../kinds/schema";
import { groupVersion } from "../kind";
import { type MergeField, type MergeSchema, mergeSchemaOf } from "../patch/merge-schema";
import type { KindRegistry } from "../registry";

/** How fields merge, by the key of the type that has them and the field's name. */
export type MergeStrategies = Map<string, MergeField>;

/** Merge schemas are written by kind; documents want them by type. */
export function mergeStrategies(kinds: KindRegistry): MergeStrategies {
  const found: MergeStrategies = new Map();
  for (const kind of kinds.all) {
    const key = schemaKey(groupVersion(kind), kind.kind);
    if (key) collect(found, key, mergeSchemaOf(kind.kind));
  }
  return found;
}

function collect(found: MergeStrategies, key: string, merges: MergeSchema): void {
  for (const [name, merge] of Object.entries(merges)) {
    const type = schemaOf(key)?.fields[name];
    if (type === undefined) continue;
    found.set(`${key}.${name}`, merge);
    if (merge.fields) collect(found, elementType(type), merge.fields);
  }
}

/** The extensions that tell a client how to merge a field. */
export function mergeExtensions(merge: MergeField | undefined): Record<string, string> {
  if (!merge) return {};
  const strategies = [
    ...(merge.mergeKey !== undefined ? ["merge"] : []),
    ...(merge.retainKeys ? ["retainKeys"] : []),
    ...(merge.replace ? ["replace"] : []),
  ];
  return {
    ...(merge.mergeKey && { "x-kubernetes-patch-merge-key": merge.mergeKey }),
    ...(strategies.length > 0 && { "x-kubernetes-patch-strategy": strategies.join(",") }),
  };
}
