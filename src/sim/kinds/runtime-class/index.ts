import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { validateResources } from "../pod/validation/resources";
import { validateTolerations } from "../pod/validation/scheduling";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import { canonicalQuantity } from "../quantity";
import { immutable, invalid } from "../validation/field-error";
import { validateLabels } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Label, isDns1123Subdomain } from "../validation/names";

/** How a node runs the containers of a pod (https://kubernetes.io/docs/concepts/containers/runtime-class). */
export const runtimeClass: KindDefinition = {
  group: "node.k8s.io",
  version: "v1",
  kind: "RuntimeClass",
  plural: "runtimeclasses",
  singular: "runtimeclass",
  namespaced: false,
  setDefaults(draft) {
    draft.handler ??= "";
    const amounts = draft.overhead?.podFixed ?? {};
    for (const name of Object.keys(amounts)) amounts[name] = canonicalQuantity(amounts[name]);
    for (const toleration of draft.scheduling?.tolerations ?? []) toleration.operator ??= "Equal";
  },
  validate: validateRuntimeClass,
  validateUpdate: ({ metadata, handler }, old) => [
    ...validateMetadataUpdate(metadata, old.metadata),
    ...(handler === old.handler ? [] : [immutable("handler", handler)]),
  ],
  columns: [NAME_COLUMN, shown("Handler"), AGE_COLUMN],
  row: ({ metadata, handler }, nowMs) => [metadata.name, handler, age(metadata.creationTimestamp, nowMs)],
};

function validateRuntimeClass({ metadata, handler, overhead, scheduling }: any): FieldError[] {
  const errors = validateMetadata(metadata, false, isDns1123Subdomain);
  for (const text of isDns1123Label(handler)) errors.push(invalid("handler", handler, text));
  if (overhead) errors.push(...validateResources({ limits: overhead.podFixed }, "overhead"));
  if (!scheduling) return errors;
  return [
    ...errors,
    ...validateLabels(scheduling.nodeSelector, "scheduling.nodeSelector"),
    ...validateTolerations(scheduling.tolerations, "scheduling.tolerations"),
  ];
}
