import type { FieldError } from "../../../apiserver/status";
import { notSupported, required } from "../../validation/field-error";

/** A text that must be one of several. */
export function oneOf(path: string, value: string | undefined, accepted: readonly string[]): FieldError[] {
  if (!value) return [required(path)];
  return accepted.includes(value) ? [] : [notSupported(path, value, accepted)];
}
