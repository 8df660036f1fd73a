import type { FieldError } from "../../apiserver/status";
import { validateTaintEffect } from "../pod/validation/scheduling";
import { duplicate, GoValue, invalid, quote } from "../validation/field-error";
import { isLabelValue, isQualifiedName } from "../validation/names";

export function validateTaints(taints: readonly any[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { key = "", value = "", effect = "" }] of (taints ?? []).entries()) {
    const at = `${path}[${index}]`;
    for (const text of isQualifiedName(key)) errors.push(invalid(`${at}.key`, key, text));
    const complaints = isLabelValue(value);
    if (complaints.length > 0) errors.push(invalid(`${at}.value`, value, complaints.join(";")));
    errors.push(...validateTaintEffect(effect, `${at}.effect`));
    const pair = `${effect}/${key}`;
    if (seen.has(pair)) {
      const taint = `core.Taint{Key:${quote(key)}, Value:${quote(value)}, Effect:${quote(effect)}, TimeAdded:<nil>}`;
      const error = duplicate(at, new GoValue(taint));
      errors.push({ ...error, detail: `${error.detail}: taints must be unique by key and effect pair` });
    }
    seen.add(pair);
  }
  return errors;
}
