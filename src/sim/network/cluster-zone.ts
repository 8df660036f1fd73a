import type { Sim } from "../component";
import type { EndpointSlice, Service } from "../kinds/types";
import { isIpv4 } from "./address";
import { slicesOf } from "./endpoints";
import type { DnsAnswer } from "./types";

/** What CoreDNS' kubernetes plugin knows (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). */

export const CLUSTER_DOMAIN = "cluster.local";
const TTL_SECONDS = 30;
/** ExternalName to ExternalName to …: CoreDNS stops after eight. */
const CNAME_DEPTH_LIMIT = 8;

export type DnsRecord = DnsAnswer["records"][number];
export type RecordType = "A" | "SRV" | "PTR";
export interface ZoneAnswer {
  outcome: "ok" | "nxdomain" | "no-data";
  records: DnsRecord[];
}

/** How names outside the cluster are answered: CoreDNS forwards them to the node's resolver. */
export type Forward = (name: string) => ZoneAnswer;

const NXDOMAIN: ZoneAnswer = { outcome: "nxdomain", records: [] };
const NO_DATA: ZoneAnswer = { outcome: "no-data", records: [] };

/** Answers for one full name, without a final dot, in lower case. */
export function answerOf(sim: Sim, name: string, type: RecordType, forward: Forward, depth = 0): ZoneAnswer {
  if (depth > CNAME_DEPTH_LIMIT) return NXDOMAIN;
  if (name.endsWith(".in-addr.arpa")) return type === "PTR" ? reverse(sim, name) : NO_DATA;
  if (name === CLUSTER_DOMAIN) return NO_DATA;
  if (!name.endsWith(`.${CLUSTER_DOMAIN}`)) return forward(name);
  const labels = name.slice(0, -CLUSTER_DOMAIN.length - 1).split(".");
  const kind = labels.pop();
  if (kind !== "svc" && kind !== "pod") return NXDOMAIN;
  const namespace = labels.pop();
  if (namespace === undefined) return NO_DATA;
  if (!sim.store.get("namespaces", undefined, namespace)) return NXDOMAIN;
  if (labels.length === 0) return NO_DATA;
  if (kind === "pod") return podAnswer(name, labels, type);
  const service = sim.store.get("services", namespace, labels.pop()!) as Service | undefined;
  if (!service) return NXDOMAIN;
  return serviceAnswer(sim, service, labels, name, type, forward, depth);
}

/** `10-244-1-3.default.pod.cluster.local` is answered from the name itself (`pods insecure`, as kubeadm sets CoreDNS up). */
function podAnswer(name: string, labels: string[], type: RecordType): ZoneAnswer {
  const address = labels.length === 1 ? labels[0]!.replaceAll("-", ".") : "";
  if (!isIpv4(address)) return NXDOMAIN;
  return type === "A" ? found([a(name, address)]) : NO_DATA;
}

function serviceAnswer(
  sim: Sim,
  service: Service,
  labels: string[],
  name: string,
  type: RecordType,
  forward: Forward,
  depth: number,
): ZoneAnswer {
  if (service.spec.type === "ExternalName") {
    if (labels.length > 0) return NXDOMAIN;
    const target = service.spec.externalName!.replace(/\.$/, "").toLowerCase();
    const alias: DnsRecord = { name, type: "CNAME", ttl: TTL_SECONDS, data: target };
    const rest = answerOf(sim, target, type, forward, depth + 1);
    return { outcome: rest.outcome, records: [alias, ...rest.records] };
  }
  if (labels.length === 2 && labels[0]!.startsWith("_") && labels[1]!.startsWith("_")) {
    const [port, protocol] = [labels[0]!.slice(1), labels[1]!.slice(1)];
    const records = serviceRecords(sim, service, name, (item) => item.name === port && item.protocol === protocol);
    return records.length === 0 ? NXDOMAIN : type === "SRV" ? found(records) : NO_DATA;
  }
  if (labels.length > 1) return NXDOMAIN;
  if (labels.length === 1) {
    const matching = readyEndpoints(sim, service).filter((endpoint) => endpoint.label === labels[0]);
    if (matching.length === 0) return NXDOMAIN;
    return type === "A" ? found(matching.map((endpoint) => a(name, endpoint.address))) : NO_DATA;
  }
  if (type === "SRV") {
    const records = serviceRecords(sim, service, name, (item) => item.name !== "");
    return records.length === 0 ? NO_DATA : found(records);
  }
  if (type === "PTR") return NO_DATA;
  if (service.spec.clusterIP !== "None") return found([a(name, service.spec.clusterIP!)]);
  const endpoints = readyEndpoints(sim, service);
  // CoreDNS answers NXDOMAIN, not an empty list, for a headless Service without endpoints.
  return endpoints.length === 0 ? NXDOMAIN : found(endpoints.map((endpoint) => a(name, endpoint.address)));
}

/** SRV points at the Service itself, or at each endpoint where it is headless. */
function serviceRecords(
  sim: Sim,
  service: Service,
  name: string,
  wanted: (port: { name: string; protocol: string }) => boolean,
): DnsRecord[] {
  const base = `${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
  if (service.spec.clusterIP !== "None") {
    const ports = (service.spec.ports ?? []).filter((port) =>
      wanted({ name: port.name ?? "", protocol: (port.protocol ?? "TCP").toLowerCase() }),
    );
    return ports.map((port) => srv(name, ports.length, port.port, base));
  }
  const targets: { port: number; host: string }[] = [];
  for (const endpoint of readyEndpoints(sim, service)) {
    for (const port of endpoint.ports) {
      if (wanted(port)) targets.push({ port: port.port, host: `${endpoint.label}.${base}` });
    }
  }
  return targets.map((target) => srv(name, targets.length, target.port, target.host));
}

function reverse(sim: Sim, name: string): ZoneAnswer {
  const address = name.slice(0, -".in-addr.arpa".length).split(".").reverse().join(".");
  const services = sim.store.list("services") as readonly Service[];
  for (const service of services) {
    const base = `${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
    if (service.spec.clusterIPs?.includes(address)) return found([ptr(name, base)]);
  }
  const records: DnsRecord[] = [];
  for (const service of services) {
    const base = `${service.metadata.name}.${service.metadata.namespace}.svc.${CLUSTER_DOMAIN}`;
    for (const endpoint of readyEndpoints(sim, service)) {
      if (endpoint.address === address) records.push(ptr(name, `${endpoint.label}.${base}`));
    }
  }
  return records.length === 0 ? NXDOMAIN : found(records);
}

interface NamedEndpoint {
  /** The pod's host name, or the address with dashes. */
  label: string;
  address: string;
  ports: { name: string; protocol: string; port: number }[];
}

function readyEndpoints(sim: Sim, service: Service): NamedEndpoint[] {
  const all = new Map<string, NamedEndpoint>();
  for (const slice of slicesOf(sim, service)) {
    for (const endpoint of slice.endpoints ?? []) {
      if (endpoint.conditions?.ready === false) continue;
      for (const address of endpoint.addresses) {
        const label = endpoint.hostname ?? address.replaceAll(".", "-");
        const known = all.get(address);
        const ports = portsOf(slice);
        all.set(address, known ? { ...known, ports: [...known.ports, ...ports] } : { label, address, ports });
      }
    }
  }
  return [...all.values()];
}

function portsOf(slice: EndpointSlice): NamedEndpoint["ports"] {
  return (slice.ports ?? []).map((port) => ({
    name: port.name ?? "",
    protocol: (port.protocol ?? "TCP").toLowerCase(),
    port: port.port ?? 0,
  }));
}

const found = (records: DnsRecord[]): ZoneAnswer => ({ outcome: "ok", records });
const a = (name: string, data: string): DnsRecord => ({ name, type: "A", ttl: TTL_SECONDS, data });
const ptr = (name: string, data: string): DnsRecord => ({ name, type: "PTR", ttl: TTL_SECONDS, data: `${data}.` });
/** Priority 0; CoreDNS shares a weight of 100 among the targets. */
const srv = (name: string, targets: number, port: number, host: string): DnsRecord => ({
  name,
  type: "SRV",
  ttl: TTL_SECONDS,
  data: `0 ${Math.floor(100 / targets)} ${port} ${host}.`,
});
