import { parseQuantity, quantityMilliValue, quantityValue } from "../kinds/quantity";

/** Amounts by resource name: processors in thousandths, all else in whole units. */
export type Resources = Record<string, number>;

/** What a container that asks for nothing is taken to use when nodes are compared. */
export const DEFAULT_MILLI_CPU = 100;
export const DEFAULT_MEMORY_BYTES = 200 * 1024 * 1024;

const amount = (resource: string, quantity: string | number): number =>
  resource === "cpu" ? quantityMilliValue(parseQuantity(quantity)) : quantityValue(parseQuantity(quantity));

export function resourcesOf(quantities: Readonly<Record<string, string | number>> | undefined): Resources {
  const resources: Resources = {};
  for (const [resource, quantity] of Object.entries(quantities ?? {})) resources[resource] = amount(resource, quantity);
  return resources;
}

export function add(to: Resources, more: Resources): void {
  for (const [resource, value] of Object.entries(more)) to[resource] = (to[resource] ?? 0) + value;
}

function raise(to: Resources, other: Resources): void {
  for (const [resource, value] of Object.entries(other)) to[resource] = Math.max(to[resource] ?? 0, value);
}

interface ResourceContainer {
  restartPolicy?: string;
  resources?: { requests?: any };
}

/**
 * What a pod needs on its node: all containers together, or more where an init container (with the sidecars that run
 * before it) needs more, and the overhead of its runtime class.
 */
export function podRequests(
  spec: any,
  of: (container: ResourceContainer) => Resources = (container) => resourcesOf(container.resources?.requests),
): Resources {
  const total: Resources = {};
  for (const container of spec.containers ?? []) add(total, of(container));
  const sidecars: Resources = {};
  const peak: Resources = {};
  for (const container of (spec.initContainers ?? []) as ResourceContainer[]) {
    const needed = of(container);
    if (container.restartPolicy === "Always") {
      add(total, needed);
      add(sidecars, needed);
      raise(peak, sidecars);
    } else {
      const together = { ...sidecars };
      add(together, needed);
      raise(peak, together);
    }
  }
  raise(total, peak);
  if (spec.overhead) add(total, resourcesOf(spec.overhead));
  return total;
}

/** As `podRequests` for processors and memory, with the defaults where a container says nothing. */
export function nonZeroRequests(spec: any): { cpu: number; memory: number } {
  const { cpu = 0, memory = 0 } = podRequests(spec, ({ resources }) => {
    const requests = resourcesOf(resources?.requests);
    return { cpu: requests.cpu ?? DEFAULT_MILLI_CPU, memory: requests.memory ?? DEFAULT_MEMORY_BYTES };
  });
  return { cpu, memory };
}
