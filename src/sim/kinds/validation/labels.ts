import type { FieldError } from "../../apiserver/status";
import { forbidden, invalid, required } from "./field-error";
import { isLabelValue, isQualifiedName } from "./names";

export function validateLabels(labels: Record<string, string> | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of Object.keys(labels ?? {}).sort()) {
    for (const text of isQualifiedName(key)) errors.push(invalid(path, key, text));
    const value = String(labels![key] ?? "");
    for (const text of isLabelValue(value)) errors.push(invalid(path, value, text));
  }
  return errors;
}

interface Requirement {
  key?: string;
  operator?: string;
  values?: readonly string[];
}

export interface Selector {
  matchLabels?: Record<string, string>;
  matchExpressions?: readonly Requirement[];
}

export function validateLabelSelector(selector: Selector | undefined, path: string): FieldError[] {
  if (!selector) return [];
  const errors = validateLabels(selector.matchLabels, `${path}.matchLabels`);
  for (const [index, { key = "", operator = "", values = [] }] of (selector.matchExpressions ?? []).entries()) {
    const at = `${path}.matchExpressions[${index}]`;
    if (operator === "In" || operator === "NotIn") {
      if (values.length === 0)
        errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
    } else if (operator === "Exists" || operator === "DoesNotExist") {
      if (values.length > 0) {
        errors.push(forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
      }
    } else {
      errors.push(invalid(`${at}.operator`, operator, "not a valid selector operator"));
    }
    for (const text of isQualifiedName(key)) errors.push(invalid(`${at}.key`, key, text));
    for (const [position, value] of values.entries()) {
      for (const text of isLabelValue(value)) errors.push(invalid(`${at}.values[${position}]`, value, text));
    }
  }
  return errors;
}

/** Whether a selector could be compiled at all, as LabelSelectorAsSelector does it. */
export function selectorCompiles(selector: Selector): boolean {
  const named = Object.entries(selector.matchLabels ?? {}).every(
    ([key, value]) => isQualifiedName(key).length === 0 && isLabelValue(String(value ?? "")).length === 0,
  );
  return named && validateLabelSelector({ matchExpressions: selector.matchExpressions }, "").length === 0;
}

export const selectorIsEmpty = (selector: Selector): boolean =>
  Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0;

export function selectorMatches(selector: Selector, labels: Record<string, string> = {}): boolean {
  for (const [key, value] of Object.entries(selector.matchLabels ?? {})) if (labels[key] !== value) return false;
  return (selector.matchExpressions ?? []).every(({ key = "", operator, values = [] }) => {
    const value = labels[key];
    if (operator === "In") return value !== undefined && values.includes(value);
    if (operator === "NotIn") return value === undefined || !values.includes(value);
    return operator === "Exists" ? value !== undefined : value === undefined;
  });
}
