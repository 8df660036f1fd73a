import type { FieldError } from "../../../apiserver/status";
import type { CustomResourceNames } from "../../custom-resource/definition-types";
import { invalid } from "../../validation/field-error";
import { isDns1035Label } from "../../validation/names";

const MIXED_CASE = "may have mixed case, but should otherwise match: ";

/** ValidateCustomResourceDefinitionNames: what is there has the form of a name. */
export function validateNames(names: CustomResourceNames, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const field of ["plural", "singular"] as const) {
    const texts = isDns1035Label(names[field] ?? "");
    if (names[field] && texts.length > 0) errors.push(invalid(`${path}.${field}`, names[field], texts.join(",")));
  }
  for (const field of ["kind", "listKind"] as const) {
    const texts = isDns1035Label((names[field] ?? "").toLowerCase());
    if (names[field] && texts.length > 0)
      errors.push(invalid(`${path}.${field}`, names[field], `${MIXED_CASE}${texts.join(",")}`));
  }
  errors.push(...validateEach(names.shortNames, `${path}.shortNames`));
  if (names.kind && names.kind === names.listKind)
    errors.push(invalid(`${path}.listKind`, names.listKind, "kind and listKind may not be the same"));
  errors.push(...validateEach(names.categories, `${path}.categories`));
  return errors;
}

const validateEach = (names: readonly string[] | undefined, path: string): FieldError[] =>
  (names ?? []).flatMap((name, index) => {
    const texts = isDns1035Label(name);
    return texts.length > 0 ? [invalid(`${path}[${index}]`, name, texts.join(","))] : [];
  });
