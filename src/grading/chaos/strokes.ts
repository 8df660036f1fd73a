import type { ApiRequest } from "@/sim/apiserver/request";
import type { Cluster, ClusterInput } from "@/sim/cluster";
import {
  appPods,
  choosingServices,
  hasEndpoints,
  isBare,
  isComplete,
  isReady,
  podsOf,
  WORKLOADS,
  type Workload,
  workers,
  workloadsIn,
} from "./targets";

/** What is done to one cluster, and what must work again besides its workloads. */
export interface Aim {
  inputs: ClusterInput[];
  kubelets?: string[];
  components?: string[];
}

/** Chooses among as many. */
type Draw = (count: number) => number;
type Stroke = (cluster: Cluster, draw: Draw) => Aim | undefined;

const api = (request: ApiRequest): ClusterInput => ({
  kind: "api",
  // Who looks at managed fields finds what a hand at a keyboard would have left.
  request: { query: { fieldManager: "kubectl-edit" }, ...request },
});

const patch = (path: string, body: object) =>
  api({ method: "PATCH", path, headers: { "content-type": "application/strategic-merge-patch+json" }, body });

const pick = <T>(from: readonly T[], draw: Draw): T | undefined =>
  from.length > 0 ? from[draw(from.length)] : undefined;

const PLURALS: Record<string, string> = {
  Deployment: "deployments",
  StatefulSet: "statefulsets",
  DaemonSet: "daemonsets",
};
const pathOf = ({ kind, metadata }: Workload) =>
  `/apis/apps/v1/namespaces/${metadata.namespace}/${PLURALS[kind]}/${metadata.name}`;

const soundWorkloads = ({ store }: Cluster) => WORKLOADS.flatMap((one) => workloadsIn(store, one)).filter(isComplete);

/** All pods of one app go at once: a workload's come back by themselves, a bare one does not. */
function killPods(cluster: Cluster, draw: Draw): ClusterInput[] {
  const { store } = cluster;
  const apps = [
    ...soundWorkloads(cluster).map((workload) => podsOf(store, workload)),
    ...appPods(store)
      .filter((pod) => isBare(pod) && isReady(pod))
      .map((pod) => [pod]),
  ];
  return (pick(apps, draw) ?? []).map(({ metadata: { namespace, name } }) =>
    api({
      method: "DELETE",
      path: `/api/v1/namespaces/${namespace}/pods/${name}`,
      query: { gracePeriodSeconds: "0" },
    }),
  );
}

/** A worker with something of the learner's on it. */
function busyWorker({ store }: Cluster, draw: Draw): string | undefined {
  const busy = new Set(appPods(store).map((pod) => pod.spec.nodeName));
  return pick(
    workers(store).filter(({ metadata }) => busy.has(metadata.name)),
    draw,
  )?.metadata.name;
}

/** Faults that an instructor throws into every cluster of a class, each mendable by the learner with the means of the lab. */
export const STROKES = {
  "kill-pods": (cluster, draw) => some(killPods(cluster, draw)),
  "node-down": (cluster, draw) => {
    const node = busyWorker(cluster, draw);
    return node === undefined ? undefined : { inputs: [{ kind: "fault", fault: { fault: "node-down", node } }] };
  },
  "kubelet-down": (cluster, draw) => {
    const node = busyWorker(cluster, draw) ?? pick(workers(cluster.store), draw)?.metadata.name;
    if (node === undefined) return undefined;
    return { inputs: [{ kind: "fault", fault: { fault: "kubelet-down", node } }], kubelets: [node] };
  },
  "bad-image": (cluster, draw) => {
    const workload = pick(soundWorkloads(cluster), draw);
    const container = workload?.spec.template.spec?.containers[0];
    if (!workload || !container) return undefined;
    const containers = [{ name: container.name, image: `registry.invalid/${container.image}` }];
    return some([patch(pathOf(workload), { spec: { template: { spec: { containers } } } })]);
  },
  "dns-broken": ({ store }) => {
    if (!store.get("deployments.apps", "kube-system", "coredns")) return undefined;
    return some([patch("/apis/apps/v1/namespaces/kube-system/deployments/coredns", { spec: { replicas: 0 } })]);
  },
  "scheduler-down": (cluster, draw) => ({
    inputs: [
      { kind: "fault", fault: { fault: "component-down", component: "kube-scheduler" } },
      ...killPods(cluster, draw),
    ],
    components: ["kube-scheduler"],
  }),
  "nodes-cordoned": (cluster, draw) => {
    const lost = killPods(cluster, draw);
    const cordons = workers(cluster.store).map(({ metadata }) =>
      patch(`/api/v1/nodes/${metadata.name}`, { spec: { unschedulable: true } }),
    );
    return lost.length === 0 ? undefined : some([...cordons, ...lost]);
  },
  "endpoints-lost": ({ store }, draw) => {
    const service = pick(
      choosingServices(store).filter((one) => hasEndpoints(store, one)),
      draw,
    );
    const [key, value] = Object.entries(service?.spec.selector ?? {})[0] ?? [];
    if (!service || key === undefined) return undefined;
    const { namespace, name } = service.metadata;
    return some([
      patch(`/api/v1/namespaces/${namespace}/services/${name}`, { spec: { selector: { [key]: `${value}-2` } } }),
    ]);
  },
} satisfies Record<string, Stroke>;

export type StrokeName = keyof typeof STROKES;
export const STROKE_NAMES = Object.keys(STROKES) as [StrokeName, ...StrokeName[]];

const some = (inputs: ClusterInput[]): Aim | undefined => (inputs.length > 0 ? { inputs } : undefined);

/** How a fault meets this cluster; undefined where there is nothing that it could break. */
export function aim(stroke: StrokeName, cluster: Cluster, draw: Draw): Aim | undefined {
  return (STROKES[stroke] as Stroke)(cluster, draw);
}
