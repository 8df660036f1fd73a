import { breakDown, compactRules } from "@/sim/apiserver/authorization/rules";
import type { PolicyRule } from "@/sim/kinds/types";

const list = (values: readonly string[] | undefined): string => `[${(values ?? []).join(" ")}]`;

/** By Go's text of a rule, which is what kubectl sorts by. */
const sortText = ({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string =>
  `&PolicyRule{Verbs:${list(verbs)},APIGroups:${list(apiGroups)},Resources:${list(resources)},ResourceNames:${list(resourceNames)},NonResourceURLs:${list(nonResourceURLs)},}`;

/** Rules taken apart and put together again, one for each resource and name, as `describe` and `can-i --list` show them. */
function byResource(rules: readonly PolicyRule[]): PolicyRule[] {
  const seen = new Set<string>();
  const single = rules.flatMap(breakDown).filter((rule) => {
    if (rule.nonResourceURLs) return true;
    const key = JSON.stringify(rule);
    return !seen.has(key) && seen.add(key);
  });
  const sorted = compactRules(single).map((rule) => ({ rule, text: sortText(rule) }));
  return sorted.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({ rule }) => rule);
}

/** A line of cells each: resource, paths, names, verbs. */
export const ruleLines = (rules: readonly PolicyRule[]): string[] =>
  byResource(rules).map(
    (rule) => `${resourceText(rule)}\t${list(rule.nonResourceURLs)}\t${list(rule.resourceNames)}\t${list(rule.verbs)}`,
  );

/** `deployments.apps/scale` */
function resourceText({ resources = [], apiGroups = [] }: PolicyRule): string {
  if (resources.length === 0) return "";
  const [plural, subresource] = resources[0]!.split(/\/(.*)/s);
  return `${plural}${apiGroups[0] ? `.${apiGroups[0]}` : ""}${subresource === undefined ? "" : `/${subresource}`}`;
}
