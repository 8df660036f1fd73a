import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const rbacSuite = callsSuite(
  "val-rbac.jsonl.gz",
  { ...kindAsks("rbac.authorization.k8s.io", ["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"]) },
  { open: 58 },
);
