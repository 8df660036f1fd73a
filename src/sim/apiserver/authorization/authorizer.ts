import type { Attributes } from "./attributes";
import { authorizeByRbac, type Decision, type PolicyStore } from "./rbac";

/** Who is in it may do everything, whatever the policy says. */
export const PRIVILEGED_GROUP = "system:masters";

export function authorize(store: PolicyStore, attributes: Attributes): Decision {
  if (attributes.user.groups?.includes(PRIVILEGED_GROUP)) return { allowed: true, reason: "" };
  return authorizeByRbac(store, attributes);
}
