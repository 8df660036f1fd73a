import type { FieldError } from "../../apiserver/status";
import type { ClusterRole, ClusterRoleBinding, PolicyRule, Role, RoleBinding, RoleRef, Subject } from "../types";
import { GoValue, invalid, notSupported, quote, required } from "../validation/field-error";
import { goStrings } from "../validation/go-syntax";
import { validateLabelSelector } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { isPathSegmentName } from "../validation/references";

export const RBAC_GROUP = "rbac.authorization.k8s.io";

/** Names of roles may hold colons: they are only checked for what a path cannot carry. */
export function validateRole({ metadata, rules }: Role): FieldError[] {
  return [...validateMetadata(metadata, true, isPathSegmentName), ...validateRules(rules, true)];
}

export function validateClusterRole({ metadata, rules, aggregationRule }: ClusterRole): FieldError[] {
  const errors = [...validateMetadata(metadata, false, isPathSegmentName), ...validateRules(rules, false)];
  if (!aggregationRule) return errors;
  const path = "aggregationRule.clusterRoleSelectors";
  const selectors = (aggregationRule.clusterRoleSelectors ?? []) as any[];
  if (selectors.length === 0)
    errors.push(required(path, "at least one clusterRoleSelector required if aggregationRule is non-nil"));
  return [...errors, ...selectors.flatMap((selector, index) => validateLabelSelector(selector, `${path}[${index}]`))];
}

const validateRules = (rules: readonly PolicyRule[] | undefined, namespaced: boolean): FieldError[] =>
  (rules ?? []).flatMap((rule, index) => validatePolicyRule(rule, namespaced, `rules[${index}]`));

export function validatePolicyRule(rule: PolicyRule, namespaced: boolean, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = rule;
  if (!verbs?.length) errors.push(required(`${path}.verbs`, "verbs must contain at least one value"));
  if (nonResourceURLs?.length) {
    const wrong = (text: string) => errors.push(invalid(`${path}.nonResourceURLs`, goStrings(nonResourceURLs), text));
    if (namespaced) wrong("namespaced rules cannot apply to non-resource URLs");
    if (apiGroups?.length || resources?.length || resourceNames?.length)
      wrong("rules cannot apply to both regular resources and non-resource URLs");
    return errors;
  }
  if (!apiGroups?.length)
    errors.push(required(`${path}.apiGroups`, "resource rules must supply at least one api group"));
  if (!resources?.length)
    errors.push(required(`${path}.resources`, "resource rules must supply at least one resource"));
  return errors;
}

export const validateRoleBinding = (binding: RoleBinding): FieldError[] => validateBinding(binding, true);
export const validateClusterRoleBinding = (binding: ClusterRoleBinding): FieldError[] =>
  validateBinding(binding, false);

function validateBinding(
  { metadata, roleRef, subjects }: RoleBinding | ClusterRoleBinding,
  namespaced: boolean,
): FieldError[] {
  const errors = validateMetadata(metadata, namespaced, isPathSegmentName);
  const { apiGroup = "", kind = "", name = "" } = (roleRef ?? {}) as Partial<RoleRef>;
  if (apiGroup !== RBAC_GROUP) errors.push(notSupported("roleRef.apiGroup", apiGroup, [RBAC_GROUP]));
  const kinds = namespaced ? ["Role", "ClusterRole"] : ["ClusterRole"];
  if (!kinds.includes(kind)) errors.push(notSupported("roleRef.kind", kind, kinds));
  if (!name) errors.push(required("roleRef.name"));
  else errors.push(...isPathSegmentName(name).map((text) => invalid("roleRef.name", name, text)));
  (subjects ?? []).forEach((subject, index) => {
    errors.push(...validateSubject(subject, namespaced, `subjects[${index}]`));
  });
  return errors;
}

export function validateSubject(subject: Subject, namespaced: boolean, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { kind = "", name = "", apiGroup = "", namespace } = subject;
  if (!name) errors.push(required(`${path}.name`));
  switch (kind) {
    case "ServiceAccount":
      if (name) errors.push(...isDns1123Subdomain(name).map((text) => invalid(`${path}.name`, name, text)));
      if (apiGroup) errors.push(notSupported(`${path}.apiGroup`, apiGroup, [""]));
      if (!namespaced && !namespace) errors.push(required(`${path}.namespace`));
      break;
    case "User":
    case "Group":
      if (apiGroup !== RBAC_GROUP) errors.push(notSupported(`${path}.apiGroup`, apiGroup, [RBAC_GROUP]));
      break;
    default:
      errors.push(notSupported(`${path}.kind`, kind, ["ServiceAccount", "User", "Group"]));
  }
  return errors;
}

export const validateRoleUpdate = (role: Role | ClusterRole, old: Role | ClusterRole): FieldError[] =>
  validateMetadataUpdate(role.metadata, old.metadata);

/** A binding stays with its role: another one needs another binding. */
export function validateBindingUpdate(
  binding: RoleBinding | ClusterRoleBinding,
  old: RoleBinding | ClusterRoleBinding,
): FieldError[] {
  const errors = validateMetadataUpdate(binding.metadata, old.metadata);
  const [now, before] = [binding.roleRef, old.roleRef];
  if (now?.apiGroup !== before?.apiGroup || now?.kind !== before?.kind || now?.name !== before?.name)
    errors.push(invalid("roleRef", goRoleRef(now), "cannot change roleRef"));
  return errors;
}

const goRoleRef = ({ apiGroup = "", kind = "", name = "" }: Partial<RoleRef> = {}): GoValue =>
  new GoValue(`rbac.RoleRef{APIGroup:${quote(apiGroup)}, Kind:${quote(kind)}, Name:${quote(name)}}`);
