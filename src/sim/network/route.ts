import type { Sim } from "../component";
import type { Node, Pod, Service } from "../kinds/types";
import { gatewayOf, inCidr, isLoopback } from "./address";
import { chooseBackend } from "./affinity";
import { type Backend, backendsOf, type ServicePort } from "./endpoints";
import { answered, exchange, failed, type Leg } from "./exchange";
import { healthOf } from "./kube-proxy/health";
import {
  type Rules,
  rulesOf,
  type ServiceAddress,
  serviceAt,
  serviceOfHealthPort,
  serviceOfNodePort,
} from "./kube-proxy/rules";
import { answerForMachine } from "./machine-ports";
import { hostNetworkPods, internalIp, nodeByIp, nodeHop, nodeIsDown, type Origin, podByIp } from "./places";
import { type End, forbidding } from "./policy/verdict";
import type { NetworkRequest, NetworkResponse } from "./types";
import { whyNoEndpoints } from "./why";

/** One way, in ms: small, and the same each time. */
const SAME_NODE_MS = 1;
const OTHER_NODE_MS = 2;
const OUTSIDE_MS = 3;
/** How long until a neighbour that does not answer ARP is given up. */
const NO_NEIGHBOUR_MS = 3_000;

/** Sends a request to an address from its origin. */
export function route(
  sim: Sim,
  request: NetworkRequest,
  origin: Origin,
  address: string,
  resolveMs: number,
): NetworkResponse {
  const leg: Leg = { address, latencyMs: resolveMs, hops: [origin.hop] };
  if (nodeIsDown(sim, origin.node)) return failed("unreachable", leg, `node ${origin.node} is down`);
  if (isLoopback(address)) return toLoopback(sim, request, origin, leg);
  const rules = rulesOf(sim, origin.node);
  const service = serviceAt(rules, address);
  if (service) return toServiceAddress(sim, request, origin, rules, service, leg);
  const node = nodeByIp(sim, address);
  if (node) return toNode(sim, request, origin, node, leg);
  if (inCidr(address, sim.options.serviceCidr)) return failed("timeout", leg, `no Service has the address ${address}`);
  if (inCidr(address, sim.options.podCidr)) return toPodAddress(sim, request, origin, address, leg);
  return failed("timeout", leg, `nothing answers at ${address}`);
}

function toLoopback(sim: Sim, request: NetworkRequest, origin: Origin, leg: Leg): NetworkResponse {
  if (origin.pod && !origin.pod.spec.hostNetwork) {
    return exchange(sim, request, origin.pod, request.port, "127.0.0.1", { ...leg, hops: [] }, true);
  }
  const node =
    origin.node === undefined ? undefined : (sim.store.get("nodes", undefined, origin.node) as Node | undefined);
  if (node) return toNode(sim, request, { ...origin, address: "127.0.0.1" }, node, leg);
  return failed("refused", leg, `nothing listens on port ${request.port} of this machine`);
}

const protocolOf = (request: NetworkRequest) => request.protocol ?? "TCP";

function toServiceAddress(
  sim: Sim,
  request: NetworkRequest,
  origin: Origin,
  rules: Rules,
  at: ServiceAddress,
  leg: Leg,
): NetworkResponse {
  const { service } = at;
  const name = `${service.metadata.namespace}/${service.metadata.name}`;
  const outside = origin.place.kind === "workstation";
  if (outside && at.kind === "cluster") {
    return failed(
      "timeout",
      leg,
      `${leg.address} is the cluster IP of Service ${name}: it exists inside the cluster only`,
    );
  }
  const protocol = protocolOf(request);
  const port = service.spec.ports?.find((item) => item.port === request.port && (item.protocol ?? "TCP") === protocol);
  if (!port) {
    const have = (service.spec.ports ?? []).map((item) => item.port).join(", ");
    // ipvs has the address on an interface of the node, which answers; with iptables nobody has it.
    const outcome = rules.mode === "ipvs" ? "refused" : "timeout";
    return failed(outcome, leg, `Service ${name} has no port ${request.port} (it has ${have})`);
  }
  const ranges = service.spec.loadBalancerSourceRanges ?? [];
  if (at.kind === "load-balancer" && ranges.length > 0 && !ranges.some((range) => inCidr(origin.address, range))) {
    return failed("timeout", leg, `${origin.address} is not in loadBalancerSourceRanges of Service ${name}`);
  }
  const internal = at.kind === "cluster" || !outside;
  const local = internal
    ? service.spec.internalTrafficPolicy === "Local" && at.kind === "cluster"
    : service.spec.externalTrafficPolicy === "Local";
  // A load balancer asks each node's health check and sends nothing to nodes without endpoints of a Local Service.
  const onNode = local && internal ? origin.node : undefined;
  return toService(sim, request, origin, service, port, leg, { rules, onNode, keepClient: internal || local });
}

function toNode(sim: Sim, request: NetworkRequest, origin: Origin, node: Node, leg: Leg): NetworkResponse {
  const { name } = node.metadata;
  const loopback = isLoopback(leg.address);
  if (nodeIsDown(sim, name)) return failed("timeout", leg, `node ${name} is down`);
  const hops = origin.node === name && origin.place.kind === "node" ? leg.hops : [...leg.hops, nodeHop(name)];
  const here: Leg = { ...leg, hops };
  const rules = rulesOf(sim, name);
  const service = serviceOfNodePort(rules, request.port);
  const port = service?.spec.ports?.find(
    (item) => item.nodePort === request.port && (item.protocol ?? "TCP") === protocolOf(request),
  );
  if (service && port) {
    // A pod or node of the cluster is no outsider, so Local does not bind it (kube-proxy's short cut).
    const local = service.spec.externalTrafficPolicy === "Local" && origin.place.kind === "workstation";
    return toService(sim, request, { ...origin, node: origin.node ?? name }, service, port, here, {
      rules,
      onNode: local ? name : undefined,
      keepClient: local,
      entryNode: node,
    });
  }
  const checked = serviceOfHealthPort(rules, request.port);
  if (checked) return answered(request.payload, healthOf(sim, request.payload, rules, checked, name), here);
  const latencyMs = leg.latencyMs + (origin.node === name ? 0 : distance(origin, name));
  const why = forbidding(sim, {
    from: endOf(origin),
    to: { address: internalIp(node) ?? leg.address },
    port: request.port,
    protocol: protocolOf(request),
  });
  if (why) return failed("timeout", here, why);
  for (const pod of hostNetworkPods(sim, name)) {
    const open = sim.runtime.listening(pod.metadata.uid).some((item) => item.port === request.port);
    if (!open) continue;
    const machine = answerForMachine(sim, request, pod);
    if (machine) return answered(request.payload, machine, { ...here, latencyMs });
    return exchange(
      sim,
      request,
      pod,
      request.port,
      origin.address,
      { ...here, latencyMs },
      loopback || origin.node === name,
    );
  }
  const machine = answerForMachine(sim, request, undefined);
  if (machine) return answered(request.payload, machine, { ...here, latencyMs });
  return failed("refused", { ...here, latencyMs }, `no Service has the node port ${request.port}`);
}

interface ServiceWay {
  /** What the kube-proxy of the node knows that sends the packet on. */
  rules: Rules;
  /** Only backends on this node (traffic policy Local). */
  onNode?: string;
  /** Whether the pod sees the client's own address. */
  keepClient: boolean;
  /** The node whose port was dialled. */
  entryNode?: Node;
}

function toService(
  sim: Sim,
  request: NetworkRequest,
  origin: Origin,
  service: Service,
  port: ServicePort,
  leg: Leg,
  way: ServiceWay,
): NetworkResponse {
  const { name, namespace } = service.metadata;
  const here: Leg = { ...leg, hops: [...leg.hops, { kind: "service", namespace: namespace!, name }] };
  const { slices, mode } = way.rules;
  const all = backendsOf(slices, service, port);
  if (all.length === 0) {
    return failed(
      "refused",
      { ...here, latencyMs: leg.latencyMs + distance(origin, undefined) },
      whyNoEndpoints(sim, service),
    );
  }
  const backends = way.onNode === undefined ? all : backendsOf(slices, service, port, way.onNode);
  if (backends.length === 0) {
    return failed(
      "timeout",
      here,
      `Service ${namespace}/${name} has no endpoints on node ${way.onNode}, and its traffic policy is Local`,
    );
  }
  const chooser = { client: origin.address, node: way.entryNode?.metadata.name ?? origin.node, mode };
  const backend = chooseBackend(sim, service, port.port, chooser, backends);
  const client = way.keepClient ? origin.address : masqueraded(way.entryNode, backend, origin);
  // Masquerading comes last on a node: its own pods' policies still see who called.
  const entered = way.entryNode !== undefined && backend.node !== way.entryNode.metadata.name;
  const judgedAddress = entered ? client : origin.address;
  return toBackend(sim, request, { ...origin, address: client, judgedAddress }, backend, here);
}

/** Traffic from outside carries the address of the node that it came in by; on the pod's own node that is the bridge's. */
function masqueraded(entry: Node | undefined, backend: Backend, origin: Origin): string {
  if (!entry || backend.node === entry.metadata.name) return gatewayOf(backend.address);
  return internalIp(entry) ?? origin.address;
}

function toBackend(sim: Sim, request: NetworkRequest, origin: Origin, backend: Backend, leg: Leg): NetworkResponse {
  const pod = backend.pod && (sim.store.get("pods", backend.pod.namespace, backend.pod.name) as Pod | undefined);
  if (pod && pod.status?.podIP === backend.address) return toPod(sim, request, origin, pod, backend.port, leg);
  if (inCidr(backend.address, sim.options.podCidr))
    return toPodAddress(sim, request, origin, backend.address, leg, backend.port);
  const node = nodeByIp(sim, backend.address);
  if (node) return toNode(sim, { ...request, port: backend.port }, origin, node, leg);
  return failed("timeout", leg, `nothing answers at the endpoint ${backend.address}:${backend.port}`);
}

function toPodAddress(
  sim: Sim,
  request: NetworkRequest,
  origin: Origin,
  address: string,
  leg: Leg,
  port = request.port,
): NetworkResponse {
  if (origin.place.kind === "workstation" && leg.hops.length === 1) {
    return failed("timeout", leg, `${address} is a pod's address: it exists inside the cluster only`);
  }
  const pod = podByIp(sim, address);
  if (!pod)
    return failed(
      "unreachable",
      { ...leg, latencyMs: leg.latencyMs + NO_NEIGHBOUR_MS },
      `no pod has the address ${address}`,
    );
  const client =
    origin.place.kind === "node" && origin.node === pod.spec.nodeName ? gatewayOf(address) : origin.address;
  return toPod(sim, request, { ...origin, address: client, judgedAddress: origin.address }, pod, port, leg);
}

function toPod(sim: Sim, request: NetworkRequest, origin: Origin, pod: Pod, port: number, leg: Leg): NetworkResponse {
  const node = pod.spec.nodeName;
  if (nodeIsDown(sim, node)) return failed("timeout", leg, `node ${node} is down`);
  const here: Leg = { ...leg, latencyMs: leg.latencyMs + distance(origin, node) };
  const why = forbidding(sim, {
    from: endOf(origin),
    ...(origin.place.kind !== "workstation" && origin.node !== undefined && { fromNode: origin.node }),
    to: pod.spec.hostNetwork ? { address: pod.status?.podIP ?? "" } : { address: pod.status?.podIP ?? "", pod },
    port,
    protocol: protocolOf(request),
  });
  if (why) return failed("timeout", here, why);
  if (pod.spec.hostNetwork) {
    const machine = answerForMachine(sim, { ...request, port }, pod);
    if (machine) return answered(request.payload, machine, here);
  }
  // A pod that dials its own address still comes in by that address, so servers on 127.0.0.1 stay closed to it.
  return exchange(sim, request, pod, port, origin.address, here, false);
}

/** Where a connection comes from as policies see it: pods on a node's own network are the node to them. */
const endOf = (origin: Origin): End => ({
  address: origin.judgedAddress ?? origin.address,
  ...(origin.pod && !origin.pod.spec.hostNetwork && { pod: origin.pod }),
});

function distance(origin: Origin, node: string | undefined): number {
  if (origin.place.kind === "workstation") return OUTSIDE_MS;
  return node === undefined || origin.node === node ? SAME_NODE_MS : OTHER_NODE_MS;
}
