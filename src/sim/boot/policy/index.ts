import type { Sim } from "../../component";
import { RBAC_GROUP } from "../../kinds/rbac/validation";
import type { PolicyRule, Subject } from "../../kinds/types";
import { CLUSTER_ROLE_BINDINGS, type NamespaceBinding, ROLE_BINDINGS, type Subjects } from "./bindings";
import { CLUSTER_ROLES } from "./cluster-roles";
import { CONTROLLER_ROLES } from "./controller-roles";
import { ADDON_CLUSTER_ROLE_BINDINGS, ADDON_CLUSTER_ROLES, ADDON_ROLE_BINDINGS, ADDON_ROLES } from "./kubeadm";
import { NAMESPACE_ROLES } from "./namespace-roles";
import { policyRule, type RuleTexts } from "./rules";

const BOOTSTRAPPING = { "kubernetes.io/bootstrapping": "rbac-defaults" };
const AUTOUPDATE = { "rbac.authorization.kubernetes.io/autoupdate": "true" };
const AGGREGATE_TO = "rbac.authorization.k8s.io/aggregate-to-";
const CONTROLLER = "system:controller:";

/** The roles for people: each gathers the rules of those that are labelled for it, and is gathered by the next. */
const AGGREGATED: { name: string; into?: string }[] = [
  { name: "admin" },
  { name: "edit", into: "admin" },
  { name: "view", into: "edit" },
];

/** RBAC as a new control plane has it: the API server's own policy, then what kubeadm and the add-ons add. */
export function bootPolicy(sim: Sim): void {
  const own = new PolicyWriter(sim, "kube-apiserver", true);
  for (const [name, rules] of Object.entries(CLUSTER_ROLES)) own.clusterRole(name, rules, aggregatedBy(name));
  for (const { name, into } of AGGREGATED) own.aggregatedRole(name, into);
  for (const [name, rules] of Object.entries(CONTROLLER_ROLES)) own.clusterRole(CONTROLLER + name, rules);
  for (const [name, subjects] of Object.entries(CLUSTER_ROLE_BINDINGS)) own.clusterRoleBinding(name, name, subjects);
  for (const name of Object.keys(CONTROLLER_ROLES))
    own.clusterRoleBinding(CONTROLLER + name, CONTROLLER + name, [`account kube-system/${name}`]);
  own.namespaced(NAMESPACE_ROLES, ROLE_BINDINGS);

  const addons = new PolicyWriter(sim, "kubeadm", false);
  for (const [name, rules] of Object.entries(ADDON_CLUSTER_ROLES)) addons.clusterRole(name, rules);
  for (const [name, { role, subjects }] of Object.entries(ADDON_CLUSTER_ROLE_BINDINGS))
    addons.clusterRoleBinding(name, role, subjects);
  addons.namespaced(ADDON_ROLES, ADDON_ROLE_BINDINGS);
}

const aggregatedBy = (name: string): string | undefined => /^system:aggregate-to-(.*)$/.exec(name)?.[1];

class PolicyWriter {
  constructor(
    private readonly sim: Sim,
    private readonly component: string,
    private readonly marked: boolean,
  ) {}

  clusterRole(name: string, rules: readonly string[], aggregateTo?: string): void {
    this.create("ClusterRole", { name }, { rules: rules.map(policyRule) }, aggregateTo);
  }

  aggregatedRole(name: string, into?: string): void {
    const selector = { matchLabels: { [`${AGGREGATE_TO}${name}`]: "true" } };
    this.create("ClusterRole", { name }, { aggregationRule: { clusterRoleSelectors: [selector] } }, into);
  }

  clusterRoleBinding(name: string, role: string, subjects: Subjects): void {
    const roleRef = { apiGroup: RBAC_GROUP, kind: "ClusterRole", name: role };
    this.create("ClusterRoleBinding", { name }, { roleRef, ...subjectsOf(subjects) });
  }

  namespaced(roles: Record<string, RuleTexts>, bindings: readonly NamespaceBinding[]): void {
    for (const [namespace, texts] of Object.entries(roles)) {
      for (const [name, rules] of Object.entries(texts))
        this.create("Role", { name, namespace }, { rules: rules.map(policyRule) });
    }
    for (const { name, namespace, role, subjects } of bindings) {
      const roleRef = { apiGroup: RBAC_GROUP, kind: "Role", name: role };
      this.create("RoleBinding", { name, namespace }, { roleRef, ...subjectsOf(subjects) });
    }
  }

  private create(
    kind: string,
    metadata: { name: string; namespace?: string },
    content: { rules?: PolicyRule[]; [field: string]: unknown },
    aggregateTo?: string,
  ): void {
    const labels = {
      ...(this.marked && BOOTSTRAPPING),
      ...(aggregateTo && { [`${AGGREGATE_TO}${aggregateTo}`]: "true" }),
    };
    this.sim.api(this.component).create(`${kind.toLowerCase()}s.${RBAC_GROUP}`, {
      apiVersion: `${RBAC_GROUP}/v1`,
      kind,
      metadata: {
        ...metadata,
        ...(this.marked && { annotations: AUTOUPDATE }),
        ...(Object.keys(labels).length > 0 && { labels }),
      },
      ...content,
    });
  }
}

function subjectsOf(subjects: Subjects): { subjects?: Subject[] } {
  if (subjects.length === 0) return {};
  return {
    subjects: subjects.map((text) => {
      const [kind, name] = text.split(" ") as [string, string];
      if (kind === "account") {
        const [namespace, account] = name.split("/") as [string, string];
        return { kind: "ServiceAccount", name: account, namespace };
      }
      return { apiGroup: RBAC_GROUP, kind: kind === "user" ? "User" : "Group", name };
    }),
  };
}
