import { clone } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { asServed } from "../conversion";
import { groupVersion, type KindDefinition } from "../kind";
import type { KindRegistry } from "../registry";
import { type Comparison, compare, ignoring } from "./compare";
import { decodeEntries, encodeEntries, isReset, type Managed, type StoredEntry, storedEntries } from "./entries";
import { EMPTY, type FieldSet, fieldSet } from "./field-set";
import { mergeTypeOf } from "./merge-types";
import { afterUpdate, type ComparisonIn } from "./ownership";

/** Who writes, through what, at which moment. */
export interface Writer {
  manager: string;
  subresource: string;
  time: string;
}

/** What a write through some subresource cannot change, whatever it sends, and so does not own. */
export interface Ignored {
  /** Outermost fields, by name. */
  names: readonly string[];
  fields: FieldSet;
}

const NOTHING: Ignored = { names: [], fields: EMPTY };
const STATUS: Ignored = { names: ["status"], fields: fieldSet(["f:status"]) };
const ALL_BUT_STATUS: Ignored = { names: ["spec"], fields: fieldSet(["f:spec"], ["f:metadata", "f:labels"]) };

export function ignoredFields(kind: KindDefinition, subresource: string): Ignored {
  if (!kind.hasStatus) return NOTHING;
  return subresource === "status" ? ALL_BUT_STATUS : STATUS;
}

const UNCHANGED: Comparison = { added: EMPTY, modified: EMPTY, removed: EMPTY };

/** A write seen in each version that a manager speaks: the two sides are in the version of `kind`. */
export function comparisonsOf(
  kind: KindDefinition,
  kinds: KindRegistry,
  before: KubeObject | undefined,
  after: KubeObject,
  toStored: (object: KubeObject) => KubeObject,
  ignored: Ignored,
): ComparisonIn {
  const own = groupVersion(kind);
  const known = new Map<string, Comparison | undefined>();
  const side = (object: KubeObject | undefined, view: KindDefinition) =>
    !object ? {} : view === kind ? object : asServed(view, toStored(clone(object)));
  return (apiVersion) => {
    if (known.has(apiVersion)) return known.get(apiVersion);
    const view = apiVersion === own ? kind : kinds.findKind(apiVersion, kind.kind);
    const found = view && compare(side(before, view), side(after, view), mergeTypeOf(view), ignored.names);
    const comparison = view && (found ? ignoring(found, ignored.fields) : UNCHANGED);
    known.set(apiVersion, comparison);
    return comparison;
  };
}

/**
 * The entries after a create, update or patch that is not an apply. `sent` has what the client sent, defaulted; `live`
 * is what was there. Nothing is tracked on objects on which nothing has been tracked from the start.
 */
export function entriesAfterUpdate(
  kind: KindDefinition,
  live: KubeObject | undefined,
  sent: KubeObject,
  writer: Writer,
  changed: ComparisonIn,
): StoredEntry[] | undefined {
  const managers = managersOf(live, sent, writer.subresource);
  if (managers.length === 0 && live) return undefined;
  const apiVersion = groupVersion(kind);
  const comparison = changed(apiVersion) ?? UNCHANGED;
  const untouched = live && sent.metadata.managedFields === undefined ? storedEntries(live) : undefined;
  if (comparison === UNCHANGED && untouched) return untouched;
  const actor = {
    manager: writer.manager,
    applied: false,
    apiVersion,
    subresource: writer.subresource,
    time: writer.time,
  };
  return encodeEntries(afterUpdate(managers, actor, comparison, changed));
}

/** Clients may edit the entries, but not by a subresource, and not into something that is none. */
function managersOf(live: KubeObject | undefined, sent: KubeObject, subresource: string): Managed[] {
  const liveEntries = () => (live && decodeEntries(storedEntries(live))) || [];
  if (subresource) return liveEntries();
  const given = sent.metadata.managedFields;
  if (isReset(given)) return [];
  const decoded = decodeEntries(given);
  return decoded && decoded.length > 0 ? decoded : liveEntries();
}
