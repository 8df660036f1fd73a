import type { Sim } from "../component";
import { parseQuantity, quantityMilliValue, quantityValue } from "../kinds/quantity";
import type { Node, Pod } from "../kinds/types";
import { type PodRecord, podOf, recordsOn } from "./records";

export interface Rejection {
  reason: string;
  message: string;
}

const units = (resource: string, value: unknown): number => {
  const quantity = parseQuantity(value as string | number);
  return resource === "cpu" ? quantityMilliValue(quantity) : quantityValue(quantity);
};

/** What a pod asks for: the sum of its containers and sidecars, or its greediest init container. */
function requested(pod: Pod, resource: string): number {
  const of = (container: any): number => {
    const value = container.resources?.requests?.[resource] ?? container.resources?.limits?.[resource];
    return value === undefined ? 0 : units(resource, value);
  };
  let sum = 0;
  let peak = 0;
  for (const container of pod.spec.initContainers ?? []) {
    if (container.restartPolicy === "Always") sum += of(container);
    else peak = Math.max(peak, sum + of(container));
  }
  for (const container of pod.spec.containers) sum += of(container);
  return Math.max(sum, peak);
}

/**
 * The kubelet's own look at a pod that is put on its node, which matters where no scheduler looked: does it fit, and may
 * it be here?
 */
export function admissionRejection(sim: Sim, pod: Pod): Rejection | undefined {
  const node = sim.store.get("nodes", undefined, pod.spec.nodeName!) as Node | undefined;
  if (!node) return undefined;
  const labels = (node.metadata.labels ?? {}) as Record<string, string>;
  const selector = (pod.spec.nodeSelector ?? {}) as Record<string, string>;
  if (Object.entries(selector).some(([key, value]) => labels[key] !== value)) {
    return {
      reason: "NodeAffinity",
      message: "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
    };
  }
  const others = recordsOn(sim, node.metadata.name).filter((record) => takesResources(record, pod));
  const allocatable = (node.status?.allocatable ?? {}) as Record<string, string | number>;
  if (allocatable.pods !== undefined && others.length + 1 > Number(allocatable.pods)) {
    return outOf("pods", 1, others.length, Number(allocatable.pods));
  }
  for (const resource of ["cpu", "memory"]) {
    const wants = requested(pod, resource);
    if (wants === 0 || allocatable[resource] === undefined) continue;
    let used = 0;
    for (const record of others) {
      const other = podOf(sim, record);
      if (other) used += requested(other, resource);
    }
    const capacity = units(resource, allocatable[resource]);
    if (used + wants > capacity) return outOf(resource, wants, used, capacity);
  }
  return undefined;
}

const takesResources = (record: PodRecord, pod: Pod): boolean => record.uid !== pod.metadata.uid && !record.terminated;

function outOf(resource: string, wants: number, used: number, capacity: number): Rejection {
  const message = `Pod was rejected: Node didn't have enough resource: ${resource}, requested: ${wants}, used: ${used}, capacity: ${capacity}`;
  return { reason: `OutOf${resource}`, message };
}
