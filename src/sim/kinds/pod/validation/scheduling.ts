import type { FieldError } from "../../../apiserver/status";
import { forbidden, invalid, notSupported, quote, required } from "../../validation/field-error";
import { goToleration } from "../../validation/go-syntax";
import { validateLabelSelector } from "../../validation/labels";
import { isDns1123Label, isDns1123Subdomain, isLabelValue, isQualifiedName } from "../../validation/names";

const TAINT_EFFECTS = ["NoSchedule", "PreferNoSchedule", "NoExecute"];

export function validateTolerations(tolerations: readonly any[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, toleration] of (tolerations ?? []).entries()) {
    const at = `${path}[${index}]`;
    const { key = "", operator = "", value = "", effect, tolerationSeconds } = toleration;
    if (key) for (const text of isQualifiedName(key)) errors.push(invalid(`${at}.key`, key, text));
    if (!key && operator !== "Exists") {
      const text = 'operator must be Exists when `key` is empty, which means "match all values and all keys"';
      errors.push(invalid(`${at}.operator`, operator, text));
    }
    if (tolerationSeconds !== undefined && effect !== "NoExecute") {
      errors.push(invalid(`${at}.effect`, effect ?? "", "effect must be 'NoExecute' when `tolerationSeconds` is set"));
    }
    if (operator === "Equal" || operator === "") {
      for (const text of isLabelValue(value)) errors.push(invalid(`${at}.operator`, value, text));
    } else if (operator === "Exists") {
      if (value)
        errors.push(
          invalid(`${at}.operator`, goToleration(toleration), "value must be empty when `operator` is 'Exists'"),
        );
    } else {
      errors.push(notSupported(`${at}.operator`, operator, ["Equal", "Exists"]));
    }
    if (effect && !TAINT_EFFECTS.includes(effect)) errors.push(notSupported(`${at}.effect`, effect, TAINT_EFFECTS));
  }
  return errors;
}

export function validateTaintEffect(effect: string | undefined, path: string): FieldError[] {
  if (!effect) return [required(path)];
  return TAINT_EFFECTS.includes(effect) ? [] : [notSupported(path, effect, TAINT_EFFECTS)];
}

export function validateAffinity(affinity: any, path: string): FieldError[] {
  if (!affinity) return [];
  return [
    ...validateNodeAffinity(affinity.nodeAffinity, `${path}.nodeAffinity`),
    ...validatePodAffinity(affinity.podAffinity, `${path}.podAffinity`),
    ...validatePodAffinity(affinity.podAntiAffinity, `${path}.podAntiAffinity`),
  ];
}

const REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
const PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

function validateWeight(weight: number | undefined, path: string): FieldError[] {
  return weight === undefined || weight < 1 || weight > 100
    ? [invalid(`${path}.weight`, weight ?? 0, "must be in the range 1-100")]
    : [];
}

function validateNodeAffinity(affinity: any, path: string): FieldError[] {
  if (!affinity) return [];
  const errors: FieldError[] = [];
  if (affinity[REQUIRED]) {
    errors.push(...validateNodeSelector(affinity[REQUIRED], `${path}.${REQUIRED}`));
  }
  return [...errors, ...validatePreferredTerms(affinity[PREFERRED], `${path}.${PREFERRED}`)];
}

/** ValidatePreferredSchedulingTerms */
export const validatePreferredTerms = (terms: readonly any[] | undefined, path: string): FieldError[] =>
  (terms ?? []).flatMap(({ weight, preference = {} }, index) => [
    ...validateWeight(weight, `${path}[${index}]`),
    ...validateNodeTerm(preference, `${path}[${index}].preference`),
  ]);

export function validateNodeSelector(selector: any, path: string): FieldError[] {
  const at = `${path}.nodeSelectorTerms`;
  const terms: any[] = selector.nodeSelectorTerms ?? [];
  if (terms.length === 0) return [required(at, "must have at least one node selector term")];
  return terms.flatMap((term, index) => validateNodeTerm(term, `${at}[${index}]`));
}

export function validateNodeTerm(term: any, path: string): FieldError[] {
  const of = (field: string, check: (requirement: any, at: string) => FieldError[]) =>
    ((term[field] ?? []) as any[]).flatMap((requirement, index) => check(requirement, `${path}.${field}[${index}]`));
  return [...of("matchExpressions", validateNodeRequirement), ...of("matchFields", validateNodeFieldRequirement)];
}

/** ValidateNodeSelectorRequirement */
export function validateNodeRequirement({ key = "", operator = "", values }: any, at: string): FieldError[] {
  const errors: FieldError[] = [];
  const wanted: string[] = values ?? [];
  if (operator === "In" || operator === "NotIn") {
    if (wanted.length === 0)
      errors.push(required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'"));
  } else if (operator === "Exists" || operator === "DoesNotExist") {
    if (wanted.length > 0)
      errors.push(forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"));
  } else if (operator === "Gt" || operator === "Lt") {
    if (wanted.length !== 1)
      errors.push(required(`${at}.values`, "must be specified single value when `operator` is 'Lt' or 'Gt'"));
  } else {
    errors.push(invalid(`${at}.operator`, operator, "not a valid selector operator"));
  }
  for (const text of isQualifiedName(key)) errors.push(invalid(`${at}.key`, key, text));
  for (const [position, value] of wanted.entries())
    for (const text of isLabelValue(value)) errors.push(invalid(`${at}.values[${position}]`, value, text));
  return errors;
}

/** ValidateNodeFieldSelectorRequirement: the name is the one field. */
export function validateNodeFieldRequirement({ key = "", operator = "", values }: any, at: string): FieldError[] {
  const errors: FieldError[] = [];
  const wanted: string[] = values ?? [];
  if (operator !== "In" && operator !== "NotIn") {
    errors.push(invalid(`${at}.operator`, operator, "not a valid selector operator"));
  } else if (wanted.length !== 1) {
    const text = "must be only one value when `operator` is 'In' or 'NotIn' for node field selector";
    errors.push(required(`${at}.values`, text));
  }
  if (key !== "metadata.name") return [...errors, invalid(`${at}.key`, key, "not a valid field selector key")];
  for (const [position, value] of wanted.entries())
    for (const text of isDns1123Subdomain(value)) errors.push(invalid(`${at}.values[${position}]`, value, text));
  return errors;
}

function validatePodAffinity(affinity: any, path: string): FieldError[] {
  if (!affinity) return [];
  const errors: FieldError[] = [];
  for (const [index, term] of (affinity[REQUIRED] ?? []).entries()) {
    errors.push(...validatePodTerm(term, `${path}.${REQUIRED}[${index}]`));
  }
  for (const [index, item] of (affinity[PREFERRED] ?? []).entries()) {
    const at = `${path}.${PREFERRED}[${index}]`;
    errors.push(
      ...validateWeight(item.weight, at),
      ...validatePodTerm(item.podAffinityTerm ?? {}, `${at}.podAffinityTerm`),
    );
  }
  return errors;
}

function validatePodTerm(term: any, path: string): FieldError[] {
  const errors = validateLabelSelector(term.labelSelector, `${path}.labelSelector`);
  errors.push(...validateLabelSelector(term.namespaceSelector, `${path}.namespaceSelector`));
  for (const name of term.namespaces ?? [])
    for (const text of isDns1123Label(name)) errors.push(invalid(`${path}.namespace`, name, text));
  const key = term.topologyKey ?? "";
  if (!key) errors.push(required(`${path}.topologyKey`, "can not be empty"));
  for (const text of isQualifiedName(key)) errors.push(invalid(`${path}.topologyKey`, key, text));
  return errors;
}

const UNSATISFIABLE = ["DoNotSchedule", "ScheduleAnyway"];
const INCLUSION_POLICIES = ["Honor", "Ignore"];
const AFTER_POLICIES = ["nodeAffinityPolicy", "nodeTaintsPolicy"];

export const validateMaxSkew = (maxSkew: number, path: string): FieldError[] =>
  maxSkew > 0 ? [] : [invalid(path, maxSkew, "must be greater than zero")];

export function validateTopologyKey(key: string, path: string): FieldError[] {
  if (!key) return [required(path, "can not be empty")];
  return isQualifiedName(key).map((text) => invalid(path, key, text));
}

export const validateWhenUnsatisfiable = (action: string, path: string): FieldError[] =>
  UNSATISFIABLE.includes(action) ? [] : [notSupported(path, action, UNSATISFIABLE)];

/** Only one constraint for a key may forbid, and only one may advise: said of the earlier of two. */
export function validateNotRepeated(constraint: any, later: readonly any[], path: string): FieldError[] {
  const pairOf = ({ topologyKey = "", whenUnsatisfiable = "" }: any) => `{${topologyKey}, ${whenUnsatisfiable}}`;
  const pair = pairOf(constraint);
  if (!later.some((other) => pairOf(other) === pair)) return [];
  return [{ type: "FieldValueDuplicate", field: path, detail: `Duplicate value: ${quote(pair)}` }];
}

export function validateTopologySpread(constraints: readonly any[] | undefined, path: string): FieldError[] {
  return (constraints ?? []).flatMap((constraint, index) => {
    const at = `${path}[${index}]`;
    const { maxSkew = 0, topologyKey = "", whenUnsatisfiable = "", minDomains } = constraint;
    const errors = [
      ...validateMaxSkew(maxSkew, `${at}.maxSkew`),
      ...validateTopologyKey(topologyKey, `${at}.topologyKey`),
      ...validateWhenUnsatisfiable(whenUnsatisfiable, `${at}.whenUnsatisfiable`),
      ...validateNotRepeated(constraint, constraints!.slice(index + 1), `${at}.{topologyKey, whenUnsatisfiable}`),
    ];
    if (minDomains !== undefined && minDomains <= 0)
      errors.push(invalid(`${at}.minDomains`, minDomains, "must be greater than zero"));
    else if (minDomains !== undefined && whenUnsatisfiable !== "DoNotSchedule") {
      const text = `can only use minDomains if whenUnsatisfiable=DoNotSchedule, not ${whenUnsatisfiable}`;
      errors.push(invalid(`${at}.minDomains`, minDomains, text));
    }
    for (const field of AFTER_POLICIES) {
      const policy = constraint[field];
      if (policy !== undefined && !INCLUSION_POLICIES.includes(policy))
        errors.push(notSupported(`${at}.${field}`, policy, INCLUSION_POLICIES));
    }
    return [...errors, ...validateLabelSelector(constraint.labelSelector, `${at}.labelSelector`)];
  });
}
