import type { FieldError } from "../../apiserver/status";
import { invalid, required } from "./field-error";
import { isDns1123Subdomain } from "./names";

/** IsPathSegmentName: what can stand between two slashes of an API path. */
export function isPathSegmentName(name: string): string[] {
  if (name === "." || name === "..") return [`may not be '${name}'`];
  return ["/", "%"].filter((illegal) => name.includes(illegal)).map((illegal) => `may not contain '${illegal}'`);
}

/** apiGroup, kind and name of a reference to an object of any kind. */
export function validateTypedReference(reference: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { apiGroup } = reference;
  if (apiGroup !== undefined)
    for (const text of isDns1123Subdomain(apiGroup)) errors.push(invalid(`${path}.apiGroup`, apiGroup, text));
  return [...errors, ...segments(reference, ["kind", "name"], path)];
}

/** Fields that must be there and be path segments. */
export function segments(reference: any, fields: readonly string[], path: string): FieldError[] {
  return fields.flatMap((field) => {
    const value = reference[field];
    if (!value) return [required(`${path}.${field}`)];
    return isPathSegmentName(value).map((text) => invalid(`${path}.${field}`, value, text));
  });
}
