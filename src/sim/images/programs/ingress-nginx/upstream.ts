import type { HttpRequest, HttpResponse, NetworkResponse } from "../../../network/types";
import type { IncomingRequest, ProgramContext } from "../../program";
import type { Settings } from "./annotations";
import type { Upstream } from "./servers";

/** nginx tries at most this many endpoints of an upstream (proxy_next_upstream_tries). */
const TRIES = 3;

export interface Attempt {
  address: string;
  status: number;
  ms: number;
  length: number;
}

export interface Proxied {
  status: number;
  http?: HttpResponse;
  attempts: Attempt[];
  delayMs: number;
}

/** Sends a request to an endpoint; to the next one where a connection fails. `first` is the one to begin with. */
export function proxy(
  context: ProgramContext,
  request: IncomingRequest,
  http: HttpRequest,
  upstream: Upstream,
  settings: Settings,
  first: number,
): Proxied {
  const attempts: Attempt[] = [];
  let delayMs = 0;
  let status = 502;
  const count = Math.min(TRIES, upstream.addresses.length);
  for (let attempt = 0; attempt < count; attempt++) {
    const { address, port } = upstream.addresses[(first + attempt) % upstream.addresses.length]!;
    const answer = context.request({
      host: address,
      port,
      payload: { kind: "http", http, ...(settings.backendTls && { tls: { serverName: address } }) },
    });
    const { ms, code } = judge(answer, settings);
    delayMs += ms;
    attempts.push({ address: `${address}:${port}`, status: code, ms, length: answer.http?.body.length ?? 0 });
    if (answer.http && code === answer.http.status) return { status: code, http: answer.http, attempts, delayMs };
    status = code;
    // What has been sent may have been done: only safe methods are sent again.
    if (answer.outcome !== "refused" && !["GET", "HEAD"].includes(request.http!.method)) break;
  }
  return { status, attempts, delayMs };
}

function judge(answer: NetworkResponse, settings: Settings): { ms: number; code: number } {
  if (answer.outcome === "timeout") return { ms: settings.connectTimeoutMs, code: 504 };
  if (answer.outcome === "ok" && answer.http) {
    if (answer.latencyMs > settings.readTimeoutMs) return { ms: settings.readTimeoutMs, code: 504 };
    return { ms: answer.latencyMs, code: answer.http.status };
  }
  return { ms: answer.latencyMs, code: 502 };
}

/** The request as the endpoint sees it: with who asked, for which host, and how. */
export function forwarded(
  request: IncomingRequest,
  path: string,
  host: string,
  settings: Settings,
  requestId: string,
): HttpRequest {
  const http = request.http!;
  const scheme = request.tls ? "https" : "http";
  const own = /^(host|x-request-id|x-real-ip|x-forwarded-.*|x-scheme|connection)$/i;
  const headers: [string, string][] = [
    ["Host", settings.upstreamHost ?? host],
    ["X-Request-ID", requestId],
    ["X-Real-IP", request.remote.address],
    ["X-Forwarded-For", request.remote.address],
    ["X-Forwarded-Host", host],
    ["X-Forwarded-Port", request.tls ? "443" : "80"],
    ["X-Forwarded-Proto", scheme],
    ["X-Forwarded-Scheme", scheme],
    ["X-Scheme", scheme],
    ...http.headers.filter(([name]) => !own.test(name)),
  ];
  return { method: http.method, path, headers, body: http.body };
}
