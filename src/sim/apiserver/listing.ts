import type { KubeObject } from "../types";
import { asServed } from "./conversion";
import { groupVersion, type KindDefinition, storedResource } from "./kind";
import type { ApiRequest } from "./request";
import { type FieldSelector, matchesFields, parseFieldSelector } from "./selectors/fields";
import { type LabelSelector, matchesLabels, parseLabelSelector, SelectorError } from "./selectors/labels";
import { badRequest, resourceExpired } from "./status";
import type { Store } from "./store";

/** The first value of a query parameter. */
export function queryValue(request: ApiRequest, name: string): string | undefined {
  const value = request.query?.[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Only absence, `0` and `false` are false; Python's clients say `True`. Source: apimachinery, Convert_Slice_string_To_bool. */
export function queryFlag(request: ApiRequest, name: string): boolean {
  const value = queryValue(request, name);
  return value !== undefined && value !== "0" && value.toLowerCase() !== "false";
}

/** Which objects of a kind a list or watch is about. */
export interface Selection {
  kind: KindDefinition;
  namespace?: string;
  labels: LabelSelector;
  fields: FieldSelector;
}

export function selectionOf(request: ApiRequest, kind: KindDefinition, namespace?: string, name?: string): Selection {
  try {
    const labels = parseLabelSelector(queryValue(request, "labelSelector") ?? "");
    const fields = parseFieldSelector(queryValue(request, "fieldSelector") ?? "");
    if (name) fields.push({ field: "metadata.name", equal: true, value: name });
    const selection = { kind, labels, fields, ...(namespace && { namespace }) };
    checkFields(selection);
    return selection;
  } catch (error) {
    if (error instanceof SelectorError) throw badRequest(error.message);
    throw error;
  }
}

const fieldsOf = (kind: KindDefinition, object: KubeObject): Record<string, string> => ({
  "metadata.name": object.metadata.name,
  ...(kind.namespaced && { "metadata.namespace": object.metadata.namespace ?? "" }),
  ...kind.selectableFields?.(object),
});

/** Names of fields are checked against an empty object: a kind lists its selectable fields whatever the values. */
function checkFields({ kind, fields }: Selection): void {
  const blank = {
    apiVersion: groupVersion(kind),
    kind: kind.kind,
    metadata: { name: "" },
    spec: {},
    status: {},
    involvedObject: {},
    source: {},
  };
  const known = fieldsOf(kind, blank as unknown as KubeObject);
  for (const { field } of fields) {
    if (!Object.hasOwn(known, field)) throw badRequest(`field label not supported: ${field}`);
  }
}

export function isSelected({ kind, namespace, labels, fields }: Selection, object: KubeObject): boolean {
  if (namespace && object.metadata.namespace !== namespace) return false;
  if (labels.length > 0 && !matchesLabels(labels, object.metadata.labels as Record<string, string> | undefined))
    return false;
  return fields.length === 0 || matchesFields(fields, fieldsOf(kind, object));
}

export interface ListPage {
  items: readonly KubeObject[];
  metadata: { resourceVersion: string; continue?: string; remainingItemCount?: number };
}

/** The selected objects of the store, as the selection's kind shows them. */
function storedItems(store: Store, selection: Selection): readonly KubeObject[] {
  const { kind } = selection;
  const stored = store.list(storedResource(kind), selection.namespace);
  const all = kind.storedAs ? stored.map((object) => asServed(kind, object)) : stored;
  return isSelective(selection) ? all.filter((object) => isSelected(selection, object)) : all;
}

const isSelective = ({ labels, fields }: Selection) => labels.length + fields.length > 0;

/**
 * One page of a list; `computed` are the items of a kind that the store does not have. The continue token names the
 * resourceVersion of the first page and the last key; pages after it are cut from the present state, which is what the
 * real server offers once a token's snapshot has been compacted.
 */
export function listPage(
  store: Store,
  selection: Selection,
  request: ApiRequest,
  computed?: readonly KubeObject[],
): ListPage {
  let items = computed?.filter((object) => isSelected(selection, object)) ?? storedItems(store, selection);
  let { resourceVersion } = store;
  const token = queryValue(request, "continue");
  if (token) {
    const match = /^v1\/(\d+)\/(.*)$/s.exec(token);
    if (!match) throw resourceExpired("The provided continue parameter is not valid");
    resourceVersion = Number(match[1]);
    items = items.filter((object) => keyText(object) > match[2]!);
  }
  const limit = Number(queryValue(request, "limit") ?? 0);
  const metadata: ListPage["metadata"] = { resourceVersion: String(resourceVersion) };
  if (limit > 0 && items.length > limit) {
    const rest = items.length - limit;
    items = items.slice(0, limit);
    metadata.continue = `v1/${resourceVersion}/${keyText(items.at(-1)!)}`;
    if (!isSelective(selection)) metadata.remainingItemCount = rest;
  }
  return { items, metadata };
}

const keyText = (object: KubeObject) => `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
