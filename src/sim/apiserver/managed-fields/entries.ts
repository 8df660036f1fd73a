import type { KubeObject } from "../../types";
import { type FieldSet, type FieldsV1, fieldsV1Text, fromFieldsV1 } from "./field-set";

/**
 * A managed field entry as the store keeps it: like the API's, but with fieldsV1 as a text. Texts of equal objects are
 * shared, are copied and compared in one step, and are only read where somebody asks for them.
 */
export interface StoredEntry {
  manager: string;
  operation: "Apply" | "Update";
  apiVersion: string;
  time?: string;
  fieldsType: "FieldsV1";
  fieldsV1: string;
  subresource?: string;
}

/** An entry while it is worked on. */
export interface Managed {
  readonly manager: string;
  readonly applied: boolean;
  readonly apiVersion: string;
  readonly subresource: string;
  readonly time: string | undefined;
  readonly set: FieldSet;
}

/** Who acts, as entries tell managers apart: appliers have one entry for all versions. */
export const identity = ({ manager, applied, apiVersion, subresource }: Omit<Managed, "set" | "time">): string =>
  JSON.stringify([manager, applied, applied ? "" : apiVersion, subresource]);

/** Sets by their text and texts by their set: most objects of a cluster share a few. */
const CACHE_LIMIT = 2000;
const sets = new Map<string, FieldSet>();
const trees = new Map<string, FieldsV1>();
const texts = new WeakMap<FieldSet, string>();

function remember<V>(cache: Map<string, V>, text: string, value: V): V {
  if (cache.size >= CACHE_LIMIT) cache.clear();
  cache.set(text, value);
  return value;
}

function textOf(set: FieldSet): string {
  let text = texts.get(set);
  if (text === undefined) {
    text = fieldsV1Text(set);
    texts.set(set, text);
    if (!sets.has(text)) remember(sets, text, set);
  }
  return text;
}

const setOf = (text: string): FieldSet | undefined => {
  const known = sets.get(text);
  if (known) return known;
  const set = fromFieldsV1(JSON.parse(text));
  if (set) texts.set(set, text);
  return set && remember(sets, text, set);
};

/** The entries of an object's metadata; undefined where they are not well-formed. */
export function decodeEntries(managedFields: readonly unknown[] | undefined): Managed[] | undefined {
  const decoded: Managed[] = [];
  for (const one of managedFields ?? []) {
    const entry = one as Partial<Omit<StoredEntry, "fieldsV1">> & { fieldsV1?: unknown };
    if (entry.operation !== "Apply" && entry.operation !== "Update") return undefined;
    if (!entry.apiVersion || entry.fieldsType !== "FieldsV1") return undefined;
    const { fieldsV1 = {} } = entry;
    const set = typeof fieldsV1 === "string" ? setOf(fieldsV1) : fromFieldsV1(fieldsV1);
    if (!set) return undefined;
    decoded.push({
      manager: entry.manager ?? "",
      applied: entry.operation === "Apply",
      apiVersion: entry.apiVersion,
      subresource: entry.subresource ?? "",
      time: entry.time,
      set,
    });
  }
  return decoded;
}

/** A client takes all entries away by sending an empty list, or one empty entry. */
export const isReset = (managedFields: readonly unknown[] | undefined): boolean =>
  managedFields !== undefined &&
  (managedFields.length === 0 ||
    (managedFields.length === 1 && Object.keys((managedFields[0] as object | null) ?? {}).length === 0));

/** Appliers first, then by time, name, version and subresource. */
function compareEntries(a: StoredEntry, b: StoredEntry): number {
  const order = (left: string, right: string) => (left < right ? -1 : left > right ? 1 : 0);
  return (
    order(a.operation, b.operation) ||
    order(a.time ?? "", b.time ?? "") ||
    order(a.manager, b.manager) ||
    order(a.apiVersion, b.apiVersion) ||
    order(a.subresource ?? "", b.subresource ?? "")
  );
}

/** Undefined where nobody manages anything. */
export function encodeEntries(entries: readonly Managed[]): StoredEntry[] | undefined {
  if (entries.length === 0) return undefined;
  return entries
    .map(
      ({ manager, applied, apiVersion, subresource, time, set }): StoredEntry => ({
        manager,
        operation: applied ? "Apply" : "Update",
        apiVersion,
        ...(time !== undefined && { time }),
        fieldsType: "FieldsV1",
        fieldsV1: textOf(set),
        ...(subresource && { subresource }),
      }),
    )
    .sort(compareEntries);
}

/** The same but for their times. */
export function sameEntries(a: readonly StoredEntry[] = [], b: readonly StoredEntry[] = []): boolean {
  return (
    a.length === b.length &&
    a.every((entry, index) => {
      const other = b[index]!;
      return (
        entry.fieldsV1 === other.fieldsV1 &&
        entry.manager === other.manager &&
        entry.operation === other.operation &&
        entry.apiVersion === other.apiVersion &&
        entry.subresource === other.subresource
      );
    })
  );
}

export const storedEntries = (object: KubeObject): StoredEntry[] | undefined => object.metadata.managedFields as any;

export function setEntries(draft: KubeObject, entries: StoredEntry[] | undefined): void {
  if (entries) draft.metadata.managedFields = entries as any;
  else delete draft.metadata.managedFields;
}

/** An object as clients see it: with fieldsV1 as the tree that it is. Everything else is shared with the stored one. */
export function withFieldTrees<T extends KubeObject>(object: T): T {
  const entries = storedEntries(object);
  if (!entries?.some(({ fieldsV1 }) => typeof fieldsV1 === "string")) return object;
  const shown = entries.map((entry) => {
    const { fieldsV1 } = entry;
    if (typeof fieldsV1 !== "string") return entry;
    return { ...entry, fieldsV1: trees.get(fieldsV1) ?? remember(trees, fieldsV1, JSON.parse(fieldsV1)) };
  });
  return { ...object, metadata: { ...object.metadata, managedFields: shown } };
}
