import type { Sim } from "../component";
import type { EndpointSlice, Service } from "../kinds/types";

/** One place behind a Service port, as kube-proxy takes it from EndpointSlices. */
export interface Backend {
  address: string;
  port: number;
  node?: string;
  /** The pod behind it, where it is one. */
  pod?: { namespace: string; name: string; uid?: string };
}

export type ServicePort = NonNullable<Service["spec"]["ports"]>[number];

export function slicesOf(sim: Sim, service: Service): EndpointSlice[] {
  const slices = sim.store.list(
    "endpointslices.discovery.k8s.io",
    service.metadata.namespace,
  ) as readonly EndpointSlice[];
  return slices.filter((slice) => slice.metadata.labels?.["kubernetes.io/service-name"] === service.metadata.name);
}

/**
 * The backends of a Service port: those that are ready or, where none is, those that still serve while they terminate
 * (https://kubernetes.io/docs/reference/networking/virtual-ips/).
 */
export function backendsOf(sim: Sim, service: Service, port: ServicePort): Backend[] {
  const ready: Backend[] = [];
  const terminating: Backend[] = [];
  for (const slice of slicesOf(sim, service)) {
    const target = slice.ports?.find((item) => (item.name ?? "") === (port.name ?? ""));
    if (target?.port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const { conditions } = endpoint;
      const into =
        conditions?.ready !== false ? ready : conditions.serving && conditions.terminating ? terminating : undefined;
      if (!into) continue;
      for (const address of endpoint.addresses) {
        const pod = endpoint.targetRef?.kind === "Pod" ? endpoint.targetRef : undefined;
        into.push({
          address,
          port: target.port,
          ...(endpoint.nodeName && { node: endpoint.nodeName }),
          ...(pod && { pod: { namespace: pod.namespace!, name: pod.name!, ...(pod.uid && { uid: pod.uid }) } }),
        });
      }
    }
  }
  return ready.length > 0 ? ready : terminating;
}

/** Addresses that are ready behind the Service port of this number. */
export function readyAddresses(sim: Sim, service: Service, portNumber: number): string[] {
  const port = service.spec.ports?.find((item) => item.port === portNumber);
  return port ? backendsOf(sim, service, port).map((backend) => backend.address) : [];
}
