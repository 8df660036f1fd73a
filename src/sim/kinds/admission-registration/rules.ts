import type { FieldError } from "../../apiserver/status";
import { duplicate, GoValue, invalid, notSupported, required } from "../validation/field-error";
import { goStrings } from "../validation/go-syntax";
import { validateLabelSelector } from "../validation/labels";
import { isPathSegmentName } from "../validation/references";
import { oneOf } from "./one-of";

/** What requests a webhook or a policy is about. */
export interface Rule {
  operations?: string[];
  apiGroups?: string[];
  apiVersions?: string[];
  resources?: string[];
  resourceNames?: string[];
  scope?: string;
}

export interface MatchResources {
  namespaceSelector?: any;
  objectSelector?: any;
  resourceRules?: Rule[];
  excludeResourceRules?: Rule[];
  matchPolicy?: string;
}

const OPERATIONS = ["*", "CONNECT", "CREATE", "DELETE", "UPDATE"];
const SCOPES = ["*", "Cluster", "Namespaced"];
export const MATCH_POLICIES = ["Equivalent", "Exact"];

/** Nothing may stand beside a wildcard. */
function alone(values: readonly string[], path: string, what: string, type = "string"): FieldError[] {
  if (values.length < 2 || !values.includes("*")) return [];
  const shown = new GoValue(goStrings(values).text.replace("[]string", `[]${type}`));
  return [invalid(path, shown, `if '*' is present, must not specify other ${what}`)];
}

export function validateRule(rule: Rule, path: string): FieldError[] {
  const { operations = [], apiGroups = [], apiVersions = [], resources = [], scope } = rule;
  const errors: FieldError[] = [];
  if (operations.length === 0) errors.push(required(`${path}.operations`));
  errors.push(...alone(operations, `${path}.operations`, "operations", "admissionregistration.OperationType"));
  for (const [index, operation] of operations.entries()) {
    if (!OPERATIONS.includes(operation))
      errors.push(notSupported(`${path}.operations[${index}]`, operation, OPERATIONS));
  }
  if (apiGroups.length === 0) errors.push(required(`${path}.apiGroups`));
  errors.push(...alone(apiGroups, `${path}.apiGroups`, "API groups"));
  if (apiVersions.length === 0) errors.push(required(`${path}.apiVersions`));
  errors.push(...alone(apiVersions, `${path}.apiVersions`, "API versions"));
  for (const [index, version] of apiVersions.entries())
    if (version === "") errors.push(required(`${path}.apiVersions[${index}]`));
  errors.push(...validateResources(resources, `${path}.resources`));
  return [...errors, ...oneOf(`${path}.scope`, scope, SCOPES)];
}

/** Resources and their subresources, none of them covered by a wildcard of the same list. */
function validateResources(resources: readonly string[], path: string): FieldError[] {
  if (resources.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const allOf = new Set<string>();
  const everyones = new Set<string>();
  let withoutSubresource = false;
  for (const [index, text] of resources.entries()) {
    const at = `${path}[${index}]`;
    if (text === "") {
      errors.push(required(at));
      continue;
    }
    const slash = text.indexOf("/");
    if (slash < 0) {
      withoutSubresource = text !== "*";
      continue;
    }
    const [resource, subresource] = [text.slice(0, slash), text.slice(slash + 1)];
    if (allOf.has(resource)) errors.push(invalid(at, text, `if '${resource}/*' is present, must not specify ${text}`));
    if (everyones.has(subresource))
      errors.push(invalid(at, text, `if '*/${subresource}' is present, must not specify ${text}`));
    if (subresource === "*") allOf.add(resource);
    if (resource === "*") everyones.add(subresource);
  }
  if (resources.length > 1 && resources.includes("*/*"))
    errors.push(invalid(path, goStrings(resources), "if '*/*' is present, must not specify other resources"));
  if (resources.includes("*") && withoutSubresource) {
    const why = "if '*' is present, must not specify other resources without subresources";
    errors.push(invalid(path, goStrings(resources), why));
  }
  return errors;
}

export function validateMatchResources(match: MatchResources, path: string): FieldError[] {
  const errors = oneOf(`${path}.matchPolicy`, match.matchPolicy, MATCH_POLICIES);
  errors.push(...validateLabelSelector(match.namespaceSelector, `${path}.namespaceSelector`));
  errors.push(...validateLabelSelector(match.objectSelector, `${path}.objectSelector`));
  for (const field of ["resourceRules", "excludeResourceRules"] as const)
    for (const [index, rule] of (match[field] ?? []).entries())
      errors.push(...validateNamedRule(rule, `${path}.${field}[${index}]`));
  return errors;
}

function validateNamedRule(rule: Rule, path: string): FieldError[] {
  const names = rule.resourceNames ?? [];
  const errors = names.flatMap((name, index) => {
    const at = `${path}.resourceNames[${index}]`;
    const wrong = isPathSegmentName(name).map((text) => invalid(at, name, text));
    return names.indexOf(name) < index ? [...wrong, duplicate(at, name)] : wrong;
  });
  return [...errors, ...validateRule(rule, path)];
}
