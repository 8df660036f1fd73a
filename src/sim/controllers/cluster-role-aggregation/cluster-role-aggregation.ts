import { labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { ClusterRole, PolicyRule } from "../../kinds/types";
import type { Controller } from "../controller";

const RESOURCE = "clusterroles.rbac.authorization.k8s.io";

const clusterRoles = (sim: Sim) => sim.store.list(RESOURCE) as readonly ClusterRole[];
const selectorsOf = (role: ClusterRole): any[] => role.aggregationRule?.clusterRoleSelectors ?? [];

/** Fills cluster roles that have an aggregation rule with the rules of all roles that it selects, each rule once. */
export const clusterRoleAggregationController: Controller = {
  name: "clusterrole-aggregation-controller",
  *keysFor({ resource }, sim) {
    if (resource !== RESOURCE) return;
    for (const role of clusterRoles(sim)) if (role.aggregationRule) yield role.metadata.name;
  },
  sync(sim, name) {
    const role = sim.store.get(RESOURCE, undefined, name) as ClusterRole | undefined;
    if (!role?.aggregationRule) return undefined;
    const rules: PolicyRule[] = [];
    for (const selector of selectorsOf(role)) {
      const parsed = labelSelectorOf(selector) ?? [];
      for (const other of clusterRoles(sim)) {
        if (other.metadata.name === name) continue;
        if (!matchesLabels(parsed, other.metadata.labels as Record<string, string> | undefined)) continue;
        for (const rule of other.rules ?? []) if (!rules.some((known) => deepEqual(known, rule))) rules.push(rule);
      }
    }
    if (deepEqual(rules, role.rules ?? [])) return undefined;
    const draft = clone(role);
    (draft as any).rules = clone(rules);
    sim.api("clusterrole-aggregation-controller").update(RESOURCE, draft as any);
    return undefined;
  },
};
