import { indexes } from "../../apiserver/indexes";
import { matchesMap } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { hasSelector, hostnameFor, isHeadless, mayServe, portsFor, servicesOf } from "../endpoints/pod-endpoint";
import { isPodReady } from "../pod-state";
import { type Group, MANAGED_BY, reconcileSlices, SERVICE_NAME, SLICES } from "./reconcile";

const CONTROLLER = "endpointslice-controller";
const MANAGER = "endpointslice-controller.k8s.io";
const HEADLESS = "service.kubernetes.io/headless";

/** Keeps the EndpointSlices of every Service with a selector (kubernetes.io/docs/concepts/services-networking/endpoint-slices). */
export const endpointSliceController: Controller = {
  name: CONTROLLER,

  *keysFor(change, sim) {
    if (change.resource === "services") yield keyOf(change.object);
    else if (change.resource === "pods") for (const service of servicesOf(sim, change)) yield keyOf(service);
    else if (change.resource === SLICES) {
      const { labels, namespace } = change.object.metadata;
      if (labels?.[MANAGED_BY] === MANAGER && labels[SERVICE_NAME]) yield `${namespace}/${labels[SERVICE_NAME]}`;
    } else if (change.resource === "nodes" && zoneOf(change.object) !== (change.previous && zoneOf(change.previous))) {
      for (const service of sim.store.list("services")) yield keyOf(service);
    }
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const service = sim.store.get("services", namespace, name);
    // The slices of a Service that is gone are the garbage collector's.
    if (!service || service.metadata.deletionTimestamp || service.spec.type === "ExternalName" || !hasSelector(service))
      return;
    const labels = {
      ...service.metadata.labels,
      [SERVICE_NAME]: name,
      [MANAGED_BY]: MANAGER,
      ...(isHeadless(service) && { [HEADLESS]: "" }),
    };
    const existing = indexes(sim)
      .controlled(SLICES, service.metadata.uid)
      .filter((slice) => slice.metadata.labels?.[MANAGED_BY] === MANAGER);
    const addressType = service.spec.ipFamilies?.[0] ?? "IPv4";
    reconcileSlices(sim, {
      controller: CONTROLLER,
      owner: service,
      labels,
      addressType,
      groups: groupsOf(sim, service),
      existing,
    });
  },
};

const zoneOf = (node: KubeObject): string | undefined => node.metadata.labels?.["topology.kubernetes.io/zone"];

function groupsOf(sim: Sim, service: KubeObject): Group[] {
  const groups = new Map<string, Group>();
  for (const pod of indexes(sim).podsIn(service.metadata.namespace!) as unknown as KubeObject[]) {
    if (!matchesMap(service.spec.selector, pod.metadata.labels) || !mayServe(pod, true)) continue;
    const ports = portsFor(service, pod);
    const identity = JSON.stringify(ports);
    const group = groups.get(identity) ?? { ports, endpoints: [] };
    groups.set(identity, group);
    group.endpoints.push(endpointOf(sim, service, pod));
  }
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function endpointOf(sim: Sim, service: KubeObject, pod: KubeObject) {
  const { name, namespace, uid } = pod.metadata;
  const serving = isPodReady(pod);
  const terminating = Boolean(pod.metadata.deletionTimestamp);
  const hostname = hostnameFor(service, pod);
  const node = pod.spec.nodeName && sim.store.get("nodes", undefined, pod.spec.nodeName);
  const zone = node ? zoneOf(node) : undefined;
  return {
    addresses: [pod.status.podIP],
    conditions: {
      ready: Boolean(service.spec.publishNotReadyAddresses) || (serving && !terminating),
      serving,
      terminating,
    },
    ...(hostname && { hostname }),
    ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
    targetRef: { kind: "Pod", name, namespace, uid },
    ...(zone && { zone }),
  };
}
