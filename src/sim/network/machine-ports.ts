import { ANONYMOUS } from "../apiserver/authentication/authenticate";
import type { HttpMethod } from "../apiserver/request";
import { badRequest, failure } from "../apiserver/status";
import type { Sim } from "../component";
import { isDown } from "../faults";
import type { OutgoingResponse } from "../images/program";
import { httpDate } from "../images/programs/http";
import type { Node, Pod, Service } from "../kinds/types";
import { type ClusterPki, clusterPki } from "./pki/cluster-pki";
import { internalIp } from "./places";
import type { HttpRequest, HttpResponse, NetworkRequest } from "./types";

const KUBELET_PORT = 10_250;

/** Servers of a node that are more than a container's program: the API server's port and the kubelet's. */
export function answerForMachine(
  sim: Sim,
  request: NetworkRequest,
  pod: Pod | undefined,
): OutgoingResponse | undefined {
  const isApi = pod?.metadata.namespace === "kube-system" && pod.metadata.name.startsWith("kube-apiserver-");
  if (!isApi && request.port !== KUBELET_PORT) return undefined;
  if (isApi && isDown(sim, "component", "kube-apiserver")) return undefined;
  const { payload } = request;
  if (payload.kind === "raw" || payload.kind === "dns") return { reset: true };
  if (payload.kind === "connect") return {};
  const pki = machinePki(sim);
  const tls = { chainPem: isApi ? pki.apiServerChainPem : pki.kubeletChainPem };
  if (payload.kind === "handshake") return { tls };
  if (!payload.tls) return { http: plain(sim, 400, "Client sent an HTTP request to an HTTPS server.\n") };
  const http = isApi ? apiAnswer(sim, payload.http) : plain(sim, 401, "Unauthorized");
  return {
    tls,
    http,
  };
}

function machinePki(sim: Sim): ClusterPki {
  const nodes = sim.store.list("nodes") as readonly Node[];
  const addresses = nodes.flatMap((node) => internalIp(node) ?? []);
  const service = sim.store.get("services", "default", "kubernetes") as Service | undefined;
  return clusterPki(
    addresses,
    nodes.map((node) => node.metadata.name),
    service?.spec.clusterIP,
  );
}

/** The API over the network: whoever shows no token of a service account is nobody to it. */
function apiAnswer(sim: Sim, http: HttpRequest): HttpResponse {
  const headers = Object.fromEntries(http.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const url = splitUrl(http.path);
  if (headers.authorization !== undefined && !/^bearer /i.test(headers.authorization))
    return json(sim, 401, inOrder(failure(401, "Unauthorized", "Unauthorized").status));
  const body = bodyOf(http.body);
  if (http.body !== "" && body === undefined) {
    const why = "couldn't get version/kind; json parse error: invalid character";
    return json(
      sim,
      400,
      inOrder(badRequest(`the object provided is unrecognized (must be of type Status): ${why}`).status),
    );
  }
  const request = {
    method: http.method as HttpMethod,
    ...url,
    headers,
    user: ANONYMOUS,
    ...(body !== undefined && { body }),
  };
  const { status, body: raw, warnings = [] } = sim.serve(request);
  const answered = inOrder(raw);
  const response = typeof answered === "string" ? plain(sim, status, answered) : json(sim, status, answered);
  for (const text of warnings) response.headers.push(["Warning", `299 - "${text.replaceAll('"', '\\"')}"`]);
  return response;
}

/** A Status ends with its code. */
function inOrder(body: unknown): unknown {
  if ((body as { kind?: string } | undefined)?.kind !== "Status") return body;
  const { code, ...others } = body as Record<string, unknown>;
  return { ...others, code };
}

function splitUrl(target: string): { path: string; query: Record<string, string> } {
  const [path = "/", text = ""] = target.split("?");
  const pairs = text.split("&").filter(Boolean);
  const decode = (part: string) => decodeURIComponent(part.replaceAll("+", " "));
  const query = Object.fromEntries(
    pairs.map((pair) => {
      const [name = "", ...rest] = pair.split("=");
      return [decode(name), decode(rest.join("="))];
    }),
  );
  return { path, query };
}

function bodyOf(text: string): unknown {
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function plain(sim: Sim, code: number, body: string): HttpResponse {
  return answer(sim, code, "text/plain; charset=utf-8", body);
}

function json(sim: Sim, code: number, body: unknown): HttpResponse {
  return answer(sim, code, "application/json", JSON.stringify(body, undefined, 2));
}

function answer(sim: Sim, code: number, type: string, body: string): HttpResponse {
  return {
    status: code,
    headers: [
      ["Content-Type", type],
      ["Date", httpDate(sim.kernel.nowMs)],
      ["Content-Length", String(body.length)],
    ],
    body,
  };
}
