import type { PolicyRule } from "../../kinds/types";
import type { Attributes } from "./attributes";

const has = (list: readonly string[] | undefined, value: string): boolean => list?.includes(value) ?? false;
const hasAll = (list: readonly string[] | undefined, wanted: readonly string[] | undefined): boolean =>
  (wanted ?? []).every((value) => has(list, value));

/** Whether one rule allows a request (pkg/registry/rbac/… RuleAllows). */
export function ruleAllows(rule: PolicyRule, { verb, resource, path = "" }: Attributes): boolean {
  if (!has(rule.verbs, "*") && !has(rule.verbs, verb)) return false;
  if (!resource) return urlMatches(rule.nonResourceURLs, path);
  if (!has(rule.apiGroups, "*") && !has(rule.apiGroups, resource.group)) return false;
  const { subresource } = resource;
  const combined = subresource ? `${resource.resource}/${subresource}` : resource.resource;
  const named =
    has(rule.resources, "*") ||
    has(rule.resources, combined) ||
    (subresource !== "" && has(rule.resources, `*/${subresource}`));
  return named && (!rule.resourceNames?.length || has(rule.resourceNames, resource.name));
}

const urlMatches = (urls: readonly string[] | undefined, path: string): boolean =>
  (urls ?? []).some(
    (url) => url === "*" || url === path || (url.endsWith("*") && path.startsWith(url.replace(/\*+$/, ""))),
  );

/** One verb on one resource (of one name) or one path: what a grant is compared by. */
export function breakDown(rule: PolicyRule): PolicyRule[] {
  const single: PolicyRule[] = [];
  const { verbs = [], apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  for (const group of apiGroups)
    for (const resource of resources)
      for (const verb of verbs) {
        const base = { apiGroups: [group], resources: [resource], verbs: [verb] };
        if (resourceNames.length === 0) single.push(base);
        for (const name of resourceNames) single.push({ ...base, resourceNames: [name] });
      }
  for (const url of nonResourceURLs) for (const verb of verbs) single.push({ nonResourceURLs: [url], verbs: [verb] });
  return single;
}

/** What `wanted` allows and `owned` does not, a right a rule: empty where nothing is lacking. */
export const missingRights = (owned: readonly PolicyRule[], wanted: readonly PolicyRule[]): PolicyRule[] =>
  wanted.flatMap(breakDown).filter((right) => !owned.some((rule) => covers(rule, right)));

function covers(owner: PolicyRule, right: PolicyRule): boolean {
  const verbs = has(owner.verbs, "*") || hasAll(owner.verbs, right.verbs);
  const groups = has(owner.apiGroups, "*") || hasAll(owner.apiGroups, right.apiGroups);
  const urls = (right.nonResourceURLs ?? []).every((url) => urlMatches(owner.nonResourceURLs, url));
  const names =
    !owner.resourceNames?.length ||
    ((right.resourceNames?.length ?? 0) > 0 && hasAll(owner.resourceNames, right.resourceNames));
  return verbs && groups && resourcesCover(owner.resources, right.resources) && names && urls;
}

function resourcesCover(owned: readonly string[] = [], wanted: readonly string[] = []): boolean {
  if (has(owned, "*")) return true;
  return wanted.every((path) => {
    if (has(owned, path)) return true;
    const slash = path.indexOf("/");
    return slash >= 0 && has(owned, `*${path.slice(slash)}`);
  });
}

/** Rules on one resource each that differ in their verbs only become one; those stand last. */
export function compactRules(rules: readonly PolicyRule[]): PolicyRule[] {
  const compact: PolicyRule[] = [];
  const simple = new Map<string, PolicyRule>();
  for (const rule of rules) {
    const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
    if (resourceNames.length > 1 || nonResourceURLs.length > 0 || apiGroups.length !== 1 || resources.length !== 1) {
      compact.push(rule);
      continue;
    }
    const key = JSON.stringify([apiGroups[0], resources[0], resourceNames[0]]);
    const known = simple.get(key);
    simple.set(key, known ? { ...known, verbs: [...known.verbs, ...rule.verbs] } : rule);
  }
  return [...compact, ...simple.values()];
}

const quoted = (list: readonly string[]): string => `[${list.map((text) => JSON.stringify(text)).join(" ")}]`;

/** `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}` */
export function ruleText(rule: PolicyRule): string {
  const parts: [string, readonly string[] | undefined][] = [
    ["APIGroups", rule.apiGroups],
    ["Resources", rule.resources],
    ["NonResourceURLs", rule.nonResourceURLs],
    ["ResourceNames", rule.resourceNames],
    ["Verbs", rule.verbs],
  ];
  const shown = parts.flatMap(([name, list]) => (list?.length ? [`${name}:${quoted(list)}`] : []));
  return `{${shown.join(", ")}}`;
}

export const groupsText = quoted;
