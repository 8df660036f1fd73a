import { admissionPlugins } from "./apiserver/admission";
import type { Component } from "./component";
import { components } from "./components";
import { controllers } from "./controllers";
import { kubelet } from "./kubelet";
import type { ClusterOptions } from "./options";

/** Processes and controllers as kubeadm and kube-controller-manager's --controllers name them, with the components that they are. */
const named = new Map<string, readonly string[]>([
  ["scheduler", ["kube-scheduler"]],
  ["controller-manager", controllers.map(({ name }) => name)],
  ["kube-controller-manager", controllers.map(({ name }) => name)],
  ["kubelet", [...kubelet.map(({ name }) => name), "kubelet-node-status"]],
  ["proxy", ["kube-proxy"]],
  ["root-ca-certificate-publisher-controller", ["root-ca-certificate-publisher"]],
  ["serviceaccount-controller", ["service-account-controller"]],
  ["garbage-collector-controller", ["generic-garbage-collector"]],
  ["pod-garbage-collector-controller", ["pod-garbage-collector"]],
  ["endpointslice-mirroring-controller", ["endpointslicemirroring-controller"]],
  ["endpoints-controller", ["endpoint-controller"]],
  ...components.map(({ name }): [string, readonly string[]] => [name, [name]]),
]);

/** Controllers are known without `-controller` as well: `deployment`, `node-lifecycle`. */
const componentsNamed = (name: string) => named.get(name) ?? named.get(`${name}-controller`);

/** Plugins that kube-apiserver 1.33 has on by itself (pkg/kubeapiserver/options/plugins.go): a cluster may go without any. */
const ADMISSION =
  "CertificateApproval CertificateSigning CertificateSubjectRestriction ClusterTrustBundleAttest DefaultIngressClass DefaultStorageClass DefaultTolerationSeconds LimitRanger MutatingAdmissionWebhook NamespaceLifecycle PersistentVolumeClaimResize PodSecurity PodTopologyLabels Priority ResourceQuota RuntimeClass ServiceAccount StorageObjectInUseProtection TaintNodesByCondition ValidatingAdmissionPolicy ValidatingAdmissionWebhook".split(
    " ",
  );

/** Whether `options.without` may name it. */
export const mayBeWithout = (name: string): boolean =>
  componentsNamed(name) !== undefined || ADMISSION.includes(name) || admissionPlugins.some((one) => one.name === name);

const made = new WeakMap<ClusterOptions, readonly Component[]>();

/** The components of one cluster, in the order in which they learn of a change. */
export function componentsOf(options: ClusterOptions): readonly Component[] {
  if (options.without.length === 0) return components;
  let active = made.get(options);
  if (!active) {
    const off = new Set(options.without.flatMap((name) => componentsNamed(name) ?? []));
    active = components.filter(({ name }) => !off.has(name));
    made.set(options, active);
  }
  return active;
}

/** Whether a component takes part in a cluster. */
export const isActive = (options: ClusterOptions, component: Component): boolean =>
  options.without.length === 0 || componentsOf(options).includes(component);
