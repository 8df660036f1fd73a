import { clone, deepEqual } from "../../kernel/freeze";
import { ownMember, setOwn } from "../../kernel/own";
import type { MergeField, MergeSchema } from "./merge-schema";

/**
 * Strategic merge patch: applying one. Directives: `$patch: replace|delete|merge`, `$retainKeys`,
 * `$deleteFromPrimitiveList/<field>`, `$setElementOrder/<field>`
 * (kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch).
 */

type Dict = { [key: string]: any };

export class PatchError extends Error {}

const DELETE_LIST = "$deleteFromPrimitiveList/";
const ORDER = "$setElementOrder/";

export const isDict = (value: unknown): value is Dict =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function applyStrategicMerge(original: Dict, patch: Dict, schema: MergeSchema): Dict {
  return mergeDict(clone(original), patch, schema);
}

function mergeDict(original: Dict, patch: Dict, schema: MergeSchema, retain = false): Dict {
  if (Object.hasOwn(patch, "$patch")) {
    if (patch.$patch === "replace") return stripDirectives(without(patch, "$patch"));
    if (patch.$patch === "delete") return {};
    if (patch.$patch !== "merge") throw new PatchError(`unknown patch type: ${patch.$patch}`);
  }
  const result: Dict = original;
  if (Array.isArray(patch.$retainKeys)) {
    const keep = new Set(patch.$retainKeys);
    for (const key of Object.keys(patch)) {
      if (!key.startsWith("$") && patch[key] !== null && !keep.has(key))
        throw new PatchError("invalid patch format of retainKeys");
    }
    for (const key of Object.keys(result)) if (!keep.has(key)) delete result[key];
  } else if (retain && "$retainKeys" in patch) {
    throw new PatchError("unable to patch: $retainKeys is not a list");
  }
  const handled = new Set<string>();
  for (const key of Object.keys(patch)) {
    if (key.startsWith(DELETE_LIST)) {
      const field = key.slice(DELETE_LIST.length);
      const drop = patch[key] as unknown[];
      if (Array.isArray(result[field]))
        result[field] = result[field].filter((item: unknown) => !drop.some((gone) => deepEqual(gone, item)));
    }
  }
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith("$")) continue;
    handled.add(key);
    const field: MergeField = ownMember(schema, key) ?? {};
    const known = ownMember(result, key);
    if (value === null) {
      delete result[key];
    } else if (isDict(value) && isDict(known) && !field.replace) {
      setOwn(result, key, mergeDict(known, value, field.fields ?? {}, field.retainKeys));
    } else if (Array.isArray(value) && field.mergeKey !== undefined) {
      setOwn(result, key, mergeList(Array.isArray(known) ? known : [], value, patch[ORDER + key], field));
    } else if (isDict(value)) {
      const replaces = isDict(known) && field.replace;
      setOwn(
        result,
        key,
        replaces ? stripDirectives(value) : mergeDict({}, value, field.fields ?? {}, field.retainKeys),
      );
    } else {
      setOwn(result, key, Array.isArray(value) ? value.map(stripDirectives) : clone(value));
    }
  }
  for (const key of Object.keys(patch)) {
    if (!key.startsWith(ORDER)) continue;
    const field = key.slice(ORDER.length);
    if (handled.has(field) || !Array.isArray(result[field])) continue;
    result[field] = reorder(result[field], result[field], patch[key], schema[field]?.mergeKey ?? "");
  }
  return result;
}

function mergeList(original: any[], patch: any[], order: any[] | undefined, field: MergeField): any[] {
  const { mergeKey } = field;
  if (order) checkOrder(patch, order, mergeKey!);
  if (mergeKey === "") {
    const merged = [...original];
    for (const item of patch) if (!merged.some((known) => deepEqual(known, item))) merged.push(clone(item));
    const unique = merged.filter((item, index) => merged.findIndex((other) => deepEqual(other, item)) === index);
    return order ? reorder(unique, original, order, "") : unique;
  }
  const key = mergeKey!;
  let result = [...original];
  const rest: Dict[] = [];
  let replace = false;
  let deleted = false;
  for (const item of patch) {
    if (!isDict(item)) throw new PatchError(`expected a map in a list merged by ${key}, found ${JSON.stringify(item)}`);
    if (item.$patch === "replace") {
      replace = true;
      // `{$patch: replace}` alone is only the mark; with content it is an item too.
      const content = without(item, "$patch");
      if (Object.keys(content).length > 0) rest.push(content);
    } else if (item.$patch === "delete") {
      if (item[key] === undefined) throw new PatchError(`delete patch type with no merge key defined`);
      const kept = result.filter((known) => !isDict(known) || !deepEqual(known[key], item[key]));
      deleted ||= kept.length < result.length;
      result = kept;
    } else if (item.$patch !== undefined && item.$patch !== "merge") {
      throw new PatchError(`unknown patch type: ${item.$patch}`);
    } else {
      rest.push(without(item, "$patch"));
    }
  }
  if (replace) return rest.map((item) => stripDirectives(item));
  for (const item of rest) {
    if (item[key] === undefined)
      throw new PatchError(`map: ${goValue(item)} does not contain declared merge key: ${key}`);
    const index = result.findIndex((known) => isDict(known) && deepEqual(known[key], item[key]));
    if (index < 0) result.push(mergeDict({}, item, field.fields ?? {}, field.retainKeys));
    else result[index] = mergeDict(result[index], item, field.fields ?? {}, field.retainKeys);
  }
  // The real server looks places up in the list as deletions and additions left it, cut at its old length.
  const places = deleted ? result.slice(0, original.length) : original;
  return order ? reorder(result, places, order, key) : result;
}

/** Items named in `order` come in that order; the others keep their place among the neighbours that they had. */
function reorder(items: any[], original: any[], order: any[], mergeKey: string): any[] {
  const idOf = (item: any) => (mergeKey !== "" && isDict(item) ? item[mergeKey] : item);
  const indexIn = (list: any[], item: any) => list.findIndex((entry) => deepEqual(idOf(entry), idOf(item)));
  const named = items.filter((item) => indexIn(order, item) >= 0).sort((a, b) => indexIn(order, a) - indexIn(order, b));
  const others = items.filter((item) => indexIn(order, item) < 0);
  const result: any[] = [];
  for (const item of named) {
    const place = indexIn(original, item);
    while (others.length > 0 && place >= 0 && indexIn(original, others[0]) >= 0 && indexIn(original, others[0]) < place)
      result.push(others.shift());
    result.push(item);
  }
  return [...result, ...others];
}

/** A patch names its items in the order that it asks for. */
function checkOrder(patch: any[], order: any[], mergeKey: string): void {
  const idOf = (item: any) => (mergeKey !== "" && isDict(item) ? item[mergeKey] : item);
  let last = -1;
  for (const item of patch) {
    if (isDict(item) && item.$patch !== undefined) continue;
    const index = order.findIndex((entry, at) => at > last && deepEqual(idOf(entry), idOf(item)));
    if (index < 0) {
      throw new PatchError(
        `The order in patch list:\n${goValue(patch)}\n doesn't match $setElementOrder list:\n${goValue(order)}\n`,
      );
    }
    last = index;
  }
}

/** What a patch says of something that was not there: its values without directives. */
function stripDirectives(value: any): any {
  if (Array.isArray(value)) return value.map(stripDirectives);
  if (!isDict(value)) return value;
  const plain: Dict = {};
  for (const [key, member] of Object.entries(value)) {
    if (key.startsWith("$retainKeys") || key.startsWith(ORDER) || key.startsWith(DELETE_LIST) || member === null)
      continue;
    setOwn(plain, key, stripDirectives(member));
  }
  return plain;
}

function without(dict: Dict, key: string): Dict {
  const { [key]: _gone, ...rest } = dict;
  return rest;
}

/** As Go's %v prints maps and slices. */
function goValue(value: any): string {
  if (Array.isArray(value)) return `[${value.map(goValue).join(" ")}]`;
  if (!isDict(value)) return String(value);
  const members = Object.keys(value).sort();
  return `map[${members.map((key) => `${key}:${goValue(value[key])}`).join(" ")}]`;
}
