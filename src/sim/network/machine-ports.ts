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

/** What the API server tells somebody whom it does not know; clients with credentials use its API, not this. */
function apiAnswer(sim: Sim, http: HttpRequest): HttpResponse {
  const path = http.path.replace(/\?.*$/, "");
  if (http.headers.some(([name]) => name.toLowerCase() === "authorization")) {
    return json(sim, 401, status(401, "Unauthorized", "Unauthorized"));
  }
  if (path === "/healthz" || path === "/livez" || path === "/readyz") return plain(sim, 200, "ok");
  if (path === "/version") {
    const [major, minor] = sim.options.version.split(".");
    return json(sim, 200, { major, minor, gitVersion: `v${sim.options.version}`, platform: "linux/amd64" });
  }
  const verb = http.method === "HEAD" ? "head" : http.method.toLowerCase();
  const message = `forbidden: User "system:anonymous" cannot ${verb} path "${path}"`;
  return json(sim, 403, status(403, "Forbidden", message));
}

function status(code: number, reason: string, message: string): Record<string, unknown> {
  const details = code === 403 ? { details: {} } : {};
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Failure", message, reason, ...details, code };
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
