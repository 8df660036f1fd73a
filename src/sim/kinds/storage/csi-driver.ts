import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { AGE_COLUMN, age, NAME_COLUMN, shown, UNSET } from "../printing";
import type { CSIDriver } from "../types";
import { duplicate, immutable, invalid, notSupported, required } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";

const TOKEN_MIN_SECONDS = 600;
const TOKEN_MAX_SECONDS = 2 ** 32;
const LIFECYCLES = ["Persistent", "Ephemeral"];
const PERIOD_MIN_SECONDS = 10;
const FS_GROUP_POLICIES = ["File", "None", "ReadWriteOnceWithFSType"];

/** What a driver of storage can do and wants. */
export const csiDriver: KindDefinition<CSIDriver> = {
  group: "storage.k8s.io",
  version: "v1",
  kind: "CSIDriver",
  plural: "csidrivers",
  singular: "csidriver",
  namespaced: false,
  setDefaults(draft: any) {
    draft.spec ??= {};
    draft.spec.attachRequired ??= true;
    draft.spec.podInfoOnMount ??= false;
    draft.spec.storageCapacity ??= false;
    draft.spec.fsGroupPolicy ??= "ReadWriteOnceWithFSType";
    if (!draft.spec.volumeLifecycleModes?.length) draft.spec.volumeLifecycleModes = ["Persistent"];
    draft.spec.requiresRepublish ??= false;
    draft.spec.seLinuxMount ??= false;
  },
  validate: ({ metadata, spec }) => [...validateMetadata(metadata, false, isDns1123Subdomain), ...validateSpec(spec)],
  validateUpdate: ({ metadata, spec }, old) => [
    ...validateMetadataUpdate(metadata, old.metadata),
    ...(["attachRequired", "volumeLifecycleModes"] as const)
      .filter((field) => JSON.stringify(spec[field]) !== JSON.stringify(old.spec[field]))
      .map((field) => immutable(field === "attachRequired" ? "spec.attachedRequired" : `spec.${field}`, spec[field])),
  ],
  columns: [
    NAME_COLUMN,
    shown("AttachRequired", "boolean"),
    shown("PodInfoOnMount", "boolean"),
    shown("StorageCapacity", "boolean"),
    shown("TokenRequests"),
    shown("RequiresRepublish", "boolean"),
    shown("Modes"),
    AGE_COLUMN,
  ],
  row: ({ metadata, spec }, nowMs) => [
    metadata.name,
    spec.attachRequired ?? true,
    spec.podInfoOnMount ?? false,
    spec.storageCapacity ?? false,
    (spec.tokenRequests ?? []).map(({ audience }) => audience).join(",") || UNSET,
    spec.requiresRepublish ?? false,
    (spec.volumeLifecycleModes ?? []).join(",") || "<none>",
    age(metadata.creationTimestamp, nowMs),
  ],
};

function validateSpec(spec: any): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.attachRequired === undefined) errors.push(required("spec.attachedRequired"));
  if (spec.podInfoOnMount === undefined) errors.push(required("spec.podInfoOnMount"));
  if (spec.storageCapacity === undefined) errors.push(required("spec.storageCapacity"));
  if (spec.fsGroupPolicy !== undefined && !FS_GROUP_POLICIES.includes(spec.fsGroupPolicy))
    errors.push(notSupported("spec.fsGroupPolicy", spec.fsGroupPolicy, FS_GROUP_POLICIES));
  const audiences = new Set<string>();
  for (const [index, { audience = "", expirationSeconds }] of (spec.tokenRequests ?? []).entries()) {
    const at = `spec.tokenRequests[${index}]`;
    if (audiences.has(audience)) {
      errors.push(duplicate(`${at}.audience`, audience));
      continue;
    }
    audiences.add(audience);
    if (expirationSeconds < TOKEN_MIN_SECONDS)
      errors.push(
        invalid(`${at}.expirationSeconds`, expirationSeconds, "may not specify a duration less than 10 minutes"),
      );
    if (expirationSeconds > TOKEN_MAX_SECONDS)
      errors.push(
        invalid(`${at}.expirationSeconds`, expirationSeconds, "may not specify a duration larger than 2^32 seconds"),
      );
  }
  for (const mode of spec.volumeLifecycleModes ?? [])
    if (!LIFECYCLES.includes(mode)) errors.push(notSupported("spec.volumeLifecycleModes", mode, LIFECYCLES));
  const period = spec.nodeAllocatableUpdatePeriodSeconds;
  if (period !== undefined && period < PERIOD_MIN_SECONDS) {
    const text = "must be greater than or equal to 10 seconds";
    errors.push(invalid("spec.nodeAllocatableUpdatePeriodSeconds", period, text));
  }
  return errors;
}
