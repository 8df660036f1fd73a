import type { FieldError } from "../../apiserver/status";
import {
  duplicate,
  GoValue,
  invalid,
  invalidWithoutValue,
  notSupported,
  required,
  tooMany,
} from "../validation/field-error";
import { isQualifiedName } from "../validation/names";

const MAX_RULES = 20;
const MAX_EXIT_CODES = 255;
const MAX_CONDITIONS = 20;
const ACTIONS = ["Count", "FailIndex", "FailJob", "Ignore"];
const OPERATORS = ["In", "NotIn"];
const STATUSES = ["False", "True", "Unknown"];

/** Values as `%q` shows a list of texts. */
const choices = (values: readonly string[]) => `valid values: [${values.map((value) => `"${value}"`).join(" ")}]`;

export function validatePodFailurePolicy(spec: any, path: string): FieldError[] {
  const rules: any[] = spec.podFailurePolicy.rules ?? [];
  const errors = rules.length > MAX_RULES ? [tooMany(`${path}.rules`, rules.length, MAX_RULES)] : [];
  const pod = spec.template?.spec ?? {};
  const names = [...(pod.containers ?? []), ...(pod.initContainers ?? [])].map(({ name }: any) => name);
  for (const [index, rule] of rules.entries())
    errors.push(...validateRule(spec, rule, names, `${path}.rules[${index}]`));
  return errors;
}

function validateRule(spec: any, rule: any, names: readonly string[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { action, onExitCodes, onPodConditions = [] } = rule;
  if (!action) errors.push(required(`${path}.action`, choices(ACTIONS)));
  else if (action === "FailIndex") {
    if (spec.backoffLimitPerIndex === undefined)
      errors.push(invalid(`${path}.action`, action, "requires the backoffLimitPerIndex to be set"));
  } else if (!ACTIONS.includes(action)) errors.push(notSupported(`${path}.action`, action, ACTIONS));
  if (onExitCodes) errors.push(...validateExitCodes(onExitCodes, names, `${path}.onExitCodes`));
  if (onPodConditions.length > 0) errors.push(...validateConditions(onPodConditions, `${path}.onPodConditions`));
  if (onExitCodes && onPodConditions.length > 0)
    errors.push(invalidWithoutValue(path, "specifying both OnExitCodes and OnPodConditions is not supported"));
  if (!onExitCodes && onPodConditions.length === 0)
    errors.push(invalidWithoutValue(path, "specifying one of OnExitCodes and OnPodConditions is required"));
  return errors;
}

function validateConditions(patterns: readonly any[], path: string): FieldError[] {
  const errors = patterns.length > MAX_CONDITIONS ? [tooMany(path, patterns.length, MAX_CONDITIONS)] : [];
  for (const [index, { type = "", status }] of patterns.entries()) {
    const at = `${path}[${index}]`;
    errors.push(...isQualifiedName(type).map((text) => invalid(`${at}.type`, type, text)));
    if (!status) errors.push(required(`${at}.status`, choices(STATUSES)));
    else if (!STATUSES.includes(status)) errors.push(notSupported(`${at}.status`, status, STATUSES));
  }
  return errors;
}

const goNumbers = (values: readonly number[] | undefined) =>
  new GoValue(values ? `[]int32{${values.join(", ")}}` : "[]int32(nil)");

function validateExitCodes({ operator, containerName, values }: any, names: readonly string[], path: string) {
  const errors: FieldError[] = [];
  if (!operator) errors.push(required(`${path}.operator`, choices(OPERATORS)));
  else if (!OPERATORS.includes(operator)) errors.push(notSupported(`${path}.operator`, operator, OPERATORS));
  if (containerName !== undefined && !names.includes(containerName)) {
    const text = "must be one of the container or initContainer names in the pod template";
    errors.push(invalid(`${path}.containerName`, containerName, text));
  }
  const codes: number[] = values ?? [];
  const at = `${path}.values`;
  if (codes.length === 0) errors.push(invalid(at, goNumbers(values), "at least one value is required"));
  else if (codes.length > MAX_EXIT_CODES) errors.push(tooMany(at, codes.length, MAX_EXIT_CODES));
  for (const [index, code] of codes.entries()) {
    if (operator === "In" && code === 0)
      errors.push(invalid(`${at}[${index}]`, code, "must not be 0 for the In operator"));
    if (codes.indexOf(code) < index) errors.push(duplicate(`${at}[${index}]`, code));
  }
  if (codes.some((code, index) => index > 0 && codes[index - 1]! > code))
    errors.push(invalid(at, goNumbers(values), "must be ordered"));
  return errors;
}
