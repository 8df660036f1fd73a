import type { Service } from "../types";

const STICKY_SECONDS = 10_800;

/** Types that have an address inside the cluster. */
export const hasClusterAddress = (type: string | undefined): boolean =>
  type === "ClusterIP" || type === "NodePort" || type === "LoadBalancer";

/** Whether the world outside can reach the Service by a port of the nodes, a load balancer or an external address. */
export const externallyAccessible = (spec: Service["spec"]): boolean =>
  spec.type === "LoadBalancer" ||
  spec.type === "NodePort" ||
  (spec.type === "ClusterIP" && (spec.externalIPs ?? []).length > 0);

export function defaultService(draft: Service): void {
  draft.spec ??= {} as Service["spec"];
  const spec = draft.spec as any;
  spec.sessionAffinity ||= "None";
  if (spec.sessionAffinity === "None") delete spec.sessionAffinityConfig;
  if (spec.sessionAffinity === "ClientIP" && spec.sessionAffinityConfig?.clientIP?.timeoutSeconds === undefined) {
    spec.sessionAffinityConfig = { clientIP: { timeoutSeconds: STICKY_SECONDS } };
  }
  spec.type ||= "ClusterIP";
  for (const port of spec.ports ?? []) {
    port.protocol ||= "TCP";
    if (port.targetPort === undefined || port.targetPort === null || port.targetPort === 0 || port.targetPort === "") {
      port.targetPort = port.port;
    }
  }
  if (externallyAccessible(spec)) spec.externalTrafficPolicy ||= "Cluster";
  if (hasClusterAddress(spec.type)) spec.internalTrafficPolicy ||= "Cluster";
  if (spec.type === "LoadBalancer") spec.allocateLoadBalancerNodePorts ??= true;
  (draft as any).status ??= { loadBalancer: {} };
  for (const point of (draft.status?.loadBalancer?.ingress ?? []) as any[]) if (point.ip) point.ipMode ??= "VIP";
}
