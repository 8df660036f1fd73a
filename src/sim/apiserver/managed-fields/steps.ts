import { canonicalJson } from "../../kernel/freeze";
import type { MergeList } from "./merge-types";

type Dict = Record<string, unknown>;

export const isDict = (value: unknown): value is Dict =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The step to an entry of a list, by its identity; undefined where it lacks a key. */
export function entryStep(list: MergeList, entry: unknown): string | undefined {
  if (!list.keys) return `v:${canonicalJson(entry)}`;
  if (!isDict(entry)) return undefined;
  if (list.keys.length === 1) {
    const [key] = list.keys;
    const value = entry[key!];
    if (typeof value === "string") return `k:{"${key}":${JSON.stringify(value)}}`;
  }
  const identity: Dict = {};
  let found = 0;
  for (const key of list.keys) {
    const value = entry[key] ?? list.keyDefaults[key];
    if (value === undefined) continue;
    identity[key] = value;
    found++;
  }
  // One key may be missing among several, but not all of them.
  return found > 0 ? `k:${canonicalJson(identity)}` : undefined;
}
