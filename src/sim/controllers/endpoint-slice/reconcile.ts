import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { controllerRef } from "../controller-ref";
import type { EndpointPort } from "../endpoints/pod-endpoint";

export const SLICES = "endpointslices.discovery.k8s.io";
export const SERVICE_NAME = "kubernetes.io/service-name";
export const MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
const LAST_CHANGE = "endpoints.kubernetes.io/last-change-trigger-time";
const MAX_ENDPOINTS_PER_SLICE = 100;

/** Endpoints that are served on the same ports. */
export interface Group {
  ports: EndpointPort[];
  endpoints: any[];
}

interface Wanted {
  controller: string;
  /** Owns the slices; their names begin with its name. */
  owner: KubeObject;
  labels: Record<string, string>;
  addressType: string;
  groups: Group[];
  existing: readonly KubeObject[];
}

interface Content {
  ports: EndpointPort[] | null;
  endpoints: any[] | null;
}

const identityOf = (endpoint: any): string => endpoint.targetRef?.uid ?? endpoint.addresses[0];
const portsKey = (ports: unknown) => JSON.stringify(ports ?? []);

/**
 * Brings a Service's slices to what is wanted with few writes: an endpoint stays in the slice that it is in, new ones
 * fill slices with room, and a slice that would become empty takes what would need a new one. One slice always remains.
 */
export function reconcileSlices(sim: Sim, wanted: Wanted): void {
  const contents = new Map<KubeObject, Content>();
  const added: Content[] = [];
  for (const group of wanted.groups) distribute(group, wanted.existing, contents, added);
  const spare = wanted.existing.filter((slice) => !contents.has(slice));
  if (contents.size === 0 && added.length === 0) added.push({ ports: null, endpoints: null });
  for (const content of added.splice(0, spare.length)) contents.set(spare.shift()!, content);
  const api = sim.api(wanted.controller);
  for (const [slice, content] of contents) update(sim, wanted, slice, content);
  for (const content of added) api.create(SLICES, newSlice(sim, wanted, content) as any);
  for (const slice of spare) api.delete(SLICES, slice.metadata.namespace, slice.metadata.name);
}

function distribute(
  { ports, endpoints }: Group,
  existing: readonly KubeObject[],
  contents: Map<KubeObject, Content>,
  added: Content[],
): void {
  const waiting = new Map(endpoints.map((endpoint) => [identityOf(endpoint), endpoint]));
  const key = portsKey(ports);
  const own: Content[] = [];
  for (const slice of existing) {
    if (portsKey(slice.ports) !== key || !slice.endpoints) continue;
    const kept = slice.endpoints.flatMap((endpoint: any) => {
      const next = waiting.get(identityOf(endpoint));
      waiting.delete(identityOf(endpoint));
      return next ? [next] : [];
    });
    if (kept.length === 0) continue;
    const content = { ports, endpoints: kept };
    contents.set(slice, content);
    own.push(content);
  }
  const rest = [...waiting.values()];
  for (const content of own)
    content.endpoints!.push(...rest.splice(0, MAX_ENDPOINTS_PER_SLICE - content.endpoints!.length));
  while (rest.length > 0) added.push({ ports, endpoints: rest.splice(0, MAX_ENDPOINTS_PER_SLICE) });
}

function update(sim: Sim, { controller, labels }: Wanted, slice: KubeObject, { ports, endpoints }: Content): void {
  if (
    deepEqual(slice.ports ?? null, ports) &&
    deepEqual(slice.endpoints ?? null, endpoints) &&
    deepEqual(slice.metadata.labels, labels)
  )
    return;
  const draft = clone(slice);
  draft.ports = ports;
  draft.endpoints = endpoints;
  (draft.metadata as any).labels = labels;
  (draft.metadata as any).annotations = { ...draft.metadata.annotations, [LAST_CHANGE]: sim.kernel.now() };
  sim.api(controller).update(SLICES, draft);
}

function newSlice(sim: Sim, { owner, labels, addressType }: Wanted, { ports, endpoints }: Content) {
  return {
    apiVersion: "discovery.k8s.io/v1",
    kind: "EndpointSlice",
    metadata: {
      generateName: `${owner.metadata.name}-`,
      namespace: owner.metadata.namespace,
      labels,
      annotations: { [LAST_CHANGE]: sim.kernel.now() },
      ownerReferences: [controllerRef(owner)],
    },
    addressType,
    endpoints,
    ports,
  };
}
