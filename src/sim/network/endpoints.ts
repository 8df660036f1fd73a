import type { Sim } from "../component";
import type { EndpointSlice, Service } from "../kinds/types";
import { derivedFrom } from "./derived";

/** One place behind a Service port, as kube-proxy takes it from EndpointSlices. */
export interface Backend {
  address: string;
  port: number;
  node?: string;
  /** The pod behind it, where it is one. */
  pod?: { namespace: string; name: string; uid?: string };
}

export type ServicePort = NonNullable<Service["spec"]["ports"]>[number];

const SERVICE_LABEL = "kubernetes.io/service-name";

/** Slices by the Service that they name. */
const byService = derivedFrom((slices: readonly EndpointSlice[]): ReadonlyMap<string, readonly EndpointSlice[]> => {
  const index = new Map<string, EndpointSlice[]>();
  for (const slice of slices) {
    const key = `${slice.metadata.namespace}/${slice.metadata.labels?.[SERVICE_LABEL]}`;
    const known = index.get(key);
    if (known) known.push(slice);
    else index.set(key, [slice]);
  }
  return index;
});

const NONE: readonly EndpointSlice[] = [];

export function slicesOf(sim: Sim, service: Service): readonly EndpointSlice[] {
  return slicesAmong(sim.store.list("endpointslices.discovery.k8s.io") as readonly EndpointSlice[], service);
}

/** Slices of a Service among those that somebody knows. */
export function slicesAmong(slices: readonly EndpointSlice[], { metadata }: Service): readonly EndpointSlice[] {
  return byService(slices).get(`${metadata.namespace}/${metadata.name}`) ?? NONE;
}

/**
 * The backends of a Service port among the slices that a node knows: those that are ready or, where none is, those that
 * still serve while they terminate (https://kubernetes.io/docs/reference/networking/virtual-ips/). `onNode` narrows the
 * choice to one node first, as traffic policy Local does.
 */
export function backendsOf(
  slices: readonly EndpointSlice[],
  service: Service,
  port: ServicePort,
  onNode?: string,
): Backend[] {
  const ready: Backend[] = [];
  const terminating: Backend[] = [];
  for (const slice of slicesAmong(slices, service)) {
    const target = slice.ports?.find((item) => (item.name ?? "") === (port.name ?? ""));
    if (target?.port === undefined) continue;
    for (const endpoint of slice.endpoints ?? []) {
      const { conditions } = endpoint;
      if (onNode !== undefined && endpoint.nodeName !== onNode) continue;
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
