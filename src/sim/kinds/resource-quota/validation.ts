import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { validateQuantity } from "../pod/validation/resources";
import { parseQuantity, quantityError } from "../quantity";
import type { ResourceQuota } from "../types";
import { immutable, invalid, notSupported, required } from "../validation/field-error";
import { goStrings } from "../validation/go-syntax";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain, isQualifiedName } from "../validation/names";
import { CONFLICTING, QUOTA_RESOURCES, SCOPES, scopeFits } from "./scopes";

const OPERATORS = ["In", "NotIn", "Exists", "DoesNotExist"];

type Amounts = Record<string, string | number>;

export const validateResourceQuota = ({ metadata, spec }: ResourceQuota): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Subdomain),
  ...validateResourceQuotaSpec(spec, "spec"),
];

export function validateResourceQuotaSpec(spec: ResourceQuota["spec"], path: string): FieldError[] {
  const hard = (spec?.hard ?? {}) as Amounts;
  return [
    ...validateAmounts(hard, `${path}.hard`),
    ...validateScopes(spec?.scopes, Object.keys(hard)),
    ...validateSelector((spec?.scopeSelector as any)?.matchExpressions, Object.keys(hard)),
  ];
}

/** `path`: of a list of resources, `spec.hard`. */
function validateAmounts(amounts: Amounts | undefined, path: string): FieldError[] {
  return Object.entries(amounts ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, value]) => {
      const errors = validateQuotaResourceName(name, `${path}[${name}]`);
      if (quantityError(value) === undefined)
        errors.push(...validateQuantity(name, parseQuantity(value), `${path}[${name}]`));
      return errors;
    });
}

export function validateQuotaResourceName(name: string, path: string): FieldError[] {
  const errors = isQualifiedName(name).map((text) => invalid(path, name, text));
  const known = name.includes("/") || QUOTA_RESOURCES.has(name) || /^(requests\.)?hugepages-/.test(name);
  if (errors.length === 0 && !known) errors.push(invalid(path, name, "must be a standard resource for quota"));
  return errors;
}

function validateScopes(scopes: readonly string[] | undefined, names: readonly string[]): FieldError[] {
  if (!scopes?.length) return [];
  const wrong = (text: string) => invalid("spec.scopes", goStrings(scopes), text);
  return [
    ...scopes.flatMap((scope) => scopeComplaints(scope, names).map(wrong)),
    ...CONFLICTING.filter((pair) => pair.every((scope) => scopes.includes(scope))).map(() =>
      wrong("conflicting scopes"),
    ),
  ];
}

const scopeComplaints = (scope: string, names: readonly string[]): string[] => [
  ...(SCOPES.includes(scope) ? [] : ["unsupported scope"]),
  ...names
    .filter((name) => QUOTA_RESOURCES.has(name) && SCOPES.includes(scope) && !scopeFits(scope, name))
    .map(() => "unsupported scope applied to resource"),
];

function validateSelector(expressions: any[] | undefined, names: readonly string[]): FieldError[] {
  const path = "spec.scopeSelector.matchExpressions";
  return (expressions ?? []).flatMap(({ scopeName = "", operator = "", values = [] }) => {
    const errors = scopeComplaints(scopeName, names).map((text) => invalid(`${path}.scopeName`, scopeName, text));
    if (scopeName !== "PriorityClass" && SCOPES.includes(scopeName) && operator !== "Exists")
      errors.push(
        invalid(
          `${path}.operator`,
          operator,
          `must be 'Exist' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity`,
        ),
      );
    if (!OPERATORS.includes(operator)) errors.push(notSupported(`${path}.operator`, operator, OPERATORS));
    if ((operator === "In" || operator === "NotIn") && values.length === 0)
      errors.push(
        required(`${path}.values`, "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector"),
      );
    if ((operator === "Exists" || operator === "DoesNotExist") && values.length > 0)
      errors.push(
        invalid(
          `${path}.values`,
          goStrings(values),
          "must be no value when `operator` is 'Exists' or 'DoesNotExist' for scope selector",
        ),
      );
    return errors;
  });
}

export function validateResourceQuotaUpdate(quota: ResourceQuota, old: ResourceQuota): FieldError[] {
  const errors = validateMetadataUpdate(quota.metadata, old.metadata);
  const sorted = (scopes: readonly string[] = []) => [...new Set(scopes)].sort();
  if (!deepEqual(sorted(quota.spec?.scopes), sorted(old.spec?.scopes)))
    errors.push(immutable("spec.scopes", goStrings(quota.spec?.scopes)));
  return errors;
}

export const validateResourceQuotaStatusUpdate = (
  { metadata, status }: ResourceQuota,
  old: ResourceQuota,
): FieldError[] => [
  ...validateMetadataUpdate(metadata, old.metadata),
  ...validateResourceQuotaStatus(status, "status"),
];

export const validateResourceQuotaStatus = (status: ResourceQuota["status"], path: string): FieldError[] => [
  ...validateAmounts(status?.hard as Amounts | undefined, `${path}.hard`),
  ...validateAmounts(status?.used as Amounts | undefined, `${path}.used`),
];
