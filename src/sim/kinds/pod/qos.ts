import { compareQuantities, parseQuantity, type Quantity } from "../quantity";
import type { PodSpec } from "../types";

const COMPUTE = ["cpu", "memory"];

/** Guaranteed, Burstable or BestEffort, from the cpu and memory of all containers, init containers included. */
export function qosClass(spec: PodSpec): "Guaranteed" | "Burstable" | "BestEffort" {
  const zero = parseQuantity("0");
  let guaranteed = true;
  let anything = false;
  const total = { requests: new Map<string, Quantity[]>(), limits: new Map<string, Quantity[]>() };
  for (const container of [...(spec.containers ?? []), ...(spec.initContainers ?? [])]) {
    for (const side of ["requests", "limits"] as const) {
      const list = (container.resources?.[side] ?? {}) as Record<string, string | number>;
      for (const name of COMPUTE) {
        const quantity = list[name] === undefined ? undefined : parseQuantity(list[name]!);
        if (quantity && compareQuantities(quantity, zero) > 0) {
          anything = true;
          total[side].set(name, [...(total[side].get(name) ?? []), quantity]);
        } else if (side === "limits") {
          guaranteed = false;
        }
      }
    }
  }
  if (!anything) return "BestEffort";
  if (!guaranteed) return "Burstable";
  for (const name of COMPUTE) {
    const requests = total.requests.get(name) ?? [];
    const limits = total.limits.get(name) ?? [];
    if (requests.length !== limits.length) return "Burstable";
    if (requests.some((request, index) => compareQuantities(request, limits[index]!) !== 0)) return "Burstable";
  }
  return "Guaranteed";
}
