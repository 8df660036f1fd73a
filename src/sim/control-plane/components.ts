/** The control plane's own components, as the files of /etc/kubernetes/manifests name them. */
export const CONTROL_PLANE_COMPONENTS: readonly string[] = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
];
