import { indexes } from "../../apiserver/indexes";
import { matchesMap } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { isPodReady } from "../pod-state";
import {
  type EndpointPort,
  hasSelector,
  hostnameFor,
  isHeadless,
  mayServe,
  portsFor,
  servicesOf,
} from "./pod-endpoint";

const CONTROLLER = "endpoint-controller";
const MANAGED_BY = "endpoints.kubernetes.io/managed-by";
const HEADLESS = "service.kubernetes.io/headless";
const LAST_CHANGE = "endpoints.kubernetes.io/last-change-trigger-time";

interface Subset {
  addresses?: any[];
  notReadyAddresses?: any[];
  ports?: EndpointPort[];
}

/** Keeps the Endpoints of every Service with a selector. */
export const endpointsController: Controller = {
  name: CONTROLLER,

  *keysFor(change, sim) {
    if (change.resource === "services") yield keyOf(change.object);
    else if (
      change.resource === "endpoints" &&
      (change.type !== "MODIFIED" || change.object.metadata.labels?.[MANAGED_BY])
    )
      yield keyOf(change.object);
    else if (change.resource === "pods") for (const service of servicesOf(sim, change)) yield keyOf(service);
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const service = sim.store.get("services", namespace, name);
    const current = sim.store.get("endpoints", namespace, name);
    const api = sim.api(CONTROLLER);
    if (!service) {
      // Those that somebody made by hand are not ours to delete.
      if (current?.metadata.labels?.[MANAGED_BY]) api.delete("endpoints", namespace, name);
      return;
    }
    if (service.spec.type === "ExternalName" || !hasSelector(service)) return;
    const subsets = subsetsOf(sim, service);
    const labels = {
      ...service.metadata.labels,
      [MANAGED_BY]: CONTROLLER,
      ...(isHeadless(service) && { [HEADLESS]: "" }),
    };
    if (current && deepEqual(current.subsets ?? [], subsets) && deepEqual(current.metadata.labels, labels)) return;
    const draft: any = current
      ? clone(current)
      : { apiVersion: "v1", kind: "Endpoints", metadata: { name, namespace } };
    draft.metadata.labels = labels;
    draft.metadata.annotations = { ...draft.metadata.annotations, [LAST_CHANGE]: sim.kernel.now() };
    if (subsets.length > 0) draft.subsets = subsets;
    else delete draft.subsets;
    if (current) api.update("endpoints", draft);
    else api.create("endpoints", draft);
  },
};

/** Addresses with the same ports share a subset. */
function subsetsOf(sim: Sim, service: KubeObject): Subset[] {
  const publish = Boolean(service.spec.publishNotReadyAddresses);
  const byPorts = new Map<string, Subset>();
  for (const pod of indexes(sim).podsIn(service.metadata.namespace!) as unknown as KubeObject[]) {
    if (!matchesMap(service.spec.selector, pod.metadata.labels) || !mayServe(pod, publish)) continue;
    const ports = portsFor(service, pod);
    if (ports.length === 0 && (service.spec.ports ?? []).length > 0) continue;
    const identity = JSON.stringify(ports);
    const subset = byPorts.get(identity) ?? (ports.length > 0 ? { ports } : {});
    byPorts.set(identity, subset);
    const list = publish || isPodReady(pod) ? "addresses" : "notReadyAddresses";
    subset[list] = [...(subset[list] ?? []), addressOf(service, pod)];
  }
  const subsets = [...byPorts.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, subset]) => subset);
  for (const subset of subsets) {
    subset.addresses?.sort(byAddress);
    subset.notReadyAddresses?.sort(byAddress);
  }
  return subsets;
}

const byAddress = (a: any, b: any) =>
  a.ip === b.ip ? (a.targetRef.uid < b.targetRef.uid ? -1 : 1) : a.ip < b.ip ? -1 : 1;

function addressOf(service: KubeObject, pod: KubeObject) {
  const { name, namespace, uid } = pod.metadata;
  const hostname = hostnameFor(service, pod);
  return {
    ip: pod.status.podIP,
    ...(hostname && { hostname }),
    ...(pod.spec.nodeName && { nodeName: pod.spec.nodeName }),
    targetRef: { kind: "Pod", namespace, name, uid },
  };
}
