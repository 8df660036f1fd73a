import type { Sim } from "../component";
import { isDown } from "../faults";
import type { Node, Pod, Service } from "../kinds/types";
import { gatewayOf, inCidr, isIpv4, isLoopback } from "./address";
import { answerOf, CLUSTER_DOMAIN, type RecordType, type ZoneAnswer } from "./cluster-zone";
import { readyAddresses } from "./endpoints";
import { internalIp, nodeIsDown, podByIp, workstationAddress } from "./places";
import type { DnsAnswer, Place } from "./types";

const QUERY_MS = 1;
/** The resolver's own defaults: 5 s a try, two tries. */
const DNS_TIMEOUT_MS = 10_000;
const DNS_PORT = 53;

/** What stands in /etc/resolv.conf. */
export interface ResolverConfig {
  nameserver: string;
  search: string[];
  ndots: number;
}

/** The kube-dns Service's address as kubelets hand it to pods (--cluster-dns): the tenth of the Service range. */
export function clusterDnsAddress(sim: Sim): string {
  const service = sim.store.get("services", "kube-system", "kube-dns") as Service | undefined;
  return service?.spec.clusterIP ?? sim.options.serviceCidr.replace(/\d+\/\d+$/, "10");
}

/** /etc/resolv.conf at a place, by the pod's dnsPolicy and dnsConfig. */
export function resolverConfig(sim: Sim, from: Place): ResolverConfig {
  const outside: ResolverConfig = { nameserver: outsideServer(sim, from), search: [], ndots: 1 };
  if (from.kind !== "pod") return outside;
  const pod = sim.store.get("pods", from.namespace, from.pod) as Pod | undefined;
  const policy = pod?.spec.dnsPolicy ?? "ClusterFirst";
  const usesCluster = policy === "ClusterFirstWithHostNet" || (policy === "ClusterFirst" && !pod?.spec.hostNetwork);
  const inside: ResolverConfig = {
    nameserver: clusterDnsAddress(sim),
    search: [`${from.namespace}.svc.${CLUSTER_DOMAIN}`, `svc.${CLUSTER_DOMAIN}`, CLUSTER_DOMAIN],
    ndots: 5,
  };
  const base = policy === "None" ? { nameserver: "", search: [], ndots: 1 } : usesCluster ? inside : outside;
  const own = pod?.spec.dnsConfig;
  const ndots = own?.options?.find((option) => option.name === "ndots")?.value;
  return {
    nameserver: base.nameserver || (own?.nameservers?.[0] ?? ""),
    search: [...base.search, ...(own?.searches ?? [])],
    ndots: ndots === undefined ? base.ndots : Number(ndots),
  };
}

/** Asks the DNS server of a place, walking the search path as the C library does. */
export function resolve(sim: Sim, from: Place, name: string, type: RecordType = "A"): DnsAnswer {
  const config = resolverConfig(sim, from);
  const answer = (outcome: DnsAnswer["outcome"], full: string, zone: ZoneAnswer | undefined, latencyMs: number) => ({
    outcome,
    name: full,
    server: config.nameserver,
    records: zone?.records ?? [],
    latencyMs,
  });
  const ask = serverAt(sim, from, config.nameserver);
  if (!ask) return answer("timeout", name, undefined, DNS_TIMEOUT_MS);
  let latencyMs = 0;
  let last: ZoneAnswer | undefined;
  for (const candidate of candidates(name, type, config)) {
    latencyMs += QUERY_MS;
    const zone = ask(candidate.toLowerCase(), type);
    if (zone.outcome === "ok") return answer("ok", candidate, zone, latencyMs);
    if (!last || zone.outcome === "no-data" || zone.records.length > 0) last = zone;
  }
  return answer(last?.outcome ?? "nxdomain", name.replace(/\.$/, ""), last, latencyMs);
}

/** What getaddrinfo finds: an address as it is, /etc/hosts, then the DNS. */
export function lookup(sim: Sim, from: Place, name: string): DnsAnswer {
  const local = isIpv4(name) ? name : hostsFile(sim, from, name.replace(/\.$/, "").toLowerCase());
  if (local === undefined) return resolve(sim, from, name);
  return {
    outcome: "ok",
    name,
    server: "files",
    records: [{ name, type: "A", ttl: 0, data: local }],
    latencyMs: 0,
  };
}

/** The A record that a client dials: the first behind any aliases. */
export function firstAddress(answer: DnsAnswer): string | undefined {
  return answer.outcome === "ok" ? answer.records.find((record) => record.type === "A")?.data : undefined;
}

function candidates(name: string, type: RecordType, config: ResolverConfig): string[] {
  if (type === "PTR") return [isIpv4(name) ? `${name.split(".").reverse().join(".")}.in-addr.arpa` : name];
  if (name.endsWith(".")) return [name.slice(0, -1)];
  const searched = config.search.map((domain) => `${name}.${domain}`);
  const dots = name.split(".").length - 1;
  return dots >= config.ndots ? [name, ...searched] : [...searched, name];
}

/** /etc/hosts as the kubelet writes it for a pod, or as nodes and the workstation have it. */
function hostsFile(sim: Sim, from: Place, name: string): string | undefined {
  if (name === "localhost" || name.endsWith(".localhost")) return "127.0.0.1";
  if (from.kind !== "pod") return nodeNamed(sim, name);
  const pod = sim.store.get("pods", from.namespace, from.pod) as Pod | undefined;
  if (!pod) return undefined;
  if (name === (pod.spec.hostname ?? pod.metadata.name)) return pod.status?.podIP;
  const { subdomain } = pod.spec;
  const full = `${pod.spec.hostname ?? pod.metadata.name}.${subdomain}.${from.namespace}.svc.${CLUSTER_DOMAIN}`;
  if (subdomain && name === full) return pod.status?.podIP;
  return pod.spec.hostAliases?.find((alias) => alias.hostnames?.includes(name))?.ip;
}

function nodeNamed(sim: Sim, name: string): string | undefined {
  const node = sim.store.get("nodes", undefined, name) as Node | undefined;
  return node && internalIp(node);
}

function outsideServer(sim: Sim, from: Place): string {
  return from.kind === "workstation" ? "127.0.0.53" : gatewayOf(workstationAddress(sim));
}

type Ask = (name: string, type: RecordType) => ZoneAnswer;

/** The server at an address, or undefined where nobody answers there. */
function serverAt(sim: Sim, from: Place, server: string): Ask | undefined {
  const outside: Ask = (name, type) => outsideAnswer(sim, name, type);
  const cluster: Ask = (name, type) => answerOf(sim, name, type, (other) => outsideAnswer(sim, other, type));
  if (server === "") return undefined;
  if (isLoopback(server) || !inCidr(server, sim.options.serviceCidr)) {
    if (!inCidr(server, sim.options.podCidr)) return outside;
    const pod = podByIp(sim, server);
    return pod && answers(sim, pod) ? cluster : undefined;
  }
  if (from.kind === "workstation") return undefined;
  const services = sim.store.list("services", "kube-system") as readonly Service[];
  const service = services.find((item) => item.spec.clusterIP === server);
  if (!service) return undefined;
  for (const address of readyAddresses(sim, service, DNS_PORT)) {
    const pod = podByIp(sim, address);
    if (pod && answers(sim, pod)) return cluster;
  }
  return undefined;
}

/** Whether this CoreDNS pod listens, on a node that has power. */
function answers(sim: Sim, pod: Pod): boolean {
  if (isDown(sim, "component", "coredns") || nodeIsDown(sim, pod.spec.nodeName)) return false;
  return sim.runtime.listening(pod.metadata.uid).some((listener) => listener.port === DNS_PORT);
}

/** The resolver of the network around the cluster: it knows its machines and nothing of the world beyond. */
function outsideAnswer(sim: Sim, name: string, type: RecordType): ZoneAnswer {
  const address = name === "localhost" ? "127.0.0.1" : nodeNamed(sim, name);
  if (address === undefined) return { outcome: "nxdomain", records: [] };
  return type === "A"
    ? { outcome: "ok", records: [{ name, type: "A", ttl: 60, data: address }] }
    : { outcome: "no-data", records: [] };
}
