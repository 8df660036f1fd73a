import type { EndpointSlice, Service } from "../../kinds/types";
import { isIpv4 } from "../address";
import { slicesAmong } from "../endpoints";
import {
  address as a,
  type DnsRecord,
  found,
  NO_DATA,
  NXDOMAIN,
  type Objects,
  type RecordType,
  type ZoneAnswer,
} from "./types";

/** What CoreDNS' kubernetes plugin knows (https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/). */

export const CLUSTER_DOMAIN = "cluster.local";
/** ExternalName to ExternalName to …: CoreDNS stops after eight. */
const CNAME_DEPTH_LIMIT = 8;

/** What the `kubernetes` block of a Corefile says, and how names beyond it are answered. */
export interface Zone {
  objects: Objects;
  domain: string;
  ttl: number;
  /** `pods insecure`: names made of addresses are believed. */
  podsInsecure: boolean;
  forward(name: string): ZoneAnswer;
}

/** Answers for one full name, without a final dot, in lower case. */
export function answerOf(zone: Zone, name: string, type: RecordType, depth = 0): ZoneAnswer {
  const { objects, domain } = zone;
  if (depth > CNAME_DEPTH_LIMIT) return NXDOMAIN;
  if (name.endsWith(".in-addr.arpa")) return type === "PTR" ? reverse(zone, name) : NO_DATA;
  if (name === domain) return NO_DATA;
  if (!name.endsWith(`.${domain}`)) return zone.forward(name);
  const labels = name.slice(0, -domain.length - 1).split(".");
  const kind = labels.pop();
  if (kind !== "svc" && kind !== "pod") return NXDOMAIN;
  const namespace = labels.pop();
  if (namespace === undefined) return NO_DATA;
  if (!objects.get("namespaces", undefined, namespace)) return NXDOMAIN;
  if (labels.length === 0) return NO_DATA;
  if (kind === "pod") return podAnswer(zone, name, labels, type);
  const service = objects.get("services", namespace, labels.pop()!) as Service | undefined;
  if (!service) return NXDOMAIN;
  return serviceAnswer(zone, service, labels, name, type, depth);
}

/** `10-244-1-3.default.pod.cluster.local` is answered from the name itself (`pods insecure`, as kubeadm sets CoreDNS up). */
function podAnswer(zone: Zone, name: string, labels: string[], type: RecordType): ZoneAnswer {
  const address = labels.length === 1 ? labels[0]!.replaceAll("-", ".") : "";
  if (!zone.podsInsecure || !isIpv4(address)) return NXDOMAIN;
  return type === "A" ? found([a(name, address, zone.ttl)]) : NO_DATA;
}

function serviceAnswer(
  zone: Zone,
  service: Service,
  labels: string[],
  name: string,
  type: RecordType,
  depth: number,
): ZoneAnswer {
  if (service.spec.type === "ExternalName") {
    if (labels.length > 0) return NXDOMAIN;
    const target = service.spec.externalName!.replace(/\.$/, "").toLowerCase();
    const alias: DnsRecord = { name, type: "CNAME", ttl: zone.ttl, data: target };
    if (type === "CNAME") return found([alias]);
    const rest = answerOf(zone, target, type, depth + 1);
    return { outcome: rest.outcome, records: [alias, ...rest.records] };
  }
  if (labels.length === 2 && labels[0]!.startsWith("_") && labels[1]!.startsWith("_")) {
    const [port, protocol] = [labels[0]!.slice(1), labels[1]!.slice(1)];
    const records = serviceRecords(zone, service, name, (item) => item.name === port && item.protocol === protocol);
    return records.length === 0 ? NXDOMAIN : type === "SRV" ? found(records) : NO_DATA;
  }
  if (labels.length > 1) return NXDOMAIN;
  if (labels.length === 1) {
    const matching = readyEndpoints(zone, service).filter((endpoint) => endpoint.label === labels[0]);
    if (matching.length === 0) return NXDOMAIN;
    return type === "A" ? found(matching.map((endpoint) => a(name, endpoint.address, zone.ttl))) : NO_DATA;
  }
  if (type === "SRV") {
    const records = serviceRecords(zone, service, name, (item) => item.name !== "");
    return records.length === 0 ? NO_DATA : found(records);
  }
  if (type !== "A")
    return service.spec.clusterIP === "None" && readyEndpoints(zone, service).length === 0 ? NXDOMAIN : NO_DATA;
  if (service.spec.clusterIP !== "None") return found([a(name, service.spec.clusterIP!, zone.ttl)]);
  const endpoints = readyEndpoints(zone, service);
  // CoreDNS answers NXDOMAIN, not an empty list, for a headless Service without endpoints.
  return endpoints.length === 0 ? NXDOMAIN : found(endpoints.map((endpoint) => a(name, endpoint.address, zone.ttl)));
}

/** SRV points at the Service itself, or at each endpoint where it is headless. */
function serviceRecords(
  zone: Zone,
  service: Service,
  name: string,
  wanted: (port: { name: string; protocol: string }) => boolean,
): DnsRecord[] {
  const base = `${service.metadata.name}.${service.metadata.namespace}.svc.${zone.domain}`;
  if (service.spec.clusterIP !== "None") {
    const ports = (service.spec.ports ?? []).filter((port) =>
      wanted({ name: port.name ?? "", protocol: (port.protocol ?? "TCP").toLowerCase() }),
    );
    return ports.map((port) => srv(zone, name, ports.length, port.port, base));
  }
  const targets: { port: number; host: string }[] = [];
  for (const endpoint of readyEndpoints(zone, service)) {
    for (const port of endpoint.ports) {
      if (wanted(port)) targets.push({ port: port.port, host: `${endpoint.label}.${base}` });
    }
  }
  return targets.map((target) => srv(zone, name, targets.length, target.port, target.host));
}

function reverse(zone: Zone, name: string): ZoneAnswer {
  const address = name.slice(0, -".in-addr.arpa".length).split(".").reverse().join(".");
  const services = zone.objects.list("services") as readonly Service[];
  for (const service of services) {
    const base = `${service.metadata.name}.${service.metadata.namespace}.svc.${zone.domain}`;
    if (service.spec.clusterIPs?.includes(address)) return found([ptr(zone, name, base)]);
  }
  const records: DnsRecord[] = [];
  for (const service of services) {
    const base = `${service.metadata.name}.${service.metadata.namespace}.svc.${zone.domain}`;
    for (const endpoint of readyEndpoints(zone, service)) {
      if (endpoint.address === address) records.push(ptr(zone, name, `${endpoint.label}.${base}`));
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

function readyEndpoints(zone: Zone, service: Service): NamedEndpoint[] {
  const all = new Map<string, NamedEndpoint>();
  for (const slice of slicesAmong(
    zone.objects.list("endpointslices.discovery.k8s.io") as readonly EndpointSlice[],
    service,
  )) {
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

const ptr = (zone: Zone, name: string, data: string): DnsRecord => ({
  name,
  type: "PTR",
  ttl: zone.ttl,
  data: `${data}.`,
});
/** Priority 0; CoreDNS shares a weight of 100 among the targets. */
const srv = (zone: Zone, name: string, targets: number, port: number, host: string): DnsRecord => ({
  name,
  type: "SRV",
  ttl: zone.ttl,
  data: `0 ${Math.floor(100 / targets)} ${port} ${host}.`,
});
