import type { Sim } from "../component";
import { isDown } from "../faults";
import type { Node, Pod } from "../kinds/types";
import { inCidr, isIpv4, isLoopback } from "./address";
import { outsideAnswer } from "./dns/outside";
import { CLUSTER_DOMAIN, type ResolverConfig, resolverConfig } from "./dns/resolver-config";
import type { RecordType, ZoneAnswer } from "./dns/types";
import { internalIp, originOf } from "./places";
import { route } from "./route";
import type { DnsAnswer, Place } from "./types";

const DNS_PORT = 53;
const OUTSIDE_MS = 1;
/** Names that one question is tried with; resolv.conf takes no more. */
const CANDIDATES_LIMIT = 32;

/** How a tool asks where it does not go by /etc/resolv.conf. */
export interface Ask {
  /** Another server: `dig @10.96.0.10`. */
  server?: string;
  /** The name as it stands, without the search path. */
  plain?: boolean;
}

/** Asks the DNS servers of a place, walking the search path as the C library does. */
export function resolve(sim: Sim, from: Place, name: string, type: RecordType = "A", how: Ask = {}): DnsAnswer {
  const config = resolverConfig(sim, from);
  const servers = how.server === undefined ? config.nameservers : [how.server];
  let latencyMs = 0;
  let last: ZoneAnswer | undefined;
  let server = servers[0] ?? "";
  for (const candidate of candidates(name, type, config, how.plain ?? false)) {
    const reply = query(sim, from, servers, candidate.toLowerCase(), type, config);
    latencyMs += reply.latencyMs;
    server = reply.server;
    // A server that does not answer for one name will not for the others.
    if (!reply.answer)
      return { outcome: "timeout", name, server, records: [], latencyMs, failure: reply.failure, why: reply.why };
    const { answer } = reply;
    if (answer.outcome === "ok") return { outcome: "ok", name: candidate, server, records: answer.records, latencyMs };
    if (!last || answer.outcome !== "nxdomain" || answer.records.length > 0) last = answer;
  }
  const { outcome, records } = last ?? { outcome: "nxdomain", records: [] };
  return { outcome, name: name.replace(/\.$/, ""), server, records, latencyMs };
}

type Reply =
  | { answer: ZoneAnswer; server: string; latencyMs: number }
  | { answer?: undefined; server: string; latencyMs: number; failure: "silent" | "refused"; why: string };

/** One name at the servers in turn, as often as resolv.conf says. */
function query(
  sim: Sim,
  from: Place,
  servers: readonly string[],
  name: string,
  type: RecordType,
  config: ResolverConfig,
): Reply {
  let waitedMs = 0;
  let failure: "silent" | "refused" = "refused";
  let why = "there is no name server";
  for (let attempt = 0; attempt < config.attempts; attempt++) {
    for (const server of servers) {
      const response = askServer(sim, from, server, name, type);
      if (response.answer) return { answer: response.answer, server, latencyMs: waitedMs + response.latencyMs };
      if (!response.refused) failure = "silent";
      why = response.why;
      waitedMs += response.refused ? response.latencyMs : config.timeoutMs;
    }
  }
  return { server: servers[0] ?? "", latencyMs: waitedMs, failure, why };
}

type Response =
  | { answer: ZoneAnswer; latencyMs: number }
  | { answer?: undefined; refused: boolean; latencyMs: number; why: string };

function askServer(sim: Sim, from: Place, server: string, name: string, type: RecordType): Response {
  const beyond =
    isLoopback(server) || (!inCidr(server, sim.options.serviceCidr) && !inCidr(server, sim.options.podCidr));
  if (beyond && (from.kind !== "pod" || !isLoopback(server)))
    return { answer: outsideAnswer(sim.store, name, type), latencyMs: OUTSIDE_MS };
  if (isDown(sim, "component", "coredns")) return { refused: false, latencyMs: 0, why: "CoreDNS does not work" };
  const origin = originOf(sim, from);
  if (!origin) return { refused: true, latencyMs: 0, why: "the place where the question starts is not there" };
  const payload = { kind: "dns" as const, name, type };
  const response = route(sim, { from, host: server, port: DNS_PORT, protocol: "UDP", payload }, origin, server, 0);
  if (response.dns) return { answer: response.dns, latencyMs: response.latencyMs };
  return { refused: response.outcome === "refused", latencyMs: response.latencyMs, why: response.why ?? "" };
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

function candidates(name: string, type: RecordType, config: ResolverConfig, plain: boolean): string[] {
  if (type === "PTR" && isIpv4(name)) return [`${name.split(".").reverse().join(".")}.in-addr.arpa`];
  if (name.endsWith(".")) return [name.slice(0, -1)];
  if (plain) return [name];
  const searched = config.search.map((domain) => `${name}.${domain}`);
  const dots = name.split(".").length - 1;
  return (dots >= config.ndots ? [name, ...searched] : [...searched, name]).slice(0, CANDIDATES_LIMIT);
}

/** /etc/hosts as the kubelet writes it for a pod, or as nodes and the workstation have it. */
function hostsFile(sim: Sim, from: Place, name: string): string | undefined {
  if (name === "localhost" || name.endsWith(".localhost")) return "127.0.0.1";
  if (from.kind !== "pod") {
    const node = sim.store.get("nodes", undefined, name) as Node | undefined;
    return node && internalIp(node);
  }
  const pod = sim.store.get("pods", from.namespace, from.pod) as Pod | undefined;
  if (!pod) return undefined;
  if (name === (pod.spec.hostname ?? pod.metadata.name)) return pod.status?.podIP;
  const { subdomain } = pod.spec;
  const full = `${pod.spec.hostname ?? pod.metadata.name}.${subdomain}.${from.namespace}.svc.${CLUSTER_DOMAIN}`;
  if (subdomain && name === full) return pod.status?.podIP;
  return pod.spec.hostAliases?.find((alias) => alias.hostnames?.includes(name))?.ip;
}
