import type { Call } from "../../command";
import { CliError, PlainExit } from "../../errors";

/** A resource as a rule names it. */
export interface RuleResource {
  group: string;
  resource: string;
  subresource: string;
}

const RBAC = "rbac.authorization.k8s.io";
const ROLES = [`roles.${RBAC}`, `clusterroles.${RBAC}`];

/** Verbs that only make sense for some resources. */
const SPECIAL_VERBS: Record<string, string[]> = {
  use: ["podsecuritypolicies.policy", "podsecuritypolicies.extensions"],
  bind: ROLES,
  escalate: ROLES,
  impersonate: ["users", "serviceaccounts", "groups", "userextras.authentication.k8s.io"],
};

/** `deployments.apps/scale`; a bare `*` stands for everything, whatever else is named. */
export function namedResources(words: readonly string[]): RuleResource[] {
  const named: RuleResource[] = [];
  for (const word of words) {
    const [before = "", subresource = ""] = word.split(/\/(.*)/s);
    const [resource = "", group = ""] = before.split(/\.(.*)/s);
    const one = { group, resource, subresource };
    if (word === "*") return [one];
    named.push(one);
  }
  return named;
}

/** The resources by their full names; complains of unknown ones, and of verbs that they do not have. */
export async function validateRuleResources(
  { session }: Call,
  named: readonly RuleResource[],
  verbs: readonly string[],
): Promise<RuleResource[]> {
  const resolved: RuleResource[] = [];
  let checked = true;
  for (const { group, resource, subresource } of named) {
    if (!resource) throw new CliError("resource must be specified if apiGroup/subresource specified");
    // Beyond one that stands for all of its group, nothing is checked any more.
    if (resource === "*") checked = false;
    const found =
      resource === "*" ? undefined : await session.discovery.find(group ? `${resource}.${group}` : resource);
    const full = found ? { group: found.group, resource: found.plural } : { group, resource };
    const name = full.group ? `${full.resource}.${full.group}` : full.resource;
    const special = verbs.filter((verb) => SPECIAL_VERBS[verb]);
    if (checked) {
      const wrong = special.find((verb) => !SPECIAL_VERBS[verb]!.includes(name));
      if (wrong) throw new CliError(`can not perform '${wrong}' on '${full.resource}' in group '${full.group}'`);
      if (!found && special.length === 0)
        throw new PlainExit(
          `the server doesn't have a resource type ${JSON.stringify(resource)}${group ? ` in group ${JSON.stringify(group)}` : ""}`,
        );
    }
    resolved.push({ ...full, subresource });
  }
  return resolved;
}
