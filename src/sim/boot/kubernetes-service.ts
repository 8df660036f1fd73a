import type { NewObject } from "../apiserver/client";
import type { Component, Sim } from "../component";
import { isApiDown, isStorageDown } from "../faults";
import { kubernetesServiceAddress, nodeAddress } from "./addresses";

const API_PORT = 8443;
const NAME = "kubernetes";
const RECONCILER = "kubernetes-service";
/** How often the API server looks after its Service. */
const RECONCILE_MS = 10_000;

/** `default/kubernetes`: the API server keeps its Service, Endpoints and EndpointSlice itself. Makes those that are missing. */
export function bootKubernetesService(sim: Sim): void {
  const create = (resource: string, object: NewObject) => {
    if (!sim.store.get(resource, "default", NAME)) sim.api("kube-apiserver").create(resource, object);
  };
  const address = kubernetesServiceAddress(sim.options.serviceCidr);
  const addresses = sim.options.nodes.flatMap((node, index) =>
    node.role === "control-plane" ? [nodeAddress(index)] : [],
  );
  const metadata = { name: NAME, namespace: "default" };
  create("services", {
    apiVersion: "v1",
    kind: "Service",
    metadata: { ...metadata, labels: { component: "apiserver", provider: "kubernetes" } },
    spec: {
      type: "ClusterIP",
      clusterIP: address,
      clusterIPs: [address],
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      internalTrafficPolicy: "Cluster",
      sessionAffinity: "None",
      ports: [{ name: "https", port: 443, protocol: "TCP", targetPort: API_PORT }],
    },
  });
  create("endpoints", {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { ...metadata, labels: { "endpointslice.kubernetes.io/skip-mirror": "true" } },
    subsets: [
      { addresses: addresses.map((ip) => ({ ip })), ports: [{ name: "https", port: API_PORT, protocol: "TCP" }] },
    ],
  });
  create("endpointslices.discovery.k8s.io", {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { ...metadata, labels: { "kubernetes.io/service-name": "kubernetes" } },
    addressType: "IPv4",
    endpoints: [{ addresses, conditions: { ready: true } }],
    ports: [{ name: "https", port: API_PORT, protocol: "TCP" }],
  });
}

/** Whoever deletes the Service `kubernetes` gets it back. */
export const kubernetesService: Component = {
  name: RECONCILER,
  onChange(sim, { type, object }) {
    if (type !== "DELETED" || object.metadata.name !== NAME || object.metadata.namespace !== "default") return;
    if (!sim.kernel.queue.get(RECONCILER, NAME)) sim.kernel.schedule(RECONCILE_MS, RECONCILER, NAME);
  },
  onTimer(sim) {
    if (isApiDown(sim) || isStorageDown(sim)) sim.kernel.schedule(RECONCILE_MS, RECONCILER, NAME);
    else bootKubernetesService(sim);
  },
};
