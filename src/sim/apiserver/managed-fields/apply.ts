import { combine, withNamedFields, withoutFields } from "./combine";
import { compare, fieldSetOf } from "./compare";
import { identity, type Managed } from "./entries";
import { difference, EMPTY, type FieldSet, intersection, isEmpty, union, without } from "./field-set";
import type { MergeType } from "./merge-types";
import { type ComparisonIn, type Conflict, claimable, takeFromOthers } from "./ownership";

/** An object together with the means to see it in other versions. */
export interface Applying {
  live: object;
  config: object;
  type: MergeType;
  managers: readonly Managed[];
  actor: Omit<Managed, "set">;
  ignored: FieldSet;
  /** Set: fields of others are taken over. */
  force: boolean;
  /** What the merged object would change, in the versions of the managers. */
  changes(merged: object): ComparisonIn;
}

export interface Applied {
  object: object;
  managers: Managed[];
  conflicts: Conflict[];
}

/**
 * Merges an applied configuration into the live object: what it lists is set and owned; what the same applier listed
 * last time and now leaves out goes, unless another manager has it too
 * (kubernetes.io/docs/reference/using-api/server-side-apply).
 */
export function applyConfiguration(applying: Applying): Applied {
  const { live, config, type, actor, ignored } = applying;
  const key = identity(actor);
  const last = applying.managers.find((one) => identity(one) === key);
  const entry: Managed = { ...actor, set: without(fieldSetOf(config, type), ignored) };
  const managers = [...applying.managers.filter((one) => one !== last), entry];
  const merged = combine(live, config, type) as object;
  const object = last ? pruned(merged, type, managers, last) : merged;
  const taken = takeFromOthers(managers, key, applying.changes(object));
  return {
    object,
    conflicts: applying.force ? [] : taken.conflicts,
    managers: taken.managers
      .map((one) => (identity(one) === key ? { ...one, set: claimable(one.set) } : one))
      .filter(({ set }) => !isEmpty(set)),
  };
}

/** Takes out what was applied last time and is wanted by nobody now. */
function pruned(merged: object, type: MergeType, managers: readonly Managed[], last: Managed): object {
  if (isEmpty(last.set)) return merged;
  const lastFields = withNamedFields(last.set, type);
  const fieldsOf = (value: unknown) => withNamedFields(fieldSetOf(value, type), type);
  const all = fieldsOf(merged);
  const bare = withoutFields(merged, type, lastFields) ?? {};
  const owned = withNamedFields(
    managers.reduce((set, one) => union(set, one.set), EMPTY),
    type,
  );
  // Fields that others own come back, and whatever holds them.
  const withOwned = withoutFields(merged, type, difference(all, union(fieldsOf(bare), owned))) ?? {};
  // And so does what was never applied by this manager, but hung below something that was.
  const gone = intersection(difference(all, fieldsOf(withOwned)), lastFields);
  return (withoutFields(merged, type, gone) ?? {}) as object;
}

/**
 * Conflicts that count for `kubectl`: what client-side apply set, and nobody changed since, is its own
 * (kubernetes.io/docs/reference/using-api/server-side-apply/#migrating-from-client-side-apply).
 */
export function withoutClientSideApplied(
  conflicts: readonly Conflict[],
  live: object,
  lastApplied: unknown,
  type: MergeType,
): Conflict[] {
  let allowed = fieldSetOf(lastApplied, type);
  const drift = compare(lastApplied, live, type);
  if (drift) for (const set of [drift.modified, drift.added, drift.removed]) allowed = difference(allowed, set);
  return conflicts
    .map(({ manager, fields }) => ({ manager, fields: difference(fields, allowed) }))
    .filter(({ fields }) => !isEmpty(fields));
}
