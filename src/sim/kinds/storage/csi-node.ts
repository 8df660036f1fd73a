import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { validateCsiDriver } from "../pod/validation/volume-sources";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { CSINode } from "../types";
import { duplicate, immutable, invalid, required } from "../validation/field-error";
import { validateMetadata } from "../validation/metadata";
import { isDns1123Subdomain, isQualifiedName } from "../validation/names";
import { nonNegative } from "../validation/numbers";

const NODE_ID_MAX = 256;

/** The drivers of a node, and how many volumes each can have there. */
export const csiNode: KindDefinition<CSINode> = {
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSINode",
  plural: "csinodes",
  singular: "csinode",
  namespaced: false,
  setDefaults(draft: any) {
    draft.spec ??= {};
    draft.spec.drivers ??= null;
  },
  validate: ({ metadata, spec }) => [
    ...validateMetadata(metadata, false, isDns1123Subdomain),
    ...validateDrivers((spec.drivers ?? []) as any[]),
  ],
  validateUpdate: ({ spec }, old) =>
    (old.spec.drivers ?? []).flatMap((before) => {
      const now = (spec.drivers ?? []).find(({ name }) => name === before.name);
      return !now || deepEqual(now, before) ? [] : [immutable("spec.drivers", now)];
    }),
  columns: [NAME_COLUMN, shown("Drivers", "integer"), AGE_COLUMN],
  row: ({ metadata, spec }, nowMs) => [
    metadata.name,
    (spec.drivers ?? []).length,
    age(metadata.creationTimestamp, nowMs),
  ],
};

function validateDrivers(drivers: readonly any[]): FieldError[] {
  const names = new Set<string>();
  return drivers.flatMap((driver, index) => {
    const at = `spec.drivers[${index}]`;
    const { name = "", nodeID = "", allocatable, topologyKeys = [] } = driver;
    const errors = validateCsiDriver(name, `${at}.name`);
    if (!nodeID) errors.push(required(`${at}.nodeID`));
    if (nodeID.length > NODE_ID_MAX)
      errors.push(invalid(`${at}.nodeID`, nodeID, `must be ${NODE_ID_MAX} characters or less`));
    errors.push(...nonNegative(allocatable?.count, `${at}.allocatable.count`));
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
    const keys = new Set<string>();
    for (const key of topologyKeys ?? []) {
      if (!key) errors.push(required(at));
      if (keys.has(key)) errors.push(duplicate(at, key));
      keys.add(key);
      for (const text of isQualifiedName(key)) errors.push(invalid(at, key, text));
    }
    return errors;
  });
}
