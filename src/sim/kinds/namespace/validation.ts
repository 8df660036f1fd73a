import type { FieldError } from "../../apiserver/status";
import type { Namespace } from "../types";
import { invalid } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Label, isQualifiedName } from "../validation/names";

export function validateNamespace({ metadata, spec }: Namespace): FieldError[] {
  const errors = validateMetadata(metadata, false, isDns1123Label);
  for (const finalizer of spec?.finalizers ?? []) {
    for (const text of isQualifiedName(finalizer)) errors.push(invalid("spec.finalizers", finalizer, text));
  }
  return errors;
}

export const validateNamespaceUpdate = (namespace: Namespace, old: Namespace): FieldError[] =>
  validateMetadataUpdate(namespace.metadata, old.metadata);
