import type { FieldError } from "../../apiserver/status";
import { duplicate, invalid, required, tooMany } from "../validation/field-error";
import { isQualifiedName } from "../validation/names";
import { type ExpressionScope, requiredExpression } from "./expressions";

export interface MatchCondition {
  name: string;
  expression: string;
}

const MAX_CONDITIONS = 64;

export function validateMatchConditions(
  conditions: readonly MatchCondition[] | undefined,
  path: string,
  scope: ExpressionScope,
): FieldError[] {
  const all = conditions ?? [];
  const errors = all.length > MAX_CONDITIONS ? [tooMany(path, all.length, MAX_CONDITIONS)] : [];
  for (const [index, { name, expression }] of all.entries()) {
    const at = `${path}[${index}]`;
    errors.push(...requiredExpression(expression?.trim(), `${at}.expression`, scope, ["bool"]));
    if (!name) errors.push(required(`${at}.name`));
    else for (const text of isQualifiedName(name)) errors.push(invalid(`${at}.name`, name, text));
    if (name && all.findIndex((one) => one.name === name) < index) errors.push(duplicate(`${at}.name`, name));
  }
  return errors;
}
