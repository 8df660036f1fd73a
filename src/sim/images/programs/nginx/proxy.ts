import type { NetworkResponse } from "../../../network/types";
import { upstreamOf } from "./compile-upstream";
import type { Peer, ProxyPass, Upstream } from "./configuration";
import { type Answer, type Exchange, headerOf, logError, page } from "./exchange";
import { absoluteTarget } from "./static-files";
import { expand } from "./variables";

/** A peer that failed is left alone for so long (fail_timeout), where there are others. */
const FAIL_TIMEOUT_MS = 10_000;

/** Headers that belong to one connection, and those that nginx makes itself. */
const NOT_FORWARDED = new Set(["host", "connection", "keep-alive", "te", "transfer-encoding", "upgrade", "expect"]);
const NOT_RETURNED = new Set([
  "date",
  "server",
  "connection",
  "keep-alive",
  "transfer-encoding",
  "x-accel-redirect",
  "x-accel-expires",
  "x-pad",
]);

/** Passes the request on and the answer back. */
export function serveProxy(exchange: Exchange, pass: ProxyPass): Answer {
  const target = targetOf(exchange, pass);
  if (!("upstream" in target)) return target;
  const { upstream, scheme, path, hostHeader } = target;
  const tried = new Set<Peer>();
  const peers = inTurn(exchange, upstream);
  if (peers.length === 0) {
    logError(exchange, "no live upstreams while connecting to upstream", `${scheme}://${upstream.name}${path}`);
    return page(502);
  }
  let last: Answer = page(502);
  for (const peer of peers) {
    tried.add(peer);
    const shown = `${scheme}://${peer.address}:${peer.port}${path}`;
    const response = exchange.context.request({
      host: peer.address,
      port: peer.port,
      payload: {
        kind: "http",
        http: {
          method: exchange.http.method,
          path,
          headers: requestHeaders(exchange, hostHeader),
          body: exchange.http.body,
        },
        ...(scheme === "https" && { tls: {} }),
      },
    });
    const failure = failureOf(exchange, response);
    const address = `${peer.address}:${peer.port}`;
    exchange.upstreamAddress = exchange.upstreamAddress === "" ? address : `${exchange.upstreamAddress}, ${address}`;
    if (!failure) {
      exchange.delayMs += response.latencyMs;
      exchange.upstreamStatus = String(response.http!.status);
      return answerOf(exchange, response.http!, pass, hostHeader);
    }
    exchange.delayMs += failure.delayMs;
    exchange.upstreamStatus = String(failure.status);
    logError(exchange, failure.message, shown);
    if (upstream.peers.length > 1)
      exchange.counters.failedUntilMs[`${upstream.name} ${address}`] = exchange.context.nowMs + FAIL_TIMEOUT_MS;
    last = page(failure.status);
  }
  return last;
}

interface Target {
  upstream: Upstream;
  scheme: "http" | "https";
  path: string;
  hostHeader: string;
}

function targetOf(exchange: Exchange, pass: ProxyPass): Target | Answer {
  if (pass.template === undefined) {
    const upstream = upstreamOf(exchange.configuration, pass)!;
    return { upstream, scheme: pass.scheme, path: pathFor(exchange, pass), hostHeader: pass.upstream };
  }
  const url = expand(exchange, pass.template);
  const match = /^(https?):\/\/([^/?]+)(.*)$/.exec(url);
  if (!match) {
    logError(exchange, `invalid URL prefix in "${url}"`);
    return page(500);
  }
  const scheme = match[1] as "http" | "https";
  const authority = match[2]!;
  const path = match[3] === "" ? originalPath(exchange) : match[3]!;
  const named = exchange.configuration.upstreams.get(authority);
  if (named) return { upstream: named, scheme, path, hostHeader: authority };
  const [host = "", port = scheme === "https" ? "443" : "80"] = authority.split(":");
  const literal = /^\d+\.\d+\.\d+\.\d+$/.test(host);
  if (!literal && !exchange.settings.hasResolver) {
    logError(exchange, `no resolver defined to resolve ${host}`);
    return page(502);
  }
  const addresses = literal ? [host] : exchange.context.resolve(host).addresses;
  if (addresses.length === 0) {
    logError(exchange, `${host} could not be resolved (3: Host not found)`);
    return page(502);
  }
  const peers = addresses.map((address) => ({ host, address, port: Number(port), weight: 1, backup: false }));
  return {
    upstream: { name: authority, peers, method: "round-robin", explicit: false },
    scheme,
    path,
    hostHeader: authority,
  };
}

/** With a URI in proxy_pass, it takes the place of the location's prefix; without, the request goes on as it came. */
function pathFor(exchange: Exchange, pass: ProxyPass): string {
  const { location } = exchange;
  if (pass.uri === undefined || !location) return originalPath(exchange);
  if (exchange.rewritten) return withArgs(encodeURI(exchange.uri), exchange.args);
  return withArgs(pass.uri + encodeURI(exchange.uri.slice(location.path.length)), exchange.args);
}

function originalPath(exchange: Exchange): string {
  return exchange.rewritten ? withArgs(encodeURI(exchange.uri), exchange.args) : exchange.http.path;
}

const withArgs = (path: string, args: string) =>
  args === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${args}`;

function requestHeaders(exchange: Exchange, hostHeader: string): [string, string][] {
  const own = exchange.settings.proxyHeaders;
  const named = new Set(own.map(([name]) => name.toLowerCase()));
  const headers: [string, string][] = [];
  if (!named.has("host")) headers.push(["Host", hostHeader]);
  if (!named.has("connection")) headers.push(["Connection", "close"]);
  for (const [name, template] of own) {
    const value = expand(exchange, template.replaceAll("$proxy_host", hostHeader));
    if (value !== "") headers.push([name, value]);
  }
  for (const [name, value] of exchange.http.headers) {
    const lower = name.toLowerCase();
    if (!NOT_FORWARDED.has(lower) && !named.has(lower)) headers.push([name, value]);
  }
  return headers;
}

/** The order in which peers are tried: each turn starts with the next; failed ones and backups come last or not at all. */
function inTurn(exchange: Exchange, upstream: Upstream): Peer[] {
  const { counters, context } = exchange;
  const alive = (peer: Peer) =>
    (counters.failedUntilMs[`${upstream.name} ${peer.address}:${peer.port}`] ?? 0) <= context.nowMs;
  const usable = upstream.peers.length === 1 ? upstream.peers : upstream.peers.filter(alive);
  const main = usable.filter((peer) => !peer.backup);
  const backups = usable.filter((peer) => peer.backup);
  const wheel = spread(main);
  if (wheel.length === 0) return backups;
  let turn: number;
  if (upstream.method === "ip-hash") turn = hash(exchange.incoming.remote.address.split(".").slice(0, 3).join("."));
  else if (upstream.method === "random") turn = Math.floor(context.random() * wheel.length);
  else {
    turn = counters.turns[upstream.name] ?? 0;
    if (wheel.length > 1) counters.turns[upstream.name] = (turn + 1) % wheel.length;
  }
  const start = turn % wheel.length;
  return [...new Set([...wheel.slice(start), ...wheel.slice(0, start)]), ...backups];
}

/** Weights as nginx smooths them: each round gives every peer its share, spread out. */
function spread(peers: Peer[]): Peer[] {
  if (peers.every((peer) => peer.weight === 1)) return peers;
  const total = Math.min(
    1000,
    peers.reduce((sum, peer) => sum + peer.weight, 0),
  );
  const current = peers.map(() => 0);
  const wheel: Peer[] = [];
  for (let step = 0; step < total; step++) {
    let best = 0;
    for (const [index, peer] of peers.entries()) {
      current[index]! += peer.weight;
      if (current[index]! > current[best]!) best = index;
    }
    current[best]! -= total;
    wheel.push(peers[best]!);
  }
  return wheel;
}

function hash(text: string): number {
  let value = 89;
  for (const char of text) value = (value * 113 + char.charCodeAt(0)) % 6271;
  return value;
}

/** What went wrong on the way, in nginx's words. */
function failureOf(
  exchange: Exchange,
  response: NetworkResponse,
): { status: number; message: string; delayMs: number } | undefined {
  const { proxyConnectTimeoutMs, proxyReadTimeoutMs } = exchange.settings;
  const bad = (message: string) => ({ status: 502, message, delayMs: response.latencyMs });
  switch (response.outcome) {
    case "ok":
      if (!response.http)
        return bad("upstream prematurely closed connection while reading response header from upstream");
      if (response.latencyMs <= proxyReadTimeoutMs) return undefined;
      return {
        status: 504,
        message: "upstream timed out (110: Connection timed out) while reading response header from upstream",
        delayMs: proxyReadTimeoutMs,
      };
    case "timeout":
      return {
        status: 504,
        message: "upstream timed out (110: Connection timed out) while connecting to upstream",
        delayMs: proxyConnectTimeoutMs,
      };
    case "refused":
      return bad("connect() failed (111: Connection refused) while connecting to upstream");
    case "unreachable":
    case "unknown-host":
      return bad("connect() failed (113: Host is unreachable) while connecting to upstream");
    case "tls-not-spoken":
      return bad(
        "SSL_do_handshake() failed (SSL: error:0A00010B:SSL routines::wrong version number) while SSL handshaking to upstream",
      );
    case "reset":
      return bad("recv() failed (104: Connection reset by peer) while reading response header from upstream");
    case "empty-reply":
      return bad("upstream prematurely closed connection while reading response header from upstream");
  }
}

function answerOf(
  exchange: Exchange,
  http: { status: number; headers: [string, string][]; body: string },
  pass: ProxyPass,
  hostHeader: string,
): Answer {
  if (exchange.settings.proxyInterceptErrors && http.status >= 300) {
    if (exchange.settings.errorPages.some((item) => item.codes.includes(http.status))) return page(http.status);
  }
  const type = headerOf(http, "content-type");
  const headers: [string, string][] = [];
  for (const [name, value] of http.headers) {
    const lower = name.toLowerCase();
    if (NOT_RETURNED.has(lower) || lower === "content-type" || lower === "content-length") continue;
    if (exchange.settings.proxyHidden.includes(lower)) continue;
    headers.push([name, lower === "location" ? redirected(exchange, value, pass, hostHeader) : value]);
  }
  return { kind: "response", status: http.status, headers, body: http.body, type: type ?? "" };
}

/** proxy_redirect default: an address of the upstream becomes one of ours. */
function redirected(exchange: Exchange, location: string, pass: ProxyPass, hostHeader: string): string {
  if (!exchange.settings.proxyRedirect || !exchange.location || pass.template !== undefined) return location;
  const prefix = `${pass.scheme}://${hostHeader}${pass.uri ?? exchange.location.path}`;
  if (!location.startsWith(prefix) || exchange.location.pattern) return location;
  return absoluteTarget(exchange, exchange.location.path + location.slice(prefix.length));
}
