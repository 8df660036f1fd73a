import type { Change } from "@/sim/apiserver/request";
import type { Cluster } from "@/sim/cluster";
import { parseRfc3339 } from "@/sim/kernel/time";
import { summarisePod } from "@/sim/kinds/pod/table";
import { parseQuantity } from "@/sim/kinds/quantity";
import type {
  Deployment,
  EndpointSlice,
  Node,
  Pod,
  ReplicaSet,
  ReplicationController,
  Service,
} from "@/sim/kinds/types";
import type { KubeObject } from "@/sim/types";
import type { ClusterEventView, MapObject, VisualState } from "../realtime/protocol";

/** What the map draws, in the order in which it is listed. Other kinds are seen in the terminal. */
const RESOURCES = [
  "nodes",
  "namespaces",
  "deployments.apps",
  "replicasets.apps",
  "replicationcontrollers",
  "pods",
  "services",
  "configmaps",
  "secrets",
] as const;
const DRAWN: ReadonlySet<string> = new Set(RESOURCES);

/** Events that are told at once; older ones are in the cluster. */
export const EVENTS_LIMIT = 200;

type Store = Cluster["store"];

export const keyOf = (resource: string, namespace: string | undefined, name: string): string =>
  namespace ? `${resource}/${namespace}/${name}` : `${resource}/${name}`;

/** The whole cluster as the page draws it. */
export function clusterObjects(store: Store): MapObject[] {
  return RESOURCES.flatMap((resource) => store.list(resource).map((object) => drawObject(store, resource, object)));
}

export function clusterEvents(store: Store): ClusterEventView[] {
  return store
    .list("events")
    .map(drawEvent)
    .sort((a, b) => a.atMs - b.atMs || (a.key < b.key ? -1 : 1))
    .slice(-EVENTS_LIMIT);
}

export interface ClusterDelta {
  changed: MapObject[];
  removed: string[];
  events: ClusterEventView[];
}

/** What of the drawing has changed by these writes, each object once, as it is now. */
export function clusterDelta(store: Store, changes: readonly Change[]): ClusterDelta {
  const touched = new Map<string, { resource: string; namespace: string | undefined; name: string }>();
  const events = new Map<string, ClusterEventView>();
  const touch = (resource: string, namespace: string | undefined, name: string) =>
    touched.set(keyOf(resource, namespace, name), { resource, namespace, name });
  for (const { resource, object, previous, type } of changes) {
    const { namespace, name } = object.metadata;
    if (DRAWN.has(resource)) touch(resource, namespace, name);
    if (resource === "events" && type !== "DELETED") events.set(name, drawEvent(object));
    // A Service shows its endpoints and a node what is asked of it, which others write.
    if (resource === "endpointslices.discovery.k8s.io")
      touch("services", namespace, object.metadata.labels?.["kubernetes.io/service-name"] ?? name);
    if (resource === "pods") {
      for (const node of new Set([object.spec?.nodeName, previous?.spec?.nodeName]))
        if (node) touch("nodes", undefined, node);
    }
  }
  const delta: ClusterDelta = { changed: [], removed: [], events: [...events.values()] };
  for (const [key, { resource, namespace, name }] of touched) {
    const object = store.get(resource, namespace, name);
    if (object) delta.changed.push(drawObject(store, resource, object));
    else delta.removed.push(key);
  }
  return delta;
}

function drawObject(store: Store, resource: string, object: KubeObject): MapObject {
  const { metadata } = object;
  const owner = metadata.ownerReferences?.find((reference) => reference.controller);
  const drawn: MapObject = {
    key: keyOf(resource, metadata.namespace, metadata.name),
    resource,
    kind: object.kind,
    name: metadata.name,
    uid: metadata.uid,
    labels: metadata.labels ?? {},
    createdMs: parseRfc3339(metadata.creationTimestamp ?? "") ?? 0,
    ...stateOf(store, resource, object),
  };
  if (metadata.namespace) drawn.namespace = metadata.namespace;
  if (owner) drawn.ownerKey = keyOf(resourceOfKind(owner.kind), metadata.namespace, owner.name);
  if (metadata.deletionTimestamp) drawn.state = "terminating";
  return drawn;
}

const OWNERS: Record<string, string> = {
  Deployment: "deployments.apps",
  ReplicaSet: "replicasets.apps",
  ReplicationController: "replicationcontrollers",
  Node: "nodes",
};
const resourceOfKind = (kind: string) => OWNERS[kind] ?? `${kind.toLowerCase()}s`;

type Drawn = Pick<MapObject, "state" | "status"> & Partial<MapObject>;

function stateOf(store: Store, resource: string, object: KubeObject): Drawn {
  switch (resource) {
    case "pods":
      return drawPod(object as Pod);
    case "nodes":
      return drawNode(store, object as Node);
    case "services":
      return drawService(store, object as Service);
    case "deployments.apps":
      return drawWorkload(object as Deployment, (object as Deployment).status?.updatedReplicas ?? 0);
    case "replicasets.apps":
    case "replicationcontrollers":
      return drawWorkload(object as ReplicaSet | ReplicationController, (object as ReplicaSet).status?.replicas ?? 0);
    default:
      return { state: "running", status: object.status?.phase ?? "Active" };
  }
}

/** Waiting reasons that pass by themselves. */
const ON_THE_WAY = new Set(["Pending", "ContainerCreating", "PodInitializing", "SchedulingGated", "NotReady"]);

function drawPod(pod: Pod): Drawn {
  const summary = summarisePod(pod);
  const drawn: Drawn = {
    state: podState(pod, summary.status, summary.ready < summary.total),
    status: summary.status,
    ready: `${summary.ready}/${summary.total}`,
    restarts: summary.restarts,
    containers: (pod.status?.containerStatuses ?? []).map((container) => {
      const { waiting, terminated } = container.state ?? {};
      const reason = waiting?.reason ?? terminated?.reason;
      return {
        name: container.name,
        image: container.image,
        state: containerState(container),
        ready: container.ready,
        ...(reason ? { reason } : {}),
      };
    }),
  };
  if (pod.spec.nodeName) drawn.node = pod.spec.nodeName;
  if (pod.status?.podIP) drawn.ip = pod.status.podIP;
  return drawn;
}

function podState(pod: Pod, status: string, unready: boolean): VisualState {
  if (pod.metadata.deletionTimestamp) return "terminating";
  if (status === "Running") return unready ? "pending" : "running";
  if (status === "Completed" || status === "Succeeded") return "terminating";
  if (
    status === "Pending" &&
    pod.status?.conditions?.some(({ type, reason }) => type === "PodScheduled" && reason === "Unschedulable")
  )
    return "failing";
  if (ON_THE_WAY.has(status) || /^Init:\d+\/\d+$/.test(status)) return "pending";
  return "failing";
}

function containerState({
  state,
  ready,
}: {
  state?: { waiting?: { reason?: string }; terminated?: { exitCode?: number } };
  ready: boolean;
}): VisualState {
  if (state?.terminated) return state.terminated.exitCode === 0 ? "terminating" : "failing";
  if (state?.waiting) return ON_THE_WAY.has(state.waiting.reason ?? "Pending") ? "pending" : "failing";
  return ready ? "running" : "pending";
}

function drawWorkload(object: Deployment | ReplicaSet | ReplicationController, updated: number): Drawn {
  const desired = object.spec.replicas ?? 1;
  const ready = object.status?.readyReplicas ?? 0;
  const conditions = (object.status?.conditions ?? []) as { type: string; status: string; reason?: string }[];
  const failed = conditions.find(
    ({ type, status }) =>
      (type === "ReplicaFailure" && status === "True") || (type === "Progressing" && status === "False"),
  );
  const complete = ready >= desired && updated >= desired;
  return {
    state: failed ? "failing" : complete ? "running" : "pending",
    status: failed?.reason ?? `${ready}/${desired}`,
    replicas: { desired, ready, updated },
  };
}

const ROLE = "node-role.kubernetes.io/";

function drawNode(store: Store, node: Node): Drawn {
  const ready = node.status?.conditions?.find(({ type }) => type === "Ready")?.status === "True";
  const requested = { cpu: 0, memory: 0 };
  for (const pod of store.list("pods") as readonly Pod[]) {
    if (pod.spec.nodeName !== node.metadata.name || pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed")
      continue;
    for (const container of pod.spec.containers) {
      requested.cpu += amount(container.resources?.requests?.cpu) * 1000;
      requested.memory += amount(container.resources?.requests?.memory);
    }
  }
  const role = Object.keys(node.metadata.labels ?? {}).find((label) => label.startsWith(ROLE));
  return {
    state: ready ? "running" : "failing",
    status: `${ready ? "Ready" : "NotReady"}${node.spec?.unschedulable ? ",SchedulingDisabled" : ""}`,
    role: role?.slice(ROLE.length) ?? "worker",
    ip: node.status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? "",
    capacity: {
      cpuMillicores: Math.round(amount(node.status?.allocatable?.cpu) * 1000),
      memoryBytes: amount(node.status?.allocatable?.memory),
      requestedCpuMillicores: Math.round(requested.cpu),
      requestedMemoryBytes: requested.memory,
    },
  };
}

const amount = (quantity: string | number | undefined): number =>
  quantity === undefined ? 0 : Number(parseQuantity(quantity).nanos) / 1e9;

function drawService(store: Store, service: Service): Drawn {
  const { namespace, name } = service.metadata;
  const { spec } = service;
  const slices = (
    store.list("endpointslices.discovery.k8s.io", namespace) as readonly unknown[] as readonly EndpointSlice[]
  ).filter((slice) => slice.metadata.labels?.["kubernetes.io/service-name"] === name);
  const endpoints = slices.flatMap((slice) =>
    (slice.endpoints ?? [])
      .filter((endpoint) => endpoint.conditions?.ready !== false && endpoint.targetRef?.kind === "Pod")
      .map((endpoint) => keyOf("pods", endpoint.targetRef!.namespace, endpoint.targetRef!.name!)),
  );
  const address = service.status?.loadBalancer?.ingress?.[0];
  const type = spec.type ?? "ClusterIP";
  const external = address?.ip ?? address?.hostname ?? (type === "ExternalName" ? spec.externalName : undefined);
  const waits = type === "LoadBalancer" && !address;
  return {
    state: waits
      ? "pending"
      : type !== "ExternalName" && spec.selector && endpoints.length === 0
        ? "failing"
        : "running",
    status: waits ? "Pending" : type,
    service: {
      type,
      ports: (spec.ports ?? []).map(
        (port) => `${port.port}${port.nodePort ? `:${port.nodePort}` : ""}/${port.protocol ?? "TCP"}`,
      ),
      endpoints: [...new Set(endpoints)],
      ...(spec.clusterIP ? { clusterIp: spec.clusterIP } : {}),
      ...(external ? { externalIp: external } : {}),
    },
  };
}

function drawEvent(event: KubeObject): ClusterEventView {
  const { involvedObject = {} } = event;
  const at = event.lastTimestamp ?? event.eventTime ?? event.firstTimestamp ?? event.metadata.creationTimestamp;
  return {
    key: keyOf("events", event.metadata.namespace, event.metadata.name),
    atMs: parseRfc3339(at ?? "") ?? 0,
    type: event.type === "Warning" ? "Warning" : "Normal",
    reason: event.reason ?? "",
    message: event.message ?? "",
    object: {
      resource: resourceOfKind(involvedObject.kind ?? ""),
      name: involvedObject.name ?? "",
      ...(involvedObject.namespace ? { namespace: involvedObject.namespace } : {}),
    },
    count: event.count ?? 1,
  };
}
