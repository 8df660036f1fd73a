import type { Pod } from "../../kinds/types";
import { type FilterPlugin, unschedulable } from "../framework";

interface HostPort {
  address: string;
  protocol: string;
  port: number;
}

/** Ports of the node that a pod takes for itself. */
export function hostPorts(pod: Pod): HostPort[] {
  const containers: any[] = [
    ...(pod.spec.containers ?? []),
    ...(pod.spec.initContainers ?? []).filter(
      ({ restartPolicy }: { restartPolicy?: string }) => restartPolicy === "Always",
    ),
  ];
  return containers.flatMap(({ ports = [] }) =>
    ports
      .filter(({ hostPort }: { hostPort?: number }) => (hostPort ?? 0) > 0)
      .map(({ hostPort, hostIP, protocol }: any) => ({
        port: hostPort,
        address: hostIP || "0.0.0.0",
        protocol: protocol ?? "TCP",
      })),
  );
}

const collide = (a: HostPort, b: HostPort) =>
  a.port === b.port &&
  a.protocol === b.protocol &&
  (a.address === b.address || a.address === "0.0.0.0" || b.address === "0.0.0.0");

export const nodePorts: FilterPlugin<HostPort[]> = {
  name: "NodePorts",
  prepare: hostPorts,
  filter(_pod, { pods }, wanted) {
    if (wanted.length === 0) return undefined;
    const taken = pods.some((pod) => hostPorts(pod).some((used) => wanted.some((port) => collide(port, used))));
    return taken ? unschedulable("node(s) didn't have free ports for the requested pod ports") : undefined;
  },
};
