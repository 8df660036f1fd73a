import type { KindContext } from "../../apiserver/kind";
import { internalError, invalid as invalidStatus } from "../../apiserver/status";
import type { Service } from "../types";
import { invalid } from "../validation/field-error";
import { cidrRange, ipv4Text, ipv4Value } from "./addresses";
import { hasClusterAddress } from "./defaults";

export const NODE_PORT_FIRST = 30_000;
export const NODE_PORT_LAST = 32_767;
/** The lower ports are kept for those who ask for one, as the real allocator does: a 32nd of the range. */
const NODE_PORT_BAND = 86;
/** Random draws before the allocator walks the range in order. */
const RANDOM_TRIES = 64;
/** The lower part of the range is kept for addresses that somebody asks for, as the real allocator does. */
const STATIC_BAND = 256;

const refuse = (service: Service, field: string, value: unknown, why: string) =>
  invalidStatus({ group: "", kind: "Service" }, service.metadata.name, [invalid(field, value, why)]);

export const needsNodePorts = (spec: Service["spec"]): boolean =>
  spec.type === "NodePort" || (spec.type === "LoadBalancer" && spec.allocateLoadBalancerNodePorts !== false);

/** Gives a Service its cluster address and node ports: those that it asks for, where they are free, else random ones. */
export function allocate(draft: Service, context: KindContext, old?: Service): void {
  const others = context
    .list("services")
    .filter(
      ({ metadata }) => metadata.name !== draft.metadata.name || metadata.namespace !== draft.metadata.namespace,
    ) as Service[];
  allocateAddress(draft, others, context, old);
  if (needsNodePorts(draft.spec)) allocateNodePorts(draft, others, context, old);
  if (draft.spec.type === "LoadBalancer" && draft.spec.externalTrafficPolicy === "Local") {
    const spec = draft.spec as any;
    if (!spec.healthCheckNodePort) spec.healthCheckNodePort = freeNodePort(draft, usedNodePorts(others), context);
  }
}

function allocateAddress(draft: Service, others: Service[], context: KindContext, old?: Service): void {
  const spec = draft.spec as any;
  if (!hasClusterAddress(spec.type)) return;
  if (spec.clusterIPs?.length && !spec.clusterIP) spec.clusterIP = spec.clusterIPs[0];
  refuseOtherFamilies(draft);
  spec.ipFamilyPolicy ??= "SingleStack";
  spec.ipFamilies = spec.ipFamilies?.length ? spec.ipFamilies : ["IPv4"];
  if (spec.clusterIP === "None") {
    spec.clusterIPs = ["None"];
    return;
  }
  if (spec.clusterIP && old?.spec.clusterIP === spec.clusterIP && hasClusterAddress(old?.spec.type)) {
    spec.clusterIPs = [spec.clusterIP];
    return;
  }
  const used = new Set(others.map((service) => service.spec.clusterIP ?? ""));
  const range = cidrRange(context.serviceCidr);
  if (spec.clusterIP) {
    const value = ipv4Value(spec.clusterIP);
    const asked = [spec.clusterIP];
    if (value === undefined || value <= range.first || value >= range.first + range.size - 1) {
      const why = "the provided network does not match the current range";
      throw refuse(draft, "spec.clusterIPs", asked, `failed to allocate IP ${spec.clusterIP}: ${why}`);
    }
    if (used.has(spec.clusterIP)) {
      throw refuse(
        draft,
        "spec.clusterIPs",
        asked,
        `failed to allocate IP ${spec.clusterIP}: provided IP is already allocated`,
      );
    }
  } else {
    spec.clusterIP = freeAddress(range.first, range.size, used, context);
  }
  spec.clusterIPs = [spec.clusterIP];
}

/** The cluster has addresses of IPv4 only; who merely prefers both families gets that one. */
function refuseOtherFamilies(draft: Service): void {
  const { ipFamilyPolicy, ipFamilies = [] } = draft.spec;
  if (ipFamilyPolicy === "RequireDualStack")
    throw refuse(
      draft,
      "spec.ipFamilyPolicy",
      ipFamilyPolicy,
      "this cluster is not configured for dual-stack services",
    );
  for (const [index, family] of ipFamilies.entries())
    if (family === "IPv6") throw refuse(draft, `spec.ipFamilies[${index}]`, family, "not configured on this cluster");
}

function freeAddress(first: number, size: number, used: ReadonlySet<string>, context: KindContext): string {
  const band = size > 2 * STATIC_BAND ? STATIC_BAND : 1;
  for (let tries = 0; tries < RANDOM_TRIES; tries++) {
    const address = ipv4Text(first + band + context.randomInt(size - band - 1));
    if (!used.has(address)) return address;
  }
  for (let offset = 1; offset < size - 1; offset++) {
    const address = ipv4Text(first + offset);
    if (!used.has(address)) return address;
  }
  throw internalError("failed to allocate a serviceIP: range is full");
}

const portKey = (port: number, protocol: string | undefined) => `${port}/${protocol ?? "TCP"}`;

function usedNodePorts(services: readonly Service[]): Set<string> {
  const used = new Set<string>();
  for (const { spec } of services) {
    for (const port of spec.ports ?? [])
      if (port.nodePort) used.add(portKey(port.nodePort, port.protocol)).add(String(port.nodePort));
    if (spec.healthCheckNodePort)
      used.add(portKey(spec.healthCheckNodePort, "TCP")).add(String(spec.healthCheckNodePort));
  }
  return used;
}

function allocateNodePorts(draft: Service, others: Service[], context: KindContext, old?: Service): void {
  const used = usedNodePorts(others);
  const mine = new Set((old?.spec.ports ?? []).map((port) => port.nodePort));
  const ports = (draft.spec.ports ?? []) as any[];
  const taken = new Map<number, Set<string>>();
  for (const [index, port] of ports.entries()) {
    if (!port.nodePort) continue;
    const field = `spec.ports[${index}].nodePort`;
    if (port.nodePort < NODE_PORT_FIRST || port.nodePort > NODE_PORT_LAST) {
      const why = `provided port is not in the valid range. The range of valid ports is ${NODE_PORT_FIRST}-${NODE_PORT_LAST}`;
      throw refuse(draft, field, port.nodePort, why);
    }
    if (used.has(String(port.nodePort)) && !mine.has(port.nodePort)) {
      throw refuse(draft, field, port.nodePort, "provided port is already allocated");
    }
    taken.set(port.nodePort, (taken.get(port.nodePort) ?? new Set()).add(port.protocol));
  }
  const samePort = new Map<number, number>();
  for (const port of ports) {
    if (port.nodePort) {
      samePort.set(port.port, port.nodePort);
      continue;
    }
    // Two protocols of one port number share a node port, where that is possible.
    const shared = samePort.get(port.port);
    if (shared !== undefined && !taken.get(shared)?.has(port.protocol)) port.nodePort = shared;
    else port.nodePort = freeNodePort(draft, new Set([...used, ...[...taken.keys()].map(String)]), context);
    samePort.set(port.port, port.nodePort);
    taken.set(port.nodePort, (taken.get(port.nodePort) ?? new Set()).add(port.protocol));
  }
}

function freeNodePort(draft: Service, used: ReadonlySet<string>, context: KindContext): number {
  const first = NODE_PORT_FIRST + NODE_PORT_BAND;
  for (let tries = 0; tries < RANDOM_TRIES; tries++) {
    const port = first + context.randomInt(NODE_PORT_LAST - first + 1);
    if (!used.has(String(port))) return port;
  }
  for (let port = NODE_PORT_FIRST; port <= NODE_PORT_LAST; port++) if (!used.has(String(port))) return port;
  throw refuse(draft, "spec.ports", draft.spec.ports, "failed to allocate a nodePort: range is full");
}
