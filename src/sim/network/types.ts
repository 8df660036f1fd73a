import type { DnsRecord, RecordType, ZoneAnswer } from "./dns/types";

/** What travels between programs, and what a client learns of a connection that failed. */

export interface HttpRequest {
  method: string;
  /** With query: `/login?x=1`. */
  path: string;
  /** In the order and case in which they were sent. */
  headers: [string, string][];
  body: string;
}

export interface HttpResponse {
  status: number;
  headers: [string, string][];
  body: string;
}

/** Where a request starts: that decides addresses, DNS and policies. */
export type Place =
  | { kind: "pod"; namespace: string; pod: string }
  | { kind: "node"; node: string }
  /** The learner's machine: outside the cluster, but on a network from which node and load-balancer addresses are reachable. */
  | { kind: "workstation" };

export interface NetworkRequest {
  from: Place;
  /** A name or an address; names are resolved as they would be at `from`. */
  host: string;
  port: number;
  /** Default: TCP. */
  protocol?: "UDP";
  payload:
    | { kind: "connect" }
    /** Only the TLS handshake: a client that verifies sends its request after it, marked `established`, or not at all. */
    | { kind: "handshake"; serverName?: string }
    | { kind: "http"; http: HttpRequest; tls?: { serverName?: string; established?: true } }
    /** A question to a name server. */
    | { kind: "dns"; name: string; type: RecordType }
    /** One line or message of a text protocol (redis, nc), and what comes back. */
    | { kind: "raw"; data: string };
  /** `port-forward` and probes go straight into a pod's network namespace, past Services and policies. */
  intoPod?: { namespace: string; pod: string };
}

/** One leg of the way, for the map and for cause chains: e.g. pod -> service -> endpoint pod. */
export interface Hop {
  kind: "pod" | "node" | "service" | "workstation" | "external";
  namespace?: string;
  name: string;
}

export type NetworkOutcome =
  | "ok"
  | "refused"
  | "timeout"
  | "unreachable"
  | "unknown-host"
  | "reset"
  | "empty-reply"
  | "tls-not-spoken";

export interface NetworkResponse {
  outcome: NetworkOutcome;
  /** How long until the client knows; a `timeout` never tells, so the client's own limit applies. */
  latencyMs: number;
  /** The address that was dialled, where there was one. */
  address?: string;
  http?: HttpResponse;
  raw?: string;
  dns?: ZoneAnswer;
  /** The server's certificates, leaf first, as PEM; the client verifies them. */
  tls?: { chainPem: string };
  /** The last hop reached comes last. */
  hops: Hop[];
  /** Why it failed, as cause chains word it: `Service default/web has no endpoints`. */
  why?: string;
}

export interface DnsAnswer {
  outcome: ZoneAnswer["outcome"] | "timeout";
  /** The full name that was answered (after the search path). */
  name: string;
  server: string;
  records: DnsRecord[];
  latencyMs: number;
  /** How a `timeout` came about: nobody answered at all, or the address refused. */
  failure?: "silent" | "refused";
  /** Why, as cause chains word it. */
  why?: string;
}
