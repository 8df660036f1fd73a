import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { decodeBytes } from "@/posix/files/bytes";
import { queryFlag } from "@/sim/apiserver/listing";
import type { ApiRequest, HttpMethod } from "@/sim/apiserver/request";
import { badRequest, failure } from "@/sim/apiserver/status";
import { isProxied } from "@/sim/apiserver/subresources/proxy";
import type { ClusterApi } from "./backend";
import { decodeBody, readBody } from "./body";
import { documentAt } from "./documents";
import { serveLog } from "./logs";
import { refuse, refuseUpgrade } from "./refuse";
import { isUnrouted, negotiate, plain404, send } from "./responses";
import { serveUpgrade } from "./upgrades";
import { authorizedPath } from "./users";
import { serveWatch } from "./watches";

export interface KubeApiOptions {
  cluster: ClusterApi;
  /** Where the API is mounted: "" or `/lab/ID`, without a slash at its end. */
  prefix: string;
  /** What requests must carry: as a bearer token, or as `/token/T` in front of their path. Without one: what comes over
   * loopback and from no web page is let in. */
  token?: string;
  /** Told of each request that was answered. */
  onAnswer?(method: string, path: string, status: number): void;
}

export interface KubeApiHandler {
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** The server's `upgrade` event. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

const SWITCHING_PROTOCOLS = 101;
const METHODS: readonly string[] = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"];
const STREAMS = /^\/api\/v1\/namespaces\/[^/]+\/pods\/[^/]+\/(exec|attach|portforward)$/;
const LOG = /^\/api\/v1\/namespaces\/[^/]+\/pods\/[^/]+\/log$/;

const unauthorized = failure(401, "Unauthorized", "Unauthorized");

/** One cluster's API over HTTP. */
export function createKubeApiHandler(options: KubeApiOptions): KubeApiHandler {
  return {
    handle(request, response) {
      if (options.onAnswer)
        response.on("finish", () => options.onAnswer?.(request.method ?? "", request.url ?? "", response.statusCode));
      answer(options, request, response).catch((error) => refuse(response, error));
    },
    upgrade(request, socket, head) {
      upgrade(options, request, socket, head).catch((error) => {
        const { statusCode } = refuseUpgrade(request, socket, error);
        options.onAnswer?.(request.method ?? "", request.url ?? "", statusCode);
      });
    },
  };
}

async function answer(options: KubeApiOptions, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const { cluster } = options;
  const request = requestOf(options, incoming);
  if (isProxied(request.path)) return proxy(cluster, request, incoming, response);
  if (!METHODS.includes(request.method)) {
    send(response, { status: 405, body: "405: Method Not Allowed" });
    return;
  }
  const accept = incoming.headers.accept ?? "";
  const reads = request.method === "GET" || request.method === "HEAD";
  const document = reads ? documentAt(request.path, accept, cluster) : undefined;
  if (document) {
    send(response, document);
    return;
  }
  const wire = LOG.test(request.path) ? "json" : negotiate(incoming.headers.accept);
  if (reads && queryFlag(request, "watch")) return serveWatch(cluster, request, incoming, response);
  if (reads && LOG.test(request.path) && queryFlag(request, "follow")) return followLog(cluster, request, response);
  if (STREAMS.test(request.path)) throw badRequest("Upgrade request required");
  if (!reads) {
    const bytes = await readBody(incoming);
    const body = decodeBody(bytes, incoming.headers["content-type"], request.method);
    if (body !== undefined) request.body = body;
  }
  const result = await cluster.request(request);
  send(response, isUnrouted(result) ? plain404 : result, wire);
}

/** What is passed on is the client's own affair: body and headers go as they came. */
async function proxy(
  cluster: ClusterApi,
  request: ApiRequest,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = decodeBytes(await readBody(incoming));
  if (body !== "") request.body = body;
  const result = await cluster.request(request);
  send(response, isUnrouted(result) ? plain404 : result);
}

/** Where the log is not there yet, the answer is the one without following. */
async function followLog(cluster: ClusterApi, request: ApiRequest, response: ServerResponse): Promise<void> {
  const { follow: _, ...query } = request.query ?? {};
  const now = await cluster.request({ ...request, query });
  if (now.status !== 200) return send(response, now);
  return serveLog(cluster, request, response);
}

async function upgrade(
  options: KubeApiOptions,
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): Promise<void> {
  socket.on("error", () => socket.destroy());
  const request = requestOf(options, incoming);
  if (!STREAMS.test(request.path)) throw badRequest("the server does not upgrade connections here");
  await serveUpgrade(options.cluster, request, incoming, socket, head);
  options.onAnswer?.(request.method, incoming.url ?? "", SWITCHING_PROTOCOLS);
}

/** The request as the cluster takes it, without its body. Throws where it may not come in at all. */
function requestOf({ prefix, token }: KubeApiOptions, incoming: IncomingMessage): ApiRequest {
  const target = `http://cluster${incoming.url ?? "/"}`;
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (!url?.pathname.startsWith(prefix)) throw badRequest("the request's path cannot be read");
  const allowed = authorizedPath(incoming, url.pathname.slice(prefix.length), token);
  if (allowed === undefined) throw unauthorized;
  const path = isProxied(allowed) ? allowed : allowed.replace(/(?<=.)\/+$/, "") || "/";
  try {
    decodeURIComponent(path);
  } catch {
    throw badRequest("the request's path cannot be read");
  }
  return {
    method: incoming.method as HttpMethod,
    path,
    query: queryOf(url.searchParams),
    headers: clusterHeaders(headersOf(incoming), token),
  };
}

function queryOf(parameters: URLSearchParams): Record<string, string | string[]> {
  const names = [...new Set(parameters.keys())];
  return Object.fromEntries(
    names.map((name) => {
      const values = parameters.getAll(name);
      return [name, values.length === 1 ? values[0]! : values];
    }),
  );
}

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : (value ?? "")]),
  );

/** The door's own token is no business of the cluster's; any other stands for a service account. */
function clusterHeaders(headers: Record<string, string>, token: string | undefined): Record<string, string> {
  if (headers.authorization !== `Bearer ${token}`) return headers;
  const { authorization: _, ...others } = headers;
  return others;
}
