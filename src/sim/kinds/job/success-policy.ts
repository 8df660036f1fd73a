import type { FieldError } from "../../apiserver/status";
import { invalid, required, tooLong, tooMany } from "../validation/field-error";
import { nonNegative } from "../validation/numbers";
import { countIndexes, IndexesError, parseIntervals } from "./indexes";

const MAX_RULES = 20;
const MAX_INDEXES_BYTES = 64 * 1024;

export function validateSuccessPolicy(spec: any, path: string): FieldError[] {
  const rules: any[] = spec.successPolicy.rules ?? [];
  const errors: FieldError[] = [];
  if (rules.length === 0) {
    const text = "at least one rules must be specified when the successPolicy is specified";
    errors.push(required(`${path}.rules`, text));
  }
  if (rules.length > MAX_RULES) errors.push(tooMany(`${path}.rules`, rules.length, MAX_RULES));
  for (const [index, rule] of rules.entries())
    errors.push(...validateRule(rule, spec.completions ?? 0, `${path}.rules[${index}]`));
  return errors;
}

function validateRule({ succeededCount, succeededIndexes }: any, completions: number, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (succeededCount === undefined && succeededIndexes === undefined)
    errors.push(required(path, "at least one of succeededCount or succeededIndexes must be specified"));
  let total = 0;
  if (succeededIndexes !== undefined) {
    const at = `${path}.succeededIndexes`;
    if (succeededIndexes.length > MAX_INDEXES_BYTES) errors.push(tooLong(at, MAX_INDEXES_BYTES));
    try {
      total = countIndexes(parseIntervals(succeededIndexes, completions));
    } catch (error) {
      if (!(error instanceof IndexesError)) throw error;
      errors.push(invalid(at, succeededIndexes, `error parsing succeededIndexes: ${error.message}`));
    }
  }
  if (succeededCount === undefined) return errors;
  const at = `${path}.succeededCount`;
  errors.push(...nonNegative(succeededCount, at));
  if (succeededCount > completions) {
    const text = `must be less than or equal to ${completions} (the number of specified completions)`;
    errors.push(invalid(at, succeededCount, text));
  }
  if (succeededIndexes !== undefined && succeededCount > total) {
    const text = `must be less than or equal to ${total} (the number of indexes in the specified succeededIndexes field)`;
    errors.push(invalid(at, succeededCount, text));
  }
  return errors;
}
