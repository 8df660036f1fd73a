import { validatePolicyRule, validateSubject } from "../kinds/rbac/validation";
import { isPathSegmentName } from "../kinds/validation/references";
import { asManifest } from "./manifest";
import { callsSuite, differs } from "./suite";
import { compareErrors, kindAsks } from "./validation";

export const rbacSuite = callsSuite("val-rbac.jsonl.gz", {
  ...kindAsks("rbac.authorization.k8s.io", ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"]),
  ValidateRBACName: ({ in: [name], out }) => differs(isPathSegmentName(name), out[0] ?? []),
  ValidateRoleBindingSubject: ({ in: [subject, namespaced, path], out }) =>
    compareErrors(validateSubject(asManifest(subject), namespaced, path), out[0]),
  ValidatePolicyRule: ({ in: [rule, namespaced, path], out }) =>
    compareErrors(validatePolicyRule(asManifest(rule), namespaced, path), out[0]),
});
