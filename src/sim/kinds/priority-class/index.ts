import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { PriorityClass } from "../types";
import { forbidden, immutable, notSupported } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";

/** The classes that the API server keeps itself; names that start like theirs are its own. */
export const SYSTEM_PRIORITIES: Readonly<Record<string, { value: number; description: string }>> = {
  "system-node-critical": {
    value: 2_000_001_000,
    description: "Used for system critical pods that must not be moved from their current node.",
  },
  "system-cluster-critical": {
    value: 2_000_000_000,
    description:
      "Used for system critical pods that must run in the cluster, but can be moved to another node if necessary.",
  },
};
const HIGHEST_USER_VALUE = 1_000_000_000;
const POLICIES = ["Never", "PreemptLowerPriority"];

export const priorityClass: KindDefinition<PriorityClass> = {
  group: "scheduling.k8s.io",
  version: "v1",
  kind: "PriorityClass",
  plural: "priorityclasses",
  singular: "priorityclass",
  shortNames: ["pc"],
  namespaced: false,
  setDefaults(draft) {
    (draft as any).preemptionPolicy ??= "PreemptLowerPriority";
    (draft as any).value ??= 0;
  },
  prepareForCreate(draft) {
    (draft.metadata as any).generation = 1;
  },
  prepareForUpdate(draft, old) {
    (draft.metadata as any).generation = old.metadata.generation;
  },
  validate: validatePriorityClass,
  validateUpdate(priority, old) {
    const errors = validateMetadataUpdate(priority.metadata, old.metadata);
    if (priority.value !== old.value) errors.push(forbidden("value", "may not be changed in an update."));
    if (priority.preemptionPolicy !== old.preemptionPolicy)
      errors.push(immutable("preemptionPolicy", priority.preemptionPolicy));
    return errors;
  },
  columns: [
    NAME_COLUMN,
    shown("Value", "integer"),
    shown("Global-Default", "boolean"),
    AGE_COLUMN,
    shown("PreemptionPolicy"),
  ],
  row: ({ metadata, value, globalDefault, preemptionPolicy }, nowMs) => [
    metadata.name,
    value ?? 0,
    globalDefault ?? false,
    age(metadata.creationTimestamp, nowMs),
    preemptionPolicy ?? "",
  ],
};

function validatePriorityClass({ metadata, value = 0, preemptionPolicy }: PriorityClass): FieldError[] {
  const errors = validateMetadata(metadata, false, isDns1123Subdomain);
  const name = metadata.name ?? "";
  if (name.startsWith("system-")) {
    const known = SYSTEM_PRIORITIES[name];
    const why = !known
      ? `${name} is not a known system priority class`
      : known.value !== value
        ? `value of ${name} PriorityClass must be ${known.value}`
        : undefined;
    if (why)
      errors.push(
        forbidden(
          "metadata.name",
          `priority class names with 'system-' prefix are reserved for system use only. error: ${why}`,
        ),
      );
  } else if (value > HIGHEST_USER_VALUE) {
    errors.push(forbidden("value", `maximum allowed value of a user defined priority is ${HIGHEST_USER_VALUE}`));
  }
  if (preemptionPolicy !== undefined && !POLICIES.includes(preemptionPolicy))
    errors.push(notSupported("preemptionPolicy", preemptionPolicy, ["PreemptLowerPriority", "Never"]));
  return errors;
}
