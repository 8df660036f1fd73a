/** A resource on its way through a kustomization: what it is now, and the names that it has had. */
export interface Built {
  object: any;
  /** Every name so far, oldest first, without the one that it has now. */
  earlierNames: string[];
  /** Made by a generator: the hash of its content goes behind its name at the very end. */
  hashed?: boolean;
}

/** Kinds without a namespace, as kustomize knows them from the API's own documents. */
const CLUSTER_SCOPED = new Set([
  "APIService",
  "CSIDriver",
  "CSINode",
  "CertificateSigningRequest",
  "ClusterRole",
  "ClusterRoleBinding",
  "ComponentStatus",
  "CustomResourceDefinition",
  "FlowSchema",
  "IngressClass",
  "IPAddress",
  "MutatingWebhookConfiguration",
  "Namespace",
  "Node",
  "PersistentVolume",
  "PriorityClass",
  "PriorityLevelConfiguration",
  "RuntimeClass",
  "ServiceCIDR",
  "StorageClass",
  "ValidatingAdmissionPolicy",
  "ValidatingAdmissionPolicyBinding",
  "ValidatingWebhookConfiguration",
  "VolumeAttachment",
]);

export const isClusterScoped = (kind: string): boolean => CLUSTER_SCOPED.has(kind);

/** `Deployment.v1.apps/web.[noNs]`: how kustomize calls a resource. */
export function idOf({ apiVersion = "", kind, metadata }: any): string {
  const [group, version] = apiVersion.includes("/") ? apiVersion.split("/") : ["[noGrp]", apiVersion];
  const namespace = isClusterScoped(kind) ? "[noNs]" : (metadata?.namespace ?? "[noNs]");
  return `${kind}.${version}.${group}/${metadata?.name}.${namespace}`;
}

/** What stands in paths of fields: `spec/containers[]/image`. `visit` is called with each holder of the last step. */
export function visitPath(object: any, path: string, create: boolean, visit: (holder: any, key: string) => void): void {
  walk(object, path.split("/"), create, visit);
}

function walk(value: any, steps: string[], create: boolean, visit: (holder: any, key: string) => void): void {
  if (typeof value !== "object" || value === null) return;
  const [step, ...rest] = steps as [string, ...string[]];
  const key = step.replace("[]", "");
  if (rest.length === 0) {
    if (create || value[key] !== undefined) visit(value, key);
    return;
  }
  if (step.endsWith("[]")) {
    for (const item of Array.isArray(value[key]) ? value[key] : []) walk(item, rest, create, visit);
    return;
  }
  if (value[key] === undefined || value[key] === null) {
    if (!create) return;
    value[key] = {};
  }
  walk(value[key], rest, create, visit);
}
