import { addTo, podTotal, type Quantities, quantitiesOf } from "../kinds/pod/total-resources";
import { quantityOf } from "../kinds/quantity";
import type { KubeObject } from "../types";

/** How much of a namespace's budget one object takes (pkg/quota/v1/evaluator/core). */

const ONE = quantityOf(1);
/** Resources of core that are also counted by their plain name. */
const PLAIN = new Set([
  "configmaps",
  "persistentvolumeclaims",
  "replicationcontrollers",
  "resourcequotas",
  "secrets",
  "services",
]);
const COMPUTE = ["cpu", "memory", "ephemeral-storage"];
const isHugePages = (name: string) => name.startsWith("hugepages-");
const isExtended = (name: string) => name.includes("/") && !name.includes("kubernetes.io/");

/** `resource`: `pods`, `deployments.apps`. */
export function usageOf(resource: string, object: KubeObject): Quantities {
  const used: Quantities = new Map([[`count/${resource}`, ONE]]);
  if (PLAIN.has(resource)) used.set(resource, ONE);
  if (resource === "pods") addTo(used, podUsage(object));
  if (resource === "services") addTo(used, serviceUsage(object));
  if (resource === "persistentvolumeclaims") addTo(used, claimUsage(object));
  return used;
}

/** A pod that has ended takes nothing but its place among the objects. */
const hasEnded = ({ status }: KubeObject) => status?.phase === "Failed" || status?.phase === "Succeeded";

function podUsage(pod: KubeObject): Quantities {
  if (hasEnded(pod)) return new Map();
  const used: Quantities = new Map([["pods", ONE]]);
  for (const [name, quantity] of podTotal(pod.spec, "requests")) {
    if (COMPUTE.includes(name) || isHugePages(name)) used.set(name, quantity);
    if (COMPUTE.includes(name) || isHugePages(name) || isExtended(name)) used.set(`requests.${name}`, quantity);
  }
  for (const [name, quantity] of podTotal(pod.spec, "limits"))
    if (COMPUTE.includes(name)) used.set(`limits.${name}`, quantity);
  return used;
}

function serviceUsage({ spec }: KubeObject): Quantities {
  const ports = (spec?.ports ?? []).length;
  const used: Quantities = new Map();
  if (spec?.type === "NodePort") used.set("services.nodeports", quantityOf(ports));
  if (spec?.type === "LoadBalancer") {
    used.set("services.loadbalancers", ONE);
    used.set("services.nodeports", quantityOf(spec.allocateLoadBalancerNodePorts === false ? 0 : ports));
  }
  return used;
}

function claimUsage({ spec, metadata }: KubeObject): Quantities {
  const storage = quantitiesOf(spec?.resources?.requests).get("storage");
  const storageClass =
    metadata.annotations?.["volume.beta.kubernetes.io/storage-class"] ?? spec?.storageClassName ?? "";
  const used: Quantities = new Map();
  if (storage) used.set("requests.storage", storage);
  if (!storageClass) return used;
  const prefix = `${storageClass}.storageclass.storage.k8s.io`;
  used.set(`${prefix}/persistentvolumeclaims`, ONE);
  if (storage) used.set(`${prefix}/requests.storage`, storage);
  return used;
}

/** Which objects a name in a quota counts: `pods`, `services`, … */
export function countedResource(name: string): string {
  if (name.startsWith("count/")) return name.slice("count/".length);
  if (PLAIN.has(name)) return name;
  if (name.startsWith("services.")) return "services";
  if (name === "requests.storage" || name.includes(".storageclass.storage.k8s.io/")) return "persistentvolumeclaims";
  return "pods";
}
