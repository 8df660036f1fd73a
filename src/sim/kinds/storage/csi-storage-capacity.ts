import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import { canonicalQuantity, formatQuantity, parseQuantity, quantityError } from "../quantity";
import type { CSIStorageCapacity } from "../types";
import { immutable, invalid } from "../validation/field-error";
import { validateLabelSelector } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { NOT_NEGATIVE } from "../validation/numbers";

/** How much a driver has left for a class, where in the cluster. */
export const csiStorageCapacity: KindDefinition<CSIStorageCapacity> = {
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSIStorageCapacity",
  plural: "csistoragecapacities",
  singular: "csistoragecapacity",
  namespaced: true,
  setDefaults(draft: any) {
    for (const field of ["capacity", "maximumVolumeSize"])
      if (draft[field] !== undefined) draft[field] = canonicalQuantity(draft[field]);
  },
  validate: ({ metadata, nodeTopology, storageClassName, ...sizes }) => [
    ...validateMetadata(metadata, true, isDns1123Subdomain),
    ...isDns1123Subdomain(storageClassName ?? "").map((text) =>
      invalid("storageClassName", storageClassName ?? "", text),
    ),
    ...validateLabelSelector(nodeTopology as never, "nodeTopology"),
    ...(["capacity", "maximumVolumeSize"] as const).flatMap((field) => {
      const size = sizes[field];
      if (size === undefined || quantityError(size) !== undefined) return [];
      const quantity = parseQuantity(size);
      return quantity.nanos < 0n ? [invalid(field, formatQuantity(quantity), NOT_NEGATIVE)] : [];
    }),
  ],
  validateUpdate: (now, old) => [
    ...validateMetadataUpdate(now.metadata, old.metadata),
    ...(["storageClassName", "nodeTopology"] as const)
      .filter((field) => !deepEqual(now[field], old[field]))
      .map((field) => immutable(field, now[field])),
  ],
  columns: [NAME_COLUMN, shown("StorageClassName"), shown("Capacity"), AGE_COLUMN],
  row: ({ metadata, storageClassName, capacity }, nowMs) => [
    metadata.name,
    storageClassName,
    capacity === undefined ? UNKNOWN : String(capacity),
    age(metadata.creationTimestamp, nowMs),
  ],
};

const UNKNOWN = "<unset>";
