import type { KindDefinition } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import { canonicalQuantity } from "../quantity";
import type { ResourceQuota } from "../types";
import { validateResourceQuota, validateResourceQuotaStatusUpdate, validateResourceQuotaUpdate } from "./validation";

/** How much a namespace may have in all. */
export const resourceQuota: KindDefinition<ResourceQuota> = {
  group: "",
  version: "v1",
  kind: "ResourceQuota",
  plural: "resourcequotas",
  singular: "resourcequota",
  shortNames: ["quota"],
  namespaced: true,
  hasStatus: true,
  setDefaults(draft) {
    (draft as any).spec ??= {};
    (draft as any).status ??= {};
  },
  prepareForCreate(draft) {
    (draft as any).status = {};
  },
  prepareForUpdate(draft, old) {
    (draft as any).status = old.status;
  },
  validate: validateResourceQuota,
  validateUpdate: validateResourceQuotaUpdate,
  validateStatusUpdate: validateResourceQuotaStatusUpdate,
  columns: [NAME_COLUMN, shown("Request"), shown("Limit"), AGE_COLUMN],
  row({ metadata, status }, nowMs) {
    const hard = (status?.hard ?? {}) as Record<string, string>;
    const used = (status?.used ?? {}) as Record<string, string>;
    const texts = (limits: boolean) =>
      Object.keys(hard)
        .sort()
        .filter((name) => /^limits\../.test(name) === limits)
        .map((name) => `${name}: ${canonicalQuantity(used[name] ?? "0")}/${canonicalQuantity(hard[name]!)}`)
        .join(", ");
    return [metadata.name, texts(false), texts(true), age(metadata.creationTimestamp, nowMs)];
  },
};
