import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import { validateQuantity } from "../pod/validation/resources";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import { canonicalQuantity, parseQuantity, quantityError } from "../quantity";
import type { CSIStorageCapacity } from "../types";
import { immutable, invalid } from "../validation/field-error";
import { validateLabelSelector } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";

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
  validate: ({ metadata, nodeTopology, storageClassName, capacity }) => [
    ...validateMetadata(metadata, true, isDns1123Subdomain),
    ...validateLabelSelector(nodeTopology as never, "nodeTopology"),
    ...isDns1123Subdomain(storageClassName ?? "").map((text) =>
      invalid("storageClassName", storageClassName ?? "", text),
    ),
    ...(capacity === undefined || quantityError(capacity) !== undefined
      ? []
      : validateQuantity("", parseQuantity(capacity), "capacity")),
  ],
  validateUpdate: (now, old) => [
    ...validateMetadataUpdate(now.metadata, old.metadata),
    ...(["nodeTopology", "storageClassName"] as const)
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
