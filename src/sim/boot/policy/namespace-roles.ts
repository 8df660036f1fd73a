import type { RuleTexts } from "./rules";

/** Roles of the system's namespaces, by namespace (bootstrappolicy/namespace_policy.go). */
export const NAMESPACE_ROLES: Record<string, RuleTexts> = {
  "kube-public": {
    "system:controller:bootstrap-signer": [
      "READ | core | configmaps",
      "update | core | configmaps | cluster-info",
      "EVENTS",
    ],
  },
  "kube-system": {
    "extension-apiserver-authentication-reader": ["READ | core | configmaps | extension-apiserver-authentication"],
    "system::leader-locking-kube-controller-manager": [
      "watch | core | configmaps",
      "get update | core | configmaps | kube-controller-manager",
    ],
    "system::leader-locking-kube-scheduler": [
      "watch | core | configmaps",
      "get update | core | configmaps | kube-scheduler",
    ],
    "system:controller:bootstrap-signer": ["READ | core | secrets"],
    "system:controller:cloud-provider": ["create get list watch | core | configmaps"],
    "system:controller:token-cleaner": ["delete get list watch | core | secrets", "EVENTS"],
  },
};
