import type { Sim } from "../component";
import { kubernetesServiceAddress, nodeAddress } from "./addresses";

const API_PORT = 8443;

/** `default/kubernetes`: the API server keeps its Service, Endpoints and EndpointSlice itself. */
export function bootKubernetesService(sim: Sim): void {
  const api = sim.api("kube-apiserver");
  const address = kubernetesServiceAddress(sim.options.serviceCidr);
  const addresses = sim.options.nodes.flatMap((node, index) =>
    node.role === "control-plane" ? [nodeAddress(index)] : [],
  );
  const metadata = { name: "kubernetes", namespace: "default" };
  api.create("services", {
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
  api.create("endpoints", {
    apiVersion: "v1",
    kind: "Endpoints",
    metadata: { ...metadata, labels: { "endpointslice.kubernetes.io/skip-mirror": "true" } },
    subsets: [
      { addresses: addresses.map((ip) => ({ ip })), ports: [{ name: "https", port: API_PORT, protocol: "TCP" }] },
    ],
  });
  api.create("endpointslices.discovery.k8s.io", {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: { ...metadata, labels: { "kubernetes.io/service-name": "kubernetes" } },
    addressType: "IPv4",
    endpoints: [{ addresses, conditions: { ready: true } }],
    ports: [{ name: "https", port: API_PORT, protocol: "TCP" }],
  });
}
