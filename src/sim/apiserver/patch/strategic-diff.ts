import { deepEqual } from "../../kernel/freeze";
import { ownMember, setOwn } from "../../kernel/own";
import type { MergeField, MergeSchema } from "./merge-schema";
import { applyStrategicMerge, isDict } from "./strategic";

/** Making strategic merge patches: what `kubectl apply`, `edit` and `label` send. */

type Dict = { [key: string]: any };

interface DiffOptions {
  /** Leave out what would be added or changed, or what would be deleted: the halves of a three-way patch. */
  ignoreChanges?: boolean;
  ignoreDeletions?: boolean;
  /** Say nothing of the order of lists. */
  unordered?: boolean;
}

/** Whether two lists hold items of the same keys, in the same order. */
const sameOrder = (before: any[], after: any[], mergeKey: string): boolean =>
  before.length === after.length &&
  after.every((item, index) => deepEqual(item?.[mergeKey], before[index]?.[mergeKey]));

/** The patch that turns `original` into `modified`. */
export function createTwoWayMergePatch(original: Dict, modified: Dict, schema: MergeSchema): Dict {
  return diffDict(original, modified, schema, {});
}

/** What has become of `original`: a patch to compare another with, not to send. */
export const changesSince = (original: Dict, current: Dict, schema: MergeSchema): Dict =>
  diffDict(original, current, schema, { unordered: true });

/**
 * What `kubectl apply` sends: additions and changes against what is live, deletions against what was applied last.
 */
export function createThreeWayMergePatch(original: Dict, modified: Dict, current: Dict, schema: MergeSchema): Dict {
  const delta = diffDict(current, modified, schema, { ignoreDeletions: true });
  const deletions = diffDict(original, modified, schema, { ignoreChanges: true });
  return mergePatches(deletions, delta, schema);
}

function diffDict(original: Dict, modified: Dict, schema: MergeSchema, options: DiffOptions, retain = false): Dict {
  const patch: Dict = {};
  for (const key of new Set([...Object.keys(original), ...Object.keys(modified)])) {
    const before = ownMember(original, key);
    const after = ownMember(modified, key);
    const field: MergeField = ownMember(schema, key) ?? {};
    if (after === undefined) {
      if (!options.ignoreDeletions) setOwn(patch, key, null);
    } else if (before === undefined) {
      if (!options.ignoreChanges) setOwn(patch, key, after);
    } else if (isDict(before) && isDict(after) && !field.replace) {
      const inner = diffDict(before, after, field.fields ?? {}, options, field.retainKeys);
      if (Object.keys(inner).length > 0) setOwn(patch, key, inner);
    } else if (Array.isArray(before) && Array.isArray(after) && field.mergeKey !== undefined) {
      diffList(patch, key, before, after, field, options);
    } else if (!deepEqual(before, after) && !options.ignoreChanges) {
      setOwn(patch, key, after);
    }
  }
  const touched = Object.keys(patch).length > 0 || Object.keys(original).some((key) => modified[key] === undefined);
  if (retain && touched) patch.$retainKeys = Object.keys(modified).sort();
  return patch;
}

function diffList(
  patch: Dict,
  key: string,
  before: any[],
  after: any[],
  field: MergeField,
  options: DiffOptions,
): void {
  const { ignoreChanges, ignoreDeletions } = options;
  if (before.length === 0) {
    if (after.length > 0 && !ignoreChanges) setOwn(patch, key, after);
    return;
  }
  if (field.mergeKey === "") {
    const gone = before.filter(
      (item, index) =>
        !after.some((other) => deepEqual(item, other)) && before.findIndex((other) => deepEqual(item, other)) === index,
    );
    const come = after.filter((item) => !before.some((other) => deepEqual(item, other)));
    if (gone.length > 0 && !ignoreDeletions) patch[`$deleteFromPrimitiveList/${key}`] = gone;
    if (come.length > 0 && !ignoreChanges) setOwn(patch, key, come);
    const touched = (!ignoreDeletions && gone.length > 0) || (!ignoreChanges && !deepEqual(before, after));
    if (touched && !options.unordered) addOrder(patch, key, after, field);
    return;
  }
  const mergeKey = field.mergeKey!;
  const items: Dict[] = [];
  for (const [index, item] of after.entries()) {
    // Lists may hold a key more than once: the n-th of one list is compared with the n-th of the other.
    const same = (other: any) => deepEqual(other?.[mergeKey], item?.[mergeKey]);
    const twins = before.filter(same);
    const known = twins[Math.min(twins.length - 1, after.slice(0, index).filter(same).length)];
    if (!known) {
      if (!ignoreChanges) items.push(item);
      continue;
    }
    const inner = diffDict(known, item, field.fields ?? {}, options, field.retainKeys);
    if (Object.keys(inner).length > 0) items.push({ ...inner, [mergeKey]: item[mergeKey] });
  }
  for (const item of before) {
    if (ignoreDeletions || after.some((other) => deepEqual(other?.[mergeKey], item?.[mergeKey]))) continue;
    items.push({ $patch: "delete", [mergeKey]: item[mergeKey] });
  }
  if (items.length > 0) setOwn(patch, key, items);
  const touched = items.length > 0 || (!ignoreChanges && !sameOrder(before, after, mergeKey));
  if (touched && !options.unordered) addOrder(patch, key, after, field);
}

/** Says in which order the items shall stand, where the patch touches the list. */
function addOrder(patch: Dict, key: string, after: any[], field: MergeField): void {
  if (after.length === 0) return;
  patch[`$setElementOrder/${key}`] =
    field.mergeKey === "" ? after : after.map((item) => ({ [field.mergeKey!]: item[field.mergeKey!] }));
}

/** Lays one patch over another without carrying its directives out. */
function mergePatches(base: Dict, over: Dict, schema: MergeSchema): Dict {
  const result: Dict = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const known = ownMember(result, key);
    const field: MergeField = ownMember(schema, key) ?? {};
    if (isDict(known) && isDict(value) && !field.replace) {
      setOwn(result, key, mergePatches(known, value, field.fields ?? {}));
    } else if (Array.isArray(known) && Array.isArray(value) && field.mergeKey && !key.startsWith("$")) {
      const { mergeKey } = field;
      const items = [...known];
      for (const item of value) {
        const index = items.findIndex((other) => deepEqual(other[mergeKey], item[mergeKey]));
        if (index < 0) items.push(item);
        else items[index] = mergePatches(items[index], item, field.fields ?? {});
      }
      // Changes come before deletions, as upstream orders them.
      setOwn(result, key, [
        ...items.filter((item) => item.$patch !== "delete"),
        ...items.filter((item) => item.$patch === "delete"),
      ]);
    } else {
      setOwn(result, key, value);
    }
  }
  return result;
}

/** Whether applying this patch to `object` would change it. */
export function changes(object: Dict, patch: Dict, schema: MergeSchema): boolean {
  return !deepEqual(applyStrategicMerge(object, patch, schema), object);
}
