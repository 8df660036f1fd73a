import type { Cluster } from "../cluster";
import { isDown } from "../faults";
import { parseQuantity, quantityMilliValue } from "../kinds/quantity";
import type { KubeObject } from "../types";

/** What must hold after every step, whatever was asked of the cluster. Gives one line for each breach. */
export function breaches(cluster: Cluster): string[] {
  return [...sharedAddresses(cluster), ...overfullNodes(cluster), ...rollouts(cluster)];
}

/** What must hold once nothing is under way any more and all components work. */
export function unsettled(cluster: Cluster): string[] {
  return [...wrongEndpoints(cluster), ...orphans(cluster), ...wrongReplicas(cluster), ...leftovers(cluster)];
}

const milli = (quantity: string) => quantityMilliValue(parseQuantity(quantity));
const ended = (pod: KubeObject) => pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
const named = (object: KubeObject) => `${object.kind} ${object.metadata.namespace}/${object.metadata.name}`;
const isReady = (pod: KubeObject) =>
  (pod.status?.conditions ?? []).some((condition: any) => condition.type === "Ready" && condition.status === "True");

function sharedAddresses(cluster: Cluster): string[] {
  const owners = new Map<string, KubeObject>();
  const found: string[] = [];
  for (const pod of cluster.store.list("pods")) {
    const address = pod.status?.podIP;
    if (!address || pod.spec.hostNetwork || ended(pod)) continue;
    const other = owners.get(address);
    if (other) found.push(`${named(pod)} and ${named(other)} both have ${address}`);
    owners.set(address, pod);
  }
  return found;
}

function overfullNodes(cluster: Cluster): string[] {
  const found: string[] = [];
  for (const node of cluster.store.list("nodes")) {
    const pods = cluster.store.list("pods").filter((pod) => pod.spec.nodeName === node.metadata.name && !ended(pod));
    for (const resource of ["cpu", "memory"]) {
      const sum = pods
        .flatMap((pod) => pod.spec.containers)
        .reduce((total: number, container: any) => total + milli(container.resources?.requests?.[resource] ?? "0"), 0);
      if (sum > milli(node.status.allocatable[resource])) found.push(`${named(node)}: ${sum} ${resource} requested`);
    }
    if (pods.length > Number(node.status.allocatable.pods)) found.push(`${named(node)} has ${pods.length} pods`);
  }
  return found;
}

/** A Deployment's own bookkeeping never goes beyond replicas + maxSurge. */
function rollouts(cluster: Cluster): string[] {
  const found: string[] = [];
  for (const deployment of cluster.store.list("deployments.apps")) {
    const sets = ownedBy(cluster, "replicasets.apps", deployment);
    for (const set of sets) {
      const { replicas = 0, readyReplicas = 0, availableReplicas = 0 } = set.status ?? {};
      if (readyReplicas > replicas || availableReplicas > readyReplicas)
        found.push(`${named(set)}: ${replicas} replicas, ${readyReplicas} ready, ${availableReplicas} available`);
    }
  }
  return found;
}

function wrongEndpoints(cluster: Cluster): string[] {
  const found: string[] = [];
  for (const service of cluster.store.list("services")) {
    const { selector } = service.spec;
    const { namespace, name } = service.metadata;
    if (!selector) continue;
    const expected = cluster.store
      .list("pods", namespace)
      .filter((pod) => !ended(pod) && pod.status?.podIP && isReady(pod) && !pod.metadata.deletionTimestamp)
      .filter((pod) => Object.entries(selector).every(([key, value]) => pod.metadata.labels?.[key] === value))
      .map((pod) => pod.status!.podIP as string);
    const endpoints = cluster.store.get("endpoints", namespace, name);
    const listed = (endpoints?.subsets ?? []).flatMap((subset: any) =>
      (subset.addresses ?? []).map((address: any) => address.ip as string),
    );
    const sliced = cluster.store
      .list("endpointslices.discovery.k8s.io", namespace)
      .filter((slice) => slice.metadata.labels?.["kubernetes.io/service-name"] === name)
      .flatMap((slice) => slice.endpoints ?? [])
      .filter((endpoint: any) => endpoint.conditions.ready)
      .flatMap((endpoint: any) => endpoint.addresses as string[]);
    for (const [what, got] of [
      ["Endpoints", listed],
      ["EndpointSlices", sliced],
    ] as const) {
      if (got.sort().join() !== expected.sort().join())
        found.push(`${what} of ${named(service)}: ${got} instead of ${expected}`);
    }
  }
  return found;
}

/** Whatever controls pods, or what controls them. */
const OWNERS = [
  "deployments.apps",
  "replicasets.apps",
  "daemonsets.apps",
  "statefulsets.apps",
  "jobs.batch",
  "cronjobs.batch",
];

function orphans(cluster: Cluster): string[] {
  const alive = new Set(
    [...OWNERS, "services", "nodes", "pods"].flatMap((resource) =>
      cluster.store.list(resource).map((object) => object.metadata.uid),
    ),
  );
  const found: string[] = [];
  for (const resource of ["pods", "replicasets.apps", "endpointslices.discovery.k8s.io"]) {
    for (const object of cluster.store.list(resource)) {
      if (object.metadata.namespace === "kube-system") continue;
      for (const owner of object.metadata.ownerReferences ?? [])
        if (!alive.has(owner.uid)) found.push(`${named(object)} outlived ${owner.kind} ${owner.name}`);
    }
  }
  for (const resource of ["pods", "replicasets.apps", "deployments.apps", "services"]) {
    for (const object of cluster.store.list(resource)) {
      if (object.metadata.deletionTimestamp) found.push(`${named(object)} is still being deleted`);
      if (!cluster.store.get("namespaces", undefined, object.metadata.namespace!))
        found.push(`${named(object)} outlived its namespace`);
    }
  }
  return found;
}

const ownedBy = (cluster: Cluster, resource: string, owner: KubeObject) =>
  cluster.store
    .list(resource, owner.metadata.namespace)
    .filter((object) => object.metadata.ownerReferences?.some((reference) => reference.uid === owner.metadata.uid));

function wrongReplicas(cluster: Cluster): string[] {
  const found: string[] = [];
  for (const set of cluster.store.list("replicasets.apps")) {
    const pods = ownedBy(cluster, "pods", set).filter((pod) => !ended(pod) && !pod.metadata.deletionTimestamp);
    // A quota may keep it from having more.
    const limited = cluster.store.list("resourcequotas", set.metadata.namespace).length > 0;
    if (limited ? pods.length > set.spec.replicas : pods.length !== set.spec.replicas)
      found.push(`${named(set)} has ${pods.length} pods instead of ${set.spec.replicas}`);
    const ready = pods.filter(isReady).length;
    if ((set.status?.readyReplicas ?? 0) !== ready)
      found.push(`${named(set)} says ${set.status?.readyReplicas} ready instead of ${ready}`);
  }
  for (const deployment of cluster.store.list("deployments.apps")) {
    if (deployment.status?.observedGeneration !== deployment.metadata.generation)
      found.push(`${named(deployment)} was not looked at`);
    // Upstream, too, leaves two old ReplicaSets alone that a Recreate Deployment adopts while its replicas change.
    if (deployment.spec.strategy.type === "Recreate") continue;
    const limit = deployment.spec.replicas + surgeOf(deployment);
    const pods = ownedBy(cluster, "replicasets.apps", deployment).reduce((sum, set) => sum + set.spec.replicas, 0);
    if (pods > limit) found.push(`${named(deployment)} keeps ${pods} pods, beyond ${limit}`);
  }
  return found;
}

function surgeOf(deployment: KubeObject): number {
  const surge = deployment.spec.strategy.rollingUpdate?.maxSurge ?? 0;
  return typeof surge === "number" ? surge : Math.ceil((Number.parseInt(surge, 10) / 100) * deployment.spec.replicas);
}

/** Rows that the kubelet keeps of pods which are no more. */
function leftovers(cluster: Cluster): string[] {
  // Static pods are kept under the uid of their file, which their mirrors name.
  const uids = new Set(
    cluster.store
      .list("pods")
      .map(({ metadata }) => metadata.annotations?.["kubernetes.io/config.mirror"] ?? metadata.uid),
  );
  const { kernel } = cluster.inside;
  const found: string[] = [];
  for (const name of kernel.tableNames()) {
    if (!["kubelet.pods", "kubelet.instances", "kubelet.layers", "kubelet.volumes", "kubelet.logs"].includes(name))
      continue;
    for (const key of kernel.table(name).keys())
      if (!uids.has(key.split("/")[0]!)) found.push(`${name} still has ${key}`);
  }
  for (const timer of kernel.queue.snapshot().timers) {
    const uid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}/.exec(timer.key)?.[0];
    if (timer.component === "kubelet" && uid && !uids.has(uid)) found.push(`a timer of kubelet remains: ${timer.key}`);
  }
  return found;
}

/** Every component and node works again. */
export function healAll(cluster: Cluster): void {
  for (const node of cluster.store.list("nodes")) {
    const { name } = node.metadata;
    if (isDown(cluster.inside, "node", name)) cluster.apply({ kind: "fault", fault: { fault: "node-up", node: name } });
    if (isDown(cluster.inside, "kubelet", name))
      cluster.apply({ kind: "fault", fault: { fault: "kubelet-up", node: name } });
  }
  for (const component of ["kube-scheduler", "kube-controller-manager", "coredns"])
    if (isDown(cluster.inside, "component", component))
      cluster.apply({ kind: "fault", fault: { fault: "component-up", component } });
}
