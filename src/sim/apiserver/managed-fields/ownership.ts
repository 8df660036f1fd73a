import type { Comparison } from "./compare";
import { identity, type Managed } from "./entries";
import { difference, EMPTY, equalSets, type FieldSet, fieldSet, intersection, isEmpty, union } from "./field-set";

/** What no entry ever claims. */
const UNCLAIMED: FieldSet = fieldSet(
  ["f:apiVersion"],
  ["f:kind"],
  ["f:metadata"],
  ...[
    "name",
    "namespace",
    "creationTimestamp",
    "selfLink",
    "uid",
    "clusterName",
    "generation",
    "managedFields",
    "resourceVersion",
  ].map((name) => ["f:metadata", `f:${name}`]),
);

export const claimable = (set: FieldSet): FieldSet => difference(set, UNCLAIMED);

/** What a write changed, in some version of the object; undefined where this server no longer has that version. */
export type ComparisonIn = (apiVersion: string) => Comparison | undefined;

export interface Conflict {
  readonly manager: Managed;
  readonly fields: FieldSet;
}

/**
 * Takes from all managers but the actor what the write changed or removed. What an applier changes against the will of
 * another manager is a conflict; an updater simply takes it over.
 */
export function takeFromOthers(
  managers: readonly Managed[],
  actor: string | undefined,
  changed: ComparisonIn,
): { managers: Managed[]; conflicts: Conflict[] } {
  const conflicts: Conflict[] = [];
  const left: Managed[] = [];
  for (const one of managers) {
    if (identity(one) === actor) {
      left.push(one);
      continue;
    }
    const comparison = changed(one.apiVersion);
    if (!comparison) continue;
    const taken = intersection(one.set, union(comparison.modified, comparison.added));
    if (!isEmpty(taken)) conflicts.push({ manager: one, fields: taken });
    const set = difference(difference(one.set, taken), comparison.removed);
    if (!isEmpty(set)) left.push(set === one.set ? one : { ...one, set });
  }
  return { managers: left, conflicts };
}

/** How many updaters an object remembers one by one; the oldest beyond are remembered together. */
const MAX_UPDATERS = 10;
const OLD_UPDATERS = "ancient-changes";

/** The managers after a create, update or patch by `actor`. */
export function afterUpdate(
  managers: readonly Managed[],
  actor: Omit<Managed, "set">,
  comparison: Comparison,
  changed: ComparisonIn,
): Managed[] {
  const { managers: others } = takeFromOthers(managers, undefined, changed);
  const claimed = claimable(union(comparison.modified, comparison.added));
  if (isEmpty(claimed)) return others;
  const key = identity(actor);
  const previous = others.find((one) => identity(one) === key);
  const entry = { ...actor, set: grown(previous?.set, key, claimed) };
  return capped([...others.filter((one) => one !== previous), entry]);
}

/**
 * Objects of a kind grow alike: a hundred pods of a template get the same sets by the same steps. What a step came to is
 * remembered, so that equal sets are one set, whose text is written once.
 */
const STEP_LIMIT = 8;
const LABEL_LIMIT = 200;
interface Step {
  claimed: FieldSet;
  result: FieldSet;
}
const steps = new WeakMap<FieldSet, Step[]>();
const firstSteps = new Map<string, Step[]>();

function grown(previous: FieldSet | undefined, label: string, claimed: FieldSet): FieldSet {
  let known = previous ? steps.get(previous) : firstSteps.get(label);
  if (!known) {
    known = [];
    if (previous) steps.set(previous, known);
    else {
      if (firstSteps.size >= LABEL_LIMIT) firstSteps.clear();
      firstSteps.set(label, known);
    }
  }
  const found = known.find((step) => equalSets(step.claimed, claimed));
  if (found) return found.result;
  const result = union(previous ?? EMPTY, claimed);
  if (known.length >= STEP_LIMIT) known.shift();
  known.push({ claimed, result });
  return result;
}

function capped(managers: Managed[]): Managed[] {
  const updaters = managers.filter(({ applied }) => !applied);
  let count = updaters.length;
  if (count <= MAX_UPDATERS) return managers;
  const byAge = [...updaters].sort((a, b) => {
    const [left, right] = [`${a.time ?? ""} ${identity(a)}`, `${b.time ?? ""} ${identity(b)}`];
    return left < right ? -1 : 1;
  });
  const first = new Map<string, Managed>();
  const gone = new Set<Managed>();
  const buckets = new Map<string, Managed>();
  for (const one of byAge) {
    if (count <= MAX_UPDATERS) break;
    const eldest = first.get(one.apiVersion);
    if (!eldest) {
      first.set(one.apiVersion, one);
      continue;
    }
    const bucket = buckets.get(one.apiVersion) ?? eldest;
    gone.add(eldest).add(one);
    buckets.set(one.apiVersion, {
      ...one,
      manager: OLD_UPDATERS,
      subresource: "",
      set: union(one.set, bucket.set),
    });
    count--;
  }
  return [...managers.filter((one) => !gone.has(one)), ...buckets.values()];
}
