import type { Sim } from "../component";
import type { IncomingRequest, OutgoingResponse } from "../images/program";
import type { Container } from "../kinds/types";
import type { HttpResponse, NetworkResponse } from "../network/types";
import { nodeAddress } from "./ip-allocation";
import { type PodRecord, podOf } from "./records";
import { deliver } from "./runtime";
import type { Trace } from "./runtime/context";

export interface Question {
  /** Left out: the pod's own address. */
  host?: string | undefined;
  port: number;
  path: string;
  tls: boolean;
  headers: [string, string][];
  userAgent: string;
  patienceMs: number;
}

export interface Answer {
  tookMs: number;
  http?: HttpResponse;
  /** Go's error, as `Get "http://…": …` carries it. */
  error?: string;
  /** The container's state is another one now, or its answer may be another one later. */
  moved: boolean;
}

/** What one hop within a node takes. */
const HOP_MS = 1;

export function portOf(container: Container, port: number | string): number {
  if (typeof port === "number") return port;
  const named = (container.ports ?? []).find((candidate) => candidate.name === port);
  return named ? Number(named.containerPort) : Number.parseInt(port, 10) || 0;
}

export function urlOf(record: PodRecord, question: Question): string {
  const host = question.host || record.ip || "";
  const path = question.path.startsWith("/") ? question.path : `/${question.path}`;
  return `${question.tls ? "https" : "http"}://${host}:${question.port}${path}`;
}

/** A GET from the kubelet, as probes and hooks make it. Certificates are not verified. */
export function httpExchange(
  sim: Sim,
  record: PodRecord,
  question: Question,
  trace: Trace = { moving: false },
): Answer {
  const path = question.path.startsWith("/") ? question.path : `/${question.path}`;
  const host = question.host || record.ip || "";
  const given = new Set(question.headers.map(([name]) => name.toLowerCase()));
  const headers: [string, string][] = [];
  if (!given.has("host")) headers.push(["Host", `${host}:${question.port}`]);
  if (!given.has("user-agent")) headers.push(["User-Agent", question.userAgent]);
  headers.push(...question.headers);
  if (!given.has("accept")) headers.push(["Accept", "*/*"]);
  headers.push(["Connection", "close"]);
  const http = { method: "GET", path, headers, body: "" };
  const { response, moved } = exchange(sim, record, question, { http, ...(question.tls && { tls: {} }) }, trace);
  const at = `${host}:${question.port}`;
  const fail = (error: string, tookMs: number): Answer => ({
    tookMs,
    error: `Get "${urlOf(record, question)}": ${error}`,
    moved,
  });
  if (response.outcome === "refused") return fail(`dial tcp ${at}: connect: connection refused`, response.latencyMs);
  if (response.outcome === "unknown-host") return fail(`dial tcp: lookup ${host}: no such host`, response.latencyMs);
  if (response.outcome === "unreachable") return fail(`dial tcp ${at}: connect: no route to host`, response.latencyMs);
  if (response.outcome === "timeout")
    return fail(`dial tcp ${at}: i/o timeout (Client.Timeout exceeded while awaiting headers)`, question.patienceMs);
  if (response.latencyMs >= question.patienceMs)
    return fail("context deadline exceeded (Client.Timeout exceeded while awaiting headers)", question.patienceMs);
  if (response.outcome === "reset")
    return fail(
      `read tcp ${nodeAddress(sim, record.node)}:${ephemeralPort(sim, question.port)}->${at}: read: connection reset by peer`,
      response.latencyMs,
    );
  if (question.tls && !response.tls) return fail("http: server gave HTTP response to HTTPS client", response.latencyMs);
  if (!response.http) return fail("EOF", response.latencyMs);
  return { tookMs: response.latencyMs, http: response.http, moved };
}

/** How the kubelet gets there: by the pod's address, by the loopback that a hostNetwork pod shares with it, or otherwise. */
function reach(sim: Sim, record: PodRecord, host: string | undefined): "pod" | "local" | "network" {
  if (!host || host === record.ip) return "pod";
  const loopback = host === "127.0.0.1" || host === "localhost";
  return loopback && podOf(sim, record)?.spec.hostNetwork ? "local" : "network";
}

/** A TCP connection: is anybody there? */
export function connect(
  sim: Sim,
  record: PodRecord,
  host: string | undefined,
  port: number,
  trace: Trace,
): { response: NetworkResponse; moved: boolean } {
  const into = reach(sim, record, host);
  if (into === "network") {
    return {
      response: sim.network.request({
        from: { kind: "node", node: record.node },
        host: host!,
        port,
        payload: { kind: "connect" },
      }),
      moved: true,
    };
  }
  const listening = sim.runtime
    .listening(record.uid)
    .some((listener) => listener.port === port && (into === "local" || listener.address !== "127.0.0.1"));
  return { response: { outcome: listening ? "ok" : "refused", latencyMs: HOP_MS, hops: [] }, moved: trace.moving };
}

function exchange(
  sim: Sim,
  record: PodRecord,
  question: Question,
  request: Pick<IncomingRequest, "http" | "tls">,
  trace: Trace,
): { response: NetworkResponse; moved: boolean } {
  const { host, port } = question;
  const into = reach(sim, record, host);
  if (into === "network") {
    const payload = { kind: "http" as const, http: request.http!, ...(request.tls && { tls: request.tls }) };
    return {
      response: sim.network.request({ from: { kind: "node", node: record.node }, host: host!, port, payload }),
      moved: true,
    };
  }
  const remote = { address: nodeAddress(sim, record.node), port: ephemeralPort(sim, port) };
  const result = deliver(sim, record.uid, { port, remote, ...request }, into === "local", trace);
  if (result.outcome === "refused")
    return { response: { outcome: "refused", latencyMs: HOP_MS, hops: [] }, moved: false };
  return { response: received(result.response), moved: result.changed === true || trace.moving };
}

/** Another one for each connection, as the kernel gives them. */
const ephemeralPort = (sim: Sim, port: number): number =>
  32_768 + ((Math.floor(sim.kernel.nowMs / 10) * 31 + port) % 28_232);

function received(response: OutgoingResponse): NetworkResponse {
  const latencyMs = HOP_MS + (response.delayMs ?? 0);
  if (response.reset) return { outcome: "reset", latencyMs, hops: [] };
  return {
    outcome: "ok",
    latencyMs,
    hops: [],
    ...(response.http && { http: response.http }),
    ...(response.tls && { tls: response.tls }),
  };
}
