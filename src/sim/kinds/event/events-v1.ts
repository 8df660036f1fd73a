import type { KindDefinition } from "../../apiserver/kind";
import type { KubeObject } from "../../types";
import { event } from "./index";
import { eventColumns, eventRow } from "./table";
import { validateEvent, validateEventUpdate, validateNewEvent } from "./validation";

/** Fields of this version, and what the core group calls them. */
const NAMES: readonly (readonly [string, string])[] = [
  ["regarding", "involvedObject"],
  ["note", "message"],
  ["reportingController", "reportingComponent"],
  ["deprecatedSource", "source"],
  ["deprecatedFirstTimestamp", "firstTimestamp"],
  ["deprecatedLastTimestamp", "lastTimestamp"],
  ["deprecatedCount", "count"],
];

function renamed(object: KubeObject, from: 0 | 1): KubeObject {
  const to = 1 - from;
  const names = new Map(NAMES.map((pair) => [pair[from]!, pair[to]!] as const));
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [names.get(name) ?? name, value])) as never;
}

function toStored(object: KubeObject): KubeObject {
  const stored = renamed(object, 0);
  event.setDefaults!(stored);
  return stored;
}

/** The same events by newer names and stricter rules: who tells of what, and when, is fixed. */
export const eventV1: KindDefinition = {
  ...event,
  group: "events.k8s.io",
  setDefaults() {},
  storedAs: { resource: "events", toStored, fromStored: (stored) => renamed(stored, 1), ownRules: true },
  validate: (object) => validateEvent(object, "events.k8s.io/v1"),
  validateCreate: validateNewEvent,
  validateUpdate: validateEventUpdate,
  columns: eventColumns,
  row: (object, nowMs) => eventRow(toStored(object), nowMs),
  selectableFields(object) {
    const { regarding = {}, reason = "", reportingController = "", type = "" } = object as any;
    const { kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath } = regarding;
    const of = Object.entries({ kind, namespace, name, uid, apiVersion, resourceVersion, fieldPath });
    return {
      ...Object.fromEntries(of.map(([field, value]) => [`regarding.${field}`, value ?? ""])),
      reason,
      reportingController,
      type,
    };
  },
};
