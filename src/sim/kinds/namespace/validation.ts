import type { FieldError } from "../../apiserver/status";
import type { Namespace } from "../types";
import { invalid } from "../validation/field-error";
import { kubeFinalizerComplaints, validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Label, isQualifiedName } from "../validation/names";

const finalizer = (name: string, path: string): FieldError[] =>
  [...isQualifiedName(name), ...kubeFinalizerComplaints(name)].map((text) => invalid(path, name, text));

export const validateNamespace = ({ metadata, spec }: Namespace): FieldError[] => [
  ...validateMetadata(metadata, false, isDns1123Label),
  ...((spec?.finalizers ?? []) as string[]).flatMap((name) => finalizer(name, "spec.finalizers")),
];

export const validateNamespaceUpdate = (namespace: Namespace, old: Namespace): FieldError[] =>
  validateMetadataUpdate(namespace.metadata, old.metadata);

/** A namespace is Terminating from when it is marked for deletion, and Active until then. */
export function validateNamespaceStatusUpdate(namespace: Namespace, old: Namespace): FieldError[] {
  const errors = validateMetadataUpdate(namespace.metadata, old.metadata);
  const phase = namespace.status?.phase ?? "";
  const [wanted, mark] = namespace.metadata.deletionTimestamp
    ? ["Terminating", "is not empty"]
    : ["Active", "is empty"];
  if (phase !== wanted)
    errors.push(invalid("status.Phase", phase, `may only be '${wanted}' if \`deletionTimestamp\` ${mark}`));
  return errors;
}

/** A write of `namespaces/finalize`. */
export const validateNamespaceFinalizeUpdate = (namespace: Namespace, old: Namespace): FieldError[] => [
  ...validateMetadataUpdate(namespace.metadata, old.metadata),
  ...((namespace.spec?.finalizers ?? []) as string[]).flatMap((name, index) =>
    finalizer(name, `spec.finalizers[${index}]`),
  ),
];
