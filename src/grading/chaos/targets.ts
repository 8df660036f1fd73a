import type { Cluster } from "@/sim/cluster";
import type { DaemonSet, Deployment, EndpointSlice, Node, Pod, Service, StatefulSet } from "@/sim/kinds/types";
import type { KubeObject } from "@/sim/types";

/** What the cluster runs for itself. */
const APART = /^(kube-|ingress-nginx$|local-path-storage$)/;

export type Workload = Deployment | StatefulSet | DaemonSet;
export const WORKLOADS = ["deployments.apps", "statefulsets.apps", "daemonsets.apps"] as const;

type Store = Cluster["store"];

const list = <T>(store: Store, resource: string) => store.list(resource) as readonly unknown[] as readonly T[];
const ownSpace = ({ metadata }: { metadata: { namespace?: string } }) => !APART.test(metadata.namespace ?? "");
const ownerOf = ({ metadata }: { metadata: KubeObject["metadata"] }) =>
  metadata.ownerReferences?.find(({ controller }) => controller);

export const isReady = (pod: Pod): boolean =>
  !pod.metadata.deletionTimestamp &&
  pod.status?.conditions?.some(({ type, status }) => type === "Ready" && status === "True") === true;

/** The learner's workloads of a resource, whether they are well or not. */
export const workloadsIn = (store: Store, resource: string): Workload[] =>
  list<Workload>(store, resource).filter(ownSpace);

/** All of what was asked for runs, in its newest form. */
export function isComplete({ kind, metadata, spec, status }: Workload): boolean {
  if (status?.observedGeneration !== metadata.generation || metadata.deletionTimestamp) return false;
  if (kind === "DaemonSet") {
    const { desiredNumberScheduled, updatedNumberScheduled, numberReady } = (status ?? {}) as Record<string, number>;
    return !!desiredNumberScheduled && [updatedNumberScheduled, numberReady].every((n) => n === desiredNumberScheduled);
  }
  const wanted = (spec as { replicas?: number }).replicas ?? 1;
  const { replicas, updatedReplicas, readyReplicas } = (status ?? {}) as Record<string, number>;
  return wanted > 0 && [replicas, updatedReplicas, readyReplicas].every((count) => count === wanted);
}

export const appPods = (store: Store): Pod[] => list<Pod>(store, "pods").filter(ownSpace);
export const isBare = (pod: Pod): boolean => ownerOf(pod) === undefined;

/** The pods of a workload that are not on their way out. */
export function podsOf(store: Store, workload: Workload): Pod[] {
  const owners = new Set([workload.metadata.uid]);
  for (const set of list<KubeObject>(store, "replicasets.apps"))
    if (owners.has(ownerOf(set)?.uid ?? "")) owners.add(set.metadata.uid);
  return appPods(store).filter((pod) => !pod.metadata.deletionTimestamp && owners.has(ownerOf(pod)?.uid ?? ""));
}

export const workers = (store: Store): Node[] =>
  list<Node>(store, "nodes").filter(
    (node) => !("node-role.kubernetes.io/control-plane" in (node.metadata.labels ?? {})),
  );

/** The learner's Services that choose pods. */
export const choosingServices = (store: Store): Service[] =>
  list<Service>(store, "services").filter(
    (service) => ownSpace(service) && Object.keys(service.spec.selector ?? {})[0],
  );

export function hasEndpoints(store: Store, { metadata: { namespace, name } }: Service): boolean {
  return list<EndpointSlice>(store, "endpointslices.discovery.k8s.io").some(
    (slice) =>
      slice.metadata.namespace === namespace &&
      slice.metadata.labels?.["kubernetes.io/service-name"] === name &&
      slice.endpoints?.some(({ conditions }) => conditions?.ready !== false),
  );
}
