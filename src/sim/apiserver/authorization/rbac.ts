import type {
  ClusterRole,
  ClusterRoleBinding,
  PolicyRule,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from "../../kinds/types";
import type { UserInfo } from "../../types";
import type { Store } from "../store";
import type { Attributes } from "./attributes";
import { ruleAllows } from "./rules";

const GROUP = "rbac.authorization.k8s.io";
const SERVICE_ACCOUNT = "system:serviceaccount:";

export type PolicyStore = Pick<Store, "get" | "list">;

export interface Decision {
  allowed: boolean;
  reason: string;
}

/** A rule that a user has, and by which binding. */
export interface Grant {
  rule: PolicyRule;
  /** `ClusterRoleBinding "x" of ClusterRole "y" to User "z"` */
  by(): string;
}

interface Found {
  grants: Iterable<Grant>;
  /** Complaints about bindings to roles that are not there; complete once all grants were read. */
  errors: string[];
}

/** RBAC's own word on a request, after the real authorizer (plugin/pkg/auth/authorizer/rbac). */
export function authorizeByRbac(store: PolicyStore, attributes: Attributes): Decision {
  const { grants, errors } = grantsOf(store, attributes.user, attributes.resource?.namespace ?? "");
  for (const { rule, by } of grants) {
    if (ruleAllows(rule, attributes)) return { allowed: true, reason: `RBAC: allowed by ${by()}` };
  }
  return { allowed: false, reason: errors.length > 0 ? `RBAC: ${aggregate(errors)}` : "" };
}

/** All rules that a user has at the cluster's scope and in a namespace. */
export function rulesFor(
  store: PolicyStore,
  user: UserInfo,
  namespace: string,
): { rules: PolicyRule[]; errors: string[] } {
  const { grants, errors } = grantsOf(store, user, namespace);
  const rules = [...grants].map(({ rule }) => rule);
  return { rules, errors };
}

/** The rules behind a role reference; undefined where there is no such role. */
export function roleRules(store: PolicyStore, roleRef: RoleRef, namespace: string): readonly PolicyRule[] | undefined {
  const role =
    roleRef.kind === "ClusterRole"
      ? store.get(`clusterroles.${GROUP}`, undefined, roleRef.name)
      : store.get(`roles.${GROUP}`, namespace, roleRef.name);
  return role && ((role as Role | ClusterRole).rules ?? []);
}

export const missingRole = ({ kind, name }: RoleRef): string =>
  `${kind === "ClusterRole" ? "clusterrole" : "role"}.${GROUP} ${JSON.stringify(name)} not found`;

const aggregate = (errors: readonly string[]): string => {
  const distinct = [...new Set(errors)];
  return distinct.length === 1 ? distinct[0]! : `[${distinct.join(", ")}]`;
};

function grantsOf(store: PolicyStore, user: UserInfo, namespace: string): Found {
  const errors: string[] = [];
  return { grants: walk(store, user, namespace, errors), errors };
}

function* walk(store: PolicyStore, user: UserInfo, namespace: string, errors: string[]): Iterable<Grant> {
  for (const binding of store.list(`clusterrolebindings.${GROUP}`) as readonly ClusterRoleBinding[]) {
    yield* rulesOf(store, binding, user, "", errors);
  }
  if (!namespace) return;
  for (const binding of store.list(`rolebindings.${GROUP}`, namespace) as readonly RoleBinding[]) {
    yield* rulesOf(store, binding, user, namespace, errors);
  }
}

function* rulesOf(
  store: PolicyStore,
  binding: RoleBinding | ClusterRoleBinding,
  user: UserInfo,
  namespace: string,
  errors: string[],
): Iterable<Grant> {
  const subject = binding.subjects?.find((one) => appliesTo(one, user, namespace));
  if (!subject) return;
  const { roleRef } = binding;
  const rules = roleRules(store, roleRef, namespace);
  if (!rules) {
    errors.push(missingRole(roleRef));
    return;
  }
  const by = () => describeBinding(binding, subject, namespace);
  for (const rule of rules) yield { rule, by };
}

function appliesTo({ kind, name, namespace }: Subject, user: UserInfo, bindingNamespace: string): boolean {
  switch (kind) {
    case "User":
      return user.username === name;
    case "Group":
      return user.groups?.includes(name) ?? false;
    case "ServiceAccount": {
      const where = namespace || bindingNamespace;
      return where !== "" && user.username === `${SERVICE_ACCOUNT}${where}:${name}`;
    }
    default:
      return false;
  }
}

function describeBinding(binding: RoleBinding | ClusterRoleBinding, subject: Subject, namespace: string): string {
  const { roleRef, metadata } = binding;
  const name = namespace ? `${metadata.name}/${namespace}` : metadata.name;
  const who = subject.kind === "ServiceAccount" ? `${subject.name}/${subject.namespace || namespace}` : subject.name;
  return `${binding.kind} ${JSON.stringify(name)} of ${roleRef.kind} ${JSON.stringify(roleRef.name)} to ${subject.kind} ${JSON.stringify(who)}`;
}
