import { deepEqual } from "../../kernel/freeze";
import type { PolicyRule, RoleRef } from "../../kinds/types";
import type { KubeObject } from "../../types";
import type { AdmissionRequest } from "../admission/admission";
import { failure, forbidden } from "../status";
import { authorize, PRIVILEGED_GROUP } from "./authorizer";
import { missingRole, roleRules, rulesFor } from "./rbac";
import { compactRules, groupsText, missingRights, ruleText } from "./rules";

const GROUP = "rbac.authorization.k8s.io";
const EVERYTHING: PolicyRule[] = [
  { verbs: ["*"], apiGroups: ["*"], resources: ["*"] },
  { verbs: ["*"], nonResourceURLs: ["*"] },
];

/**
 * Nobody grants what they do not have, unless they may `escalate` the role or `bind` it
 * (kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping).
 */
export function refuseEscalation(request: AdmissionRequest): void {
  const { kind, verb, user, subresource } = request;
  if (kind.group !== GROUP || subresource || (verb !== "create" && verb !== "update")) return;
  if (user.groups?.includes(PRIVILEGED_GROUP)) return;
  if (kind.kind === "Role" || kind.kind === "ClusterRole") checkRole(request);
  else checkBinding(request);
}

function checkRole(request: AdmissionRequest): void {
  const { draft, old, kind } = request;
  if (old && deepEqual(draft.rules, old.rules) && deepEqual(draft.aggregationRule, old.aggregationRule)) return;
  if (may(request, "escalate", kind.plural, draft.metadata.name)) return;
  if (draft.aggregationRule && lacks(request, EVERYTHING))
    throw refused(request, "must have cluster-admin privileges to use the aggregationRule");
  const text = lacks(request, draft.rules ?? []);
  if (text) throw refused(request, text);
}

function checkBinding(request: AdmissionRequest): void {
  const { draft, old, sim } = request;
  if (old && deepEqual(content(draft), content(old))) return;
  // A binding without a role goes on to validation with an empty one, as the decoder of the real server leaves it.
  const roleRef: RoleRef = { apiGroup: "", kind: "", name: "", ...draft.roleRef };
  const plural = roleRef.kind === "ClusterRole" ? "clusterroles" : "roles";
  if (may(request, "bind", plural, roleRef.name)) return;
  const rules = roleRules(sim.store, roleRef, draft.metadata.namespace ?? "");
  if (!rules)
    throw failure(404, "NotFound", missingRole(roleRef).replace(/^(cluster)?role/, plural), {
      name: roleRef.name,
      group: GROUP,
      kind: plural,
    });
  const text = lacks(request, rules);
  if (text) throw refused(request, text);
}

const content = ({ roleRef, subjects }: KubeObject) => ({ roleRef, subjects });

const refused = ({ kind, draft }: AdmissionRequest, text: string) =>
  forbidden({ group: kind.group, resource: kind.plural }, draft.metadata.name, text);

function may({ sim, user, draft }: AdmissionRequest, verb: string, resource: string, name: string): boolean {
  const namespace = draft.metadata.namespace ?? "";
  const asked = { group: GROUP, version: "v1", resource, subresource: "", namespace, name };
  return authorize(sim.store, { user, verb, resource: asked }).allowed;
}

/** The complaint about rights that the user has not; undefined where there are none. */
function lacks({ sim, user, draft }: AdmissionRequest, wanted: readonly PolicyRule[]): string | undefined {
  const { rules, errors } = rulesFor(sim.store, user, draft.metadata.namespace ?? "");
  const missing = missingRights(rules, wanted);
  if (missing.length === 0) return undefined;
  const lines = [...new Set(compactRules(missing).map(ruleText))].sort();
  const text = `user ${JSON.stringify(user.username)} (groups=${groupsText(user.groups ?? [])}) is attempting to grant RBAC permissions not currently held:\n${lines.join("\n")}`;
  return errors.length > 0 ? `${text}; resolution errors: [${errors.join(" ")}]` : text;
}
