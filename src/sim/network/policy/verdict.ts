import { matchesLabels } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import type { NetworkPolicy, Pod } from "../../kinds/types";
import { type CompiledPolicy, compilePolicies, type Peer, type PortRange, type Rule } from "./compile";

/** One end of a connection as policies see it: an address and, where it is one on the pod network, the pod. */
export interface End {
  address: string;
  pod?: Pod;
}

export interface Connection {
  from: End;
  /** The node on which the connection starts; a pod takes what comes from its own node, for the sake of its probes. */
  fromNode?: string;
  to: End;
  port: number;
  protocol: string;
}

/**
 * Why policies let a connection not pass, or undefined where they do
 * (https://kubernetes.io/docs/concepts/services-networking/network-policies/). Only the first packet is judged: replies
 * belong to a connection that was let through.
 */
export function forbidding(sim: Sim, connection: Connection): string | undefined {
  const policies = sim.store.list("networkpolicies.networking.k8s.io") as readonly NetworkPolicy[];
  if (policies.length === 0) return undefined;
  const compiled = compilePolicies(policies);
  const { from, to } = connection;
  if (from.pod && from.pod.metadata.uid === to.pod?.metadata.uid) return undefined;
  const out = from.pod && isolating(compiled, from.pod, "egress");
  if (out && !allows(sim, out, "egress", connection, from.pod!.metadata.namespace!))
    return `${named(out)} lets no connection out of pod ${where(from.pod!)} to ${to.pod ? `pod ${where(to.pod)}` : to.address} port ${connection.port}`;
  const isOwnNode = !from.pod && connection.fromNode !== undefined && connection.fromNode === to.pod?.spec.nodeName;
  const into = to.pod && !isOwnNode && isolating(compiled, to.pod, "ingress");
  if (into && !allows(sim, into, "ingress", connection, to.pod!.metadata.namespace!))
    return `${named(into)} lets no connection in to pod ${where(to.pod!)} port ${connection.port} from ${from.pod ? `pod ${where(from.pod)}` : from.address}`;
  return undefined;
}

interface Isolation {
  namespace: string;
  policies: readonly CompiledPolicy[];
}

/** The policies that isolate a pod in a direction; undefined: it is not isolated. */
function isolating(
  compiled: ReadonlyMap<string, readonly CompiledPolicy[]>,
  pod: Pod,
  direction: "ingress" | "egress",
): Isolation | undefined {
  const namespace = pod.metadata.namespace!;
  const policies = (compiled.get(namespace) ?? []).filter((policy) => policy[direction] && policy.selects(pod));
  return policies.length > 0 ? { namespace, policies } : undefined;
}

const where = ({ metadata }: Pod) => `${metadata.namespace}/${metadata.name}`;

const named = ({ namespace, policies }: Isolation) =>
  `NetworkPolicy ${policies.map(({ name }) => `${namespace}/${name}`).join(", ")}`;

function allows(
  sim: Sim,
  { policies }: Isolation,
  direction: "ingress" | "egress",
  connection: Connection,
  namespace: string,
): boolean {
  const other = direction === "ingress" ? connection.from : connection.to;
  const matches = ({ peers, ports }: Rule) =>
    (ports.length === 0 || ports.some((range) => covers(range, connection))) &&
    (peers.length === 0 || peers.some((peer) => includes(sim, peer, other, namespace)));
  return policies.some((policy) => policy[direction]!.some(matches));
}

function covers({ protocol, port, endPort }: PortRange, connection: Connection): boolean {
  if (protocol !== connection.protocol) return false;
  if (port === undefined) return true;
  if (typeof port === "string") {
    const containers = connection.to.pod?.spec.containers ?? [];
    return containers.some(({ ports }) =>
      ports?.some(
        (one) =>
          one.name === port && one.containerPort === connection.port && (one.protocol ?? "TCP") === connection.protocol,
      ),
    );
  }
  return connection.port >= port && connection.port <= (endPort ?? port);
}

function includes(sim: Sim, peer: Peer, end: End, own: string): boolean {
  if (peer.kind === "block") return peer.contains(end.address);
  if (!end.pod) return false;
  const namespace = end.pod.metadata.namespace!;
  if (!peer.namespaces) {
    if (namespace !== own) return false;
  } else {
    const labels = sim.store.get("namespaces", undefined, namespace)?.metadata.labels;
    if (!matchesLabels(peer.namespaces, labels as Record<string, string> | undefined)) return false;
  }
  return !peer.pods || matchesLabels(peer.pods, end.pod.metadata.labels as Record<string, string> | undefined);
}
