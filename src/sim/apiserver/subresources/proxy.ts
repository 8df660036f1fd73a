import type { Sim } from "../../component";
import type { NetworkResponse } from "../../network/types";
import type { KubeObject } from "../../types";
import type { Call } from "../call";
import type { Subresource } from "../kind";
import type { ApiResponse } from "../request";
import { badRequest, serviceUnavailable } from "../status";

/** Proxied requests: `…/pods/NAME:PORT/proxy/PATH`, `…/services/SCHEME:NAME:PORT/proxy/PATH` (apimachinery, util/proxy). */

const VERBS = ["create", "delete", "get", "patch", "update"];

/** The path of a proxied request, with all that stands behind `proxy`; undefined for any other. */
const PROXIED = /^\/api\/v1\/(?:namespaces\/[^/]+\/(?:pods|services)|nodes)\/[^/]+\/proxy(\/.*)?$/s;

export const isProxied = (path: string): boolean => PROXIED.test(path);

/** Headers that are about the connection to the API server and not for whom it is passed on to. */
const OWN_HEADERS = new Set([
  "authorization",
  "connection",
  "host",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

interface Target {
  scheme: "" | "http" | "https";
  name: string;
  port: string;
}

/** `name`, `name:port` or `scheme:name:port`. */
function targetOf(kind: string, id: string): Target {
  const parts = id.split(":");
  const [scheme, name, port] = parts.length === 3 ? parts : ["", parts[0], parts[1] ?? ""];
  if (parts.length > 3 || !name || !["", "http", "https"].includes(scheme!))
    throw badRequest(`invalid ${kind} request "${id}"`);
  return { scheme: scheme as Target["scheme"], name, port: port! };
}

/** Only addresses that can be somebody else's are dialled. */
function demandAddress(address: string | undefined): string {
  if (!address || address.startsWith("127.") || address.startsWith("169.254.")) throw badRequest("address not allowed");
  return address;
}

export const podProxy: Subresource = {
  name: "proxy",
  kind: "PodProxyOptions",
  verbs: VERBS,
  handle(call) {
    const { scheme, name, port } = targetOf("pod", call.path.name!);
    const pod = call.verbs.get(call.kind, call.path.namespace, name);
    const first = pod.spec.containers.flatMap((container: KubeObject["spec"]) => container.ports ?? [])[0];
    const chosen = port || (first ? String(first.containerPort) : "");
    return forward(call, scheme, demandAddress(pod.status?.podIP), chosen);
  },
};

export const serviceProxy: Subresource = {
  name: "proxy",
  kind: "ServiceProxyOptions",
  verbs: VERBS,
  handle(call) {
    const id = call.path.name!;
    const { scheme, name, port } = targetOf("service", id);
    const service = call.verbs.get(call.kind, call.path.namespace, name);
    const ports: { name?: string; port: number }[] = service.spec.ports ?? [];
    const wanted = /^\d+$/.test(port)
      ? ports.find((one) => one.port === Number(port))
      : ports.find((one) => (one.name ?? "") === port);
    if (!wanted && /^\d+$/.test(port))
      throw serviceUnavailable(`no service port ${Number(port)} found for service "${name}"`);
    const portName = wanted ? (wanted.name ?? "") : port;
    const slices = slicesOf(call.sim, service);
    const found = slices.flatMap((slice) => {
      const target = slice.ports?.find((one: { name?: string }) => (one.name ?? "") === portName);
      return target ? readyIn(slice).map((address) => ({ address, port: String(target.port) })) : [];
    });
    if (found.length === 0) {
      const none = slices.every((slice) => readyIn(slice).length === 0);
      throw serviceUnavailable(`no endpoints available for service "${none ? name : id}"`);
    }
    const { address, port: targetPort } = found[call.sim.kernel.randomInt(found.length)]!;
    return forward(call, scheme, demandAddress(address), targetPort);
  },
};

type Slice = {
  ports?: { name?: string; port?: number }[];
  endpoints?: { addresses: string[]; conditions?: { ready?: boolean } }[];
};

const slicesOf = (sim: Sim, service: KubeObject): Slice[] =>
  sim.store
    .list("endpointslices.discovery.k8s.io", service.metadata.namespace)
    .filter(
      (slice) => slice.metadata.labels?.["kubernetes.io/service-name"] === service.metadata.name,
    ) as unknown as Slice[];

const readyIn = (slice: Slice): string[] =>
  (slice.endpoints ?? []).filter(({ conditions }) => conditions?.ready !== false).flatMap(({ addresses }) => addresses);

/** Sends the request on from the control plane, and what comes back to the client. */
function forward(call: Call, scheme: Target["scheme"], address: string, portText: string): ApiResponse {
  const { request, sim } = call;
  const rest = PROXIED.exec(request.path)?.[1];
  const query = queryText(request.query);
  if (rest === undefined && (request.method === "GET" || request.method === "HEAD"))
    return { status: 301, headers: { location: `${request.path}/${query}` }, body: "" };
  const secure = scheme === "https";
  const port = portText === "" ? (secure ? 443 : 80) : Number(portText);
  const host = portText === "" ? address : `${address}:${portText}`;
  const node = sim.options.nodes.find(({ role }) => role === "control-plane") ?? sim.options.nodes[0]!;
  const headers = Object.entries(request.headers ?? {}).filter(([name]) => !OWN_HEADERS.has(name));
  const response = sim.network.request({
    from: { kind: "node", node: node.name },
    host: address,
    port,
    payload: {
      kind: "http",
      http: {
        method: request.method,
        path: `${rest ?? "/"}${query}`,
        headers: [["Host", host], ...headers, ["X-Forwarded-Uri", request.path]],
        body:
          typeof request.body === "string"
            ? request.body
            : request.body === undefined
              ? ""
              : JSON.stringify(request.body),
      },
      ...(secure && { tls: {} }),
    },
  });
  const traffic = { hops: response.hops, outcome: response.outcome };
  if (!response.http) return { ...unreachable(response, `${address}:${port}`), traffic };
  const { status, headers: answered, body } = response.http;
  const prefix = request.path.slice(0, request.path.length - (rest?.length ?? 0));
  const kept = Object.fromEntries(
    answered
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !["content-length", "transfer-encoding", "connection"].includes(name))
      .map(([name, value]) => [name, name === "location" ? located(prefix, host, value) : value]),
  );
  const html = /^text\/html\b/.test(kept["content-type"] ?? "");
  return { status, headers: kept, body: html ? body.replace(LINKS, `$1${prefix}/`) : body, traffic };
}

/** Links of a page that begin at the root are led through the proxy again. */
const LINKS = /(<[a-z][^<>]*?\s(?:href|src|action|cite|data|formaction|background|longdesc)=["'])\/(?!\/)/gi;

function located(prefix: string, host: string, location: string): string {
  const own = new RegExp(`^https?://${host.replaceAll(".", "\\.")}(?=/|$)`);
  const path = location.replace(own, "") || "/";
  return path.startsWith("/") && !path.startsWith("//") ? prefix + path : location;
}

/** What Go's client says of it. */
function unreachable({ outcome }: NetworkResponse, address: string): ApiResponse {
  const causes: Partial<Record<NetworkResponse["outcome"], string>> = {
    refused: `dial tcp ${address}: connect: connection refused`,
    timeout: `dial tcp ${address}: i/o timeout`,
    unreachable: `dial tcp ${address}: connect: no route to host`,
    reset: `read tcp ${address}: read: connection reset by peer`,
    "tls-not-spoken": "http: server gave HTTP response to HTTPS client",
  };
  const { code, status } = serviceUnavailable(`error trying to reach service: ${causes[outcome] ?? "EOF"}`);
  return { status: code, body: status };
}

function queryText(query: Call["request"]["query"]): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`),
  );
  return pairs.length > 0 ? `?${pairs.join("&")}` : "";
}
