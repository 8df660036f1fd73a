import type { Sim } from "../../component";
import type { EndpointSlice, Service } from "../../kinds/types";
import { derivedFrom } from "../derived";

/** What a node's kube-proxy has last written into its kernel: Services and the endpoints behind them. */
export interface Rules {
  services: readonly Service[];
  slices: readonly EndpointSlice[];
  mode: "iptables" | "ipvs";
}

/** Rules of nodes whose kube-proxy has stopped, as they were then. */
export const stopped = (sim: Sim) => sim.kernel.table<Omit<Rules, "mode">>("kube-proxy.stopped");
/** Nodes whose kube-proxy started in another mode than iptables. */
export const modes = (sim: Sim) => sim.kernel.table<"ipvs">("kube-proxy.mode");

export function liveRules(sim: Sim): Omit<Rules, "mode"> {
  return {
    services: sim.store.list("services") as readonly Service[],
    slices: sim.store.list("endpointslices.discovery.k8s.io") as readonly EndpointSlice[],
  };
}

/** The rules by which packets of a node are sent on. From outside (`node` undefined) there is a load balancer, which knows all. */
export function rulesOf(sim: Sim, node: string | undefined): Rules {
  const { services, slices } = (node !== undefined && stopped(sim).get(node)) || liveRules(sim);
  return { services, slices, mode: (node !== undefined && modes(sim).get(node)) || "iptables" };
}

/** An address that stands for a Service everywhere: cluster IP, external IP, load balancer. */
export interface ServiceAddress {
  service: Service;
  kind: "cluster" | "external" | "load-balancer";
}

interface ServiceIndex {
  byAddress: ReadonlyMap<string, ServiceAddress>;
  byNodePort: ReadonlyMap<number, Service>;
  byHealthPort: ReadonlyMap<number, Service>;
}

/** The first Service in the order of names wins, where two claim one external address. */
const indexServices = derivedFrom((services: readonly Service[]): ServiceIndex => {
  const byAddress = new Map<string, ServiceAddress>();
  const byNodePort = new Map<number, Service>();
  const byHealthPort = new Map<number, Service>();
  const claim = (address: string | undefined, kind: ServiceAddress["kind"], service: Service) => {
    if (address && address !== "None" && !byAddress.has(address)) byAddress.set(address, { service, kind });
  };
  for (const service of services) {
    const { spec, status } = service;
    if (spec.type === "ExternalName") continue;
    for (const address of spec.clusterIPs ?? []) claim(address, "cluster", service);
    claim(spec.clusterIP, "cluster", service);
    for (const address of spec.externalIPs ?? []) claim(address, "external", service);
    for (const { ip } of status?.loadBalancer?.ingress ?? []) claim(ip, "load-balancer", service);
    if (spec.healthCheckNodePort) byHealthPort.set(spec.healthCheckNodePort, service);
    if (spec.type === "ClusterIP") continue;
    for (const { nodePort } of spec.ports ?? []) if (nodePort) byNodePort.set(nodePort, service);
  }
  return { byAddress, byNodePort, byHealthPort };
});

export const serviceAt = (rules: Rules, address: string): ServiceAddress | undefined =>
  indexServices(rules.services).byAddress.get(address);
export const serviceOfNodePort = (rules: Rules, port: number): Service | undefined =>
  indexServices(rules.services).byNodePort.get(port);
export const serviceOfHealthPort = (rules: Rules, port: number): Service | undefined =>
  indexServices(rules.services).byHealthPort.get(port);
