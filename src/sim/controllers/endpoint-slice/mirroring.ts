import { indexes } from "../../apiserver/indexes";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { hasSelector } from "../endpoints/pod-endpoint";
import { type Group, MANAGED_BY, reconcileSlices, SERVICE_NAME, SLICES } from "./reconcile";

const CONTROLLER = "endpointslicemirroring-controller";
const MANAGER = "endpointslicemirroring-controller.k8s.io";
const SKIP_MIRROR = "endpointslice.kubernetes.io/skip-mirror";
const LEADER = "control-plane.alpha.kubernetes.io/leader";

/** Endpoints that somebody wrote by hand, for a Service without a selector, get EndpointSlices that say the same. */
export const endpointSliceMirroringController: Controller = {
  name: CONTROLLER,

  *keysFor({ resource, object }) {
    if (resource === "endpoints" || resource === "services") yield keyOf(object);
    else if (resource === SLICES && object.metadata.labels?.[MANAGED_BY] === MANAGER) {
      yield `${object.metadata.namespace}/${object.metadata.labels[SERVICE_NAME]}`;
    }
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const endpoints = sim.store.get("endpoints", namespace, name);
    const service = sim.store.get("services", namespace, name);
    // Slices of Endpoints that are gone are the garbage collector's.
    if (!endpoints) return;
    const existing = indexes(sim).controlled(SLICES, endpoints.metadata.uid);
    const skipped =
      endpoints.metadata.labels?.[SKIP_MIRROR] === "true" || endpoints.metadata.annotations?.[LEADER] !== undefined;
    if (!service || hasSelector(service) || skipped) {
      for (const slice of existing) sim.api(CONTROLLER).delete(SLICES, namespace, slice.metadata.name);
      return;
    }
    const labels = { ...endpoints.metadata.labels, [SERVICE_NAME]: name, [MANAGED_BY]: MANAGER };
    reconcileSlices(sim, {
      controller: CONTROLLER,
      owner: endpoints,
      labels,
      addressType: "IPv4",
      groups: groupsOf(endpoints),
      existing,
    });
  },
};

function groupsOf(endpoints: KubeObject): Group[] {
  return (endpoints.subsets ?? []).map(({ addresses = [], notReadyAddresses = [], ports = [] }: any) => ({
    ports,
    endpoints: [
      ...addresses.map((address: any) => mirrored(address, true)),
      ...notReadyAddresses.map((address: any) => mirrored(address, false)),
    ],
  }));
}

const mirrored = ({ ip, hostname, nodeName, targetRef }: any, ready: boolean) => ({
  addresses: [ip],
  conditions: { ready },
  ...(hostname && { hostname }),
  ...(nodeName && { nodeName }),
  ...(targetRef && { targetRef }),
});
