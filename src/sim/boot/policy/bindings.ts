/** Who has a role: `user NAME`, `group NAME` or `account NAMESPACE/NAME`. */
export type Subjects = readonly string[];

/** Bindings of cluster roles to whom they are meant for; each has the name of its role. */
export const CLUSTER_ROLE_BINDINGS: Record<string, Subjects> = {
  "cluster-admin": ["group system:masters"],
  "system:basic-user": ["group system:authenticated"],
  "system:discovery": ["group system:authenticated"],
  "system:kube-controller-manager": ["user system:kube-controller-manager"],
  "system:kube-dns": ["account kube-system/kube-dns"],
  "system:kube-scheduler": ["user system:kube-scheduler"],
  "system:monitoring": ["group system:monitoring"],
  "system:node": [],
  "system:node-proxier": ["user system:kube-proxy"],
  "system:public-info-viewer": ["group system:authenticated", "group system:unauthenticated"],
  "system:service-account-issuer-discovery": ["group system:serviceaccounts"],
  "system:volume-scheduler": ["user system:kube-scheduler"],
};

export interface NamespaceBinding {
  name: string;
  namespace: string;
  role: string;
  subjects: Subjects;
}

export const ROLE_BINDINGS: readonly NamespaceBinding[] = [
  {
    name: "system:controller:bootstrap-signer",
    namespace: "kube-public",
    role: "system:controller:bootstrap-signer",
    subjects: ["account kube-system/bootstrap-signer"],
  },
  {
    name: "system::extension-apiserver-authentication-reader",
    namespace: "kube-system",
    role: "extension-apiserver-authentication-reader",
    subjects: ["user system:kube-controller-manager", "user system:kube-scheduler"],
  },
  {
    name: "system::leader-locking-kube-controller-manager",
    namespace: "kube-system",
    role: "system::leader-locking-kube-controller-manager",
    subjects: ["user system:kube-controller-manager", "account kube-system/kube-controller-manager"],
  },
  {
    name: "system::leader-locking-kube-scheduler",
    namespace: "kube-system",
    role: "system::leader-locking-kube-scheduler",
    subjects: ["user system:kube-scheduler", "account kube-system/kube-scheduler"],
  },
  {
    name: "system:controller:bootstrap-signer",
    namespace: "kube-system",
    role: "system:controller:bootstrap-signer",
    subjects: ["account kube-system/bootstrap-signer"],
  },
  {
    name: "system:controller:cloud-provider",
    namespace: "kube-system",
    role: "system:controller:cloud-provider",
    subjects: ["account kube-system/cloud-provider"],
  },
  {
    name: "system:controller:token-cleaner",
    namespace: "kube-system",
    role: "system:controller:token-cleaner",
    subjects: ["account kube-system/token-cleaner"],
  },
];
