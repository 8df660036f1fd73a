/** Which resources a quota of a scope may count (pkg/apis/core/helper, IsResourceQuotaScopeValidForResource). */

export const SCOPES = [
  "Terminating",
  "NotTerminating",
  "BestEffort",
  "NotBestEffort",
  "PriorityClass",
  "CrossNamespacePodAffinity",
];

const PODS = new Set(["pods", "count/pods"]);
const POD_RESOURCES = new Set([
  "pods",
  "cpu",
  "memory",
  "ephemeral-storage",
  "requests.cpu",
  "requests.memory",
  "requests.ephemeral-storage",
  "limits.cpu",
  "limits.memory",
  "limits.ephemeral-storage",
]);

export const scopeFits = (scope: string, resource: string): boolean =>
  scope === "BestEffort"
    ? PODS.has(resource) && resource === "pods"
    : POD_RESOURCES.has(resource) || resource.startsWith("hugepages-") || resource.startsWith("requests.hugepages-");

/** Pairs that no pod is in at once. */
export const CONFLICTING: [string, string][] = [
  ["BestEffort", "NotBestEffort"],
  ["Terminating", "NotTerminating"],
];

/** What can be counted by its plain name. */
export const QUOTA_RESOURCES = new Set([
  ...POD_RESOURCES,
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "persistentvolumeclaims",
  "configmaps",
  "services.nodeports",
  "services.loadbalancers",
  "requests.storage",
]);
