import type { NamespaceBinding, Subjects } from "./bindings";
import type { RuleTexts } from "./rules";

/** What kubeadm and the add-ons lay on top of the API server's own policy. */

export const ADDON_CLUSTER_ROLES: RuleTexts = {
  kindnet: ["list watch patch | core | nodes", "get | core | configmaps"],
  "kubeadm:get-nodes": ["get | core | nodes"],
  "system:coredns": [
    "list watch | core | endpoints services pods namespaces",
    "list watch | discovery.k8s.io | endpointslices",
  ],
};

export const ADDON_CLUSTER_ROLE_BINDINGS: Record<string, { role: string; subjects: Subjects }> = {
  kindnet: { role: "kindnet", subjects: ["account kube-system/kindnet"] },
  "kubeadm:cluster-admins": { role: "cluster-admin", subjects: ["group kubeadm:cluster-admins"] },
  "kubeadm:get-nodes": {
    role: "kubeadm:get-nodes",
    subjects: ["group system:bootstrappers:kubeadm:default-node-token"],
  },
  "kubeadm:kubelet-bootstrap": {
    role: "system:node-bootstrapper",
    subjects: ["group system:bootstrappers:kubeadm:default-node-token"],
  },
  "kubeadm:node-autoapprove-bootstrap": {
    role: "system:certificates.k8s.io:certificatesigningrequests:nodeclient",
    subjects: ["group system:bootstrappers:kubeadm:default-node-token"],
  },
  "kubeadm:node-autoapprove-certificate-rotation": {
    role: "system:certificates.k8s.io:certificatesigningrequests:selfnodeclient",
    subjects: ["group system:nodes"],
  },
  "kubeadm:node-proxier": { role: "system:node-proxier", subjects: ["account kube-system/kube-proxy"] },
  "system:coredns": { role: "system:coredns", subjects: ["account kube-system/coredns"] },
};

export const ADDON_ROLES: Record<string, RuleTexts> = {
  "kube-public": { "kubeadm:bootstrap-signer-clusterinfo": ["get | core | configmaps | cluster-info"] },
  "kube-system": {
    "kube-proxy": ["get | core | configmaps | kube-proxy"],
    "kubeadm:kubelet-config": ["get | core | configmaps | kubelet-config"],
    "kubeadm:nodes-kubeadm-config": ["get | core | configmaps | kubeadm-config"],
  },
};

const NODES: Subjects = ["group system:nodes", "group system:bootstrappers:kubeadm:default-node-token"];

export const ADDON_ROLE_BINDINGS: readonly NamespaceBinding[] = [
  {
    name: "kubeadm:bootstrap-signer-clusterinfo",
    namespace: "kube-public",
    role: "kubeadm:bootstrap-signer-clusterinfo",
    subjects: ["user system:anonymous"],
  },
  {
    name: "kube-proxy",
    namespace: "kube-system",
    role: "kube-proxy",
    subjects: ["group system:bootstrappers:kubeadm:default-node-token"],
  },
  { name: "kubeadm:kubelet-config", namespace: "kube-system", role: "kubeadm:kubelet-config", subjects: NODES },
  {
    name: "kubeadm:nodes-kubeadm-config",
    namespace: "kube-system",
    role: "kubeadm:nodes-kubeadm-config",
    subjects: ["group system:bootstrappers:kubeadm:default-node-token", "group system:nodes"],
  },
];
