import type { FieldError } from "../../apiserver/status";
import { notSupported } from "../validation/field-error";

/** An optional word of a list, which is sorted. */
export const oneOf = (path: string, value: string | undefined, supported: readonly string[]): FieldError[] =>
  value === undefined || supported.includes(value) ? [] : [notSupported(path, value, supported)];
