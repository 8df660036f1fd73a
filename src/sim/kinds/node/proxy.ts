import type { Call } from "../../apiserver/call";
import type { Subresource } from "../../apiserver/kind";
import type { ApiResponse } from "../../apiserver/request";
import { badRequest, serviceUnavailable } from "../../apiserver/status";
import { isDown, kubeletSilentSince } from "../../faults";
import { resourceMetrics } from "../../kubelet/stats/resource-metrics";
import { statsSummary } from "../../kubelet/stats/summary";
import type { Node } from "../types";

const KUBELET_PORT = "10250";

/** `nodes/NAME/proxy/…`: the API of the node's kubelet, as far as it is read-only. */
export const nodeProxy: Subresource = {
  name: "proxy",
  kind: "NodeProxyOptions",
  verbs: ["create", "delete", "get", "patch", "update"],
  handle(call) {
    const { sim, path, request } = call;
    const parts = path.name!.split(":");
    const name = parts.length === 3 ? parts[1]! : parts[0]!;
    const port = (parts.length === 3 ? parts[2] : parts[1]) || KUBELET_PORT;
    if (parts.length > 3 || name === "") throw badRequest(`invalid node request "${path.name}"`);
    const node = call.verbs.get(call.kind, undefined, name) as unknown as Node;
    const rest = /\/proxy(\/[^?]*)?$/s.exec(request.path)?.[1];
    if (rest === undefined) return { status: 301, headers: { location: `${request.path}/` }, body: "" };
    const address = node.status?.addresses?.find(({ type }) => type === "InternalIP")?.address ?? name;
    if (isDown(sim, "node", name)) throw unreachable(`dial tcp ${address}:${port}: connect: no route to host`);
    if (port !== KUBELET_PORT || kubeletSilentSince(sim, name) !== undefined)
      throw unreachable(`dial tcp ${address}:${port}: connect: connection refused`);
    return answer(call, node, rest);
  },
};

const unreachable = (why: string) => serviceUnavailable(`error trying to reach service: ${why}`);

const TEXT = { "content-type": "text/plain; charset=utf-8" };

function answer({ sim, request }: Call, node: Node, path: string): ApiResponse {
  if (request.method !== "GET" && request.method !== "HEAD")
    return { status: 405, headers: TEXT, body: "405: Method Not Allowed" };
  switch (path) {
    case "/healthz":
      return { status: 200, headers: TEXT, body: "ok" };
    case "/stats/summary":
      return { status: 200, body: statsSummary(sim, node) };
    case "/metrics/resource":
      return { status: 200, headers: TEXT, body: resourceMetrics(sim, node) };
    case "/pods": {
      const items = sim.store.list("pods").filter(({ spec }) => spec.nodeName === node.metadata.name);
      return { status: 200, body: { kind: "PodList", apiVersion: "v1", metadata: {}, items } };
    }
    default:
      return { status: 404, headers: TEXT, body: "404 page not found\n" };
  }
}
