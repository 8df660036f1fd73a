import type { FieldError } from "../../apiserver/status";
import { invalid } from "./field-error";
import { goIntOrString } from "./go-syntax";
import { isPercent, isPortName, isPortNumber } from "./names";

export const NOT_NEGATIVE = "must be greater than or equal to 0";

export const nonNegative = (value: number | undefined, path: string): FieldError[] =>
  value !== undefined && value < 0 ? [invalid(path, value, NOT_NEGATIVE)] : [];

/** A port by its number or by the name that a container gives it. */
export function validatePortNumOrName(port: number | string | undefined, path: string): FieldError[] {
  if (typeof port === "string") return isPortName(port).map((text) => invalid(path, port, text));
  return isPortNumber(port ?? 0).map((text) => invalid(path, port ?? 0, text));
}

export function positiveIntOrPercent(value: number | string | undefined, path: string): FieldError[] {
  if (typeof value === "string") return isPercent(value).map((text) => invalid(path, goIntOrString(value), text));
  return nonNegative(value, path);
}

/** What `25%` says in whole percent, or undefined for a number. */
export const percent = (value: number | string | undefined): number | undefined =>
  typeof value === "string" && /^\d+%$/.test(value) ? Number(value.slice(0, -1)) : undefined;

/** IsNotMoreThan100Percent. */
export const notMoreThanAll = (value: number | string | undefined, path: string): FieldError[] =>
  (percent(value) ?? 0) > 100 ? [invalid(path, goIntOrString(value), "must not be greater than 100%")] : [];
