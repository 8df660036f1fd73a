import type { FieldError } from "../../apiserver/status";
import { formatQuantity, parseQuantity, quantityError } from "../quantity";
import { invalid } from "../validation/field-error";

/** Storage that is asked for or offered: more than nothing. */
export function validateSize(size: string, path: string): FieldError[] {
  if (quantityError(size) !== undefined) return [];
  const quantity = parseQuantity(size);
  return quantity.nanos > 0n ? [] : [invalid(path, formatQuantity(quantity), "must be greater than zero")];
}
