import type { Sim } from "../component";
import type { Pod } from "../kinds/types";
import { gatewayOf } from "./address";
import { exchange, failed, type Leg } from "./exchange";
import type { Network } from "./network";
import { nodeIsDown, originOf } from "./places";
import { firstAddress, lookup, resolve } from "./resolver";
import { route } from "./route";
import type { NetworkRequest, NetworkResponse } from "./types";

export { resolverConfig } from "./dns/resolver-config";

/** The network of a cluster: names, addresses and ways are read from its objects at the moment of each request. */
export function createNetwork(sim: Sim): Network {
  return {
    request: (request) => send(sim, request),
    resolve: (from, name, type, how) => resolve(sim, from, name, type, how),
    lookup: (from, name) => lookup(sim, from, name),
  };
}

function send(sim: Sim, request: NetworkRequest): NetworkResponse {
  if (request.intoPod) return intoPod(sim, request, request.intoPod);
  const origin = originOf(sim, request.from);
  if (!origin)
    return { outcome: "unreachable", latencyMs: 0, hops: [], why: "the place where the request starts is not there" };
  const found = lookup(sim, request.from, request.host);
  const address = firstAddress(found);
  if (address === undefined) {
    const why =
      found.outcome === "timeout"
        ? `no answer from the DNS server ${found.server}${found.why ? `: ${found.why}` : ""}`
        : `the DNS server ${found.server} does not know ${request.host}`;
    return { outcome: "unknown-host", latencyMs: found.latencyMs, hops: [origin.hop], why };
  }
  return route(sim, request, origin, address, found.latencyMs);
}

/**
 * The kubelet's own ways in. Its probes dial the pod's address from the node, its port-forward dials 127.0.0.1 inside the
 * pod's network namespace: so a port-forward reaches servers that listen on 127.0.0.1 only, and a probe does not.
 */
function intoPod(sim: Sim, request: NetworkRequest, target: { namespace: string; pod: string }): NetworkResponse {
  const pod = sim.store.get("pods", target.namespace, target.pod) as Pod | undefined;
  const leg: Leg = { address: "127.0.0.1", latencyMs: 1, hops: [] };
  if (!pod) return failed("unreachable", leg, `pod ${target.namespace}/${target.pod} is not there`);
  if (nodeIsDown(sim, pod.spec.nodeName)) return failed("timeout", leg, `node ${pod.spec.nodeName} is down`);
  if (request.from.kind !== "node") return exchange(sim, request, pod, request.port, "127.0.0.1", leg, true);
  const podIp = pod.status?.podIP;
  const client = podIp === undefined ? "127.0.0.1" : gatewayOf(podIp);
  const local = request.host === "localhost" || request.host.startsWith("127.");
  return exchange(sim, request, pod, request.port, client, { ...leg, address: podIp ?? leg.address }, local);
}
