import type { Sim } from "../component";
import { parseQuantity, quantityMilliValue, quantityValue } from "../kinds/quantity";
import type { Container, Node, Pod } from "../kinds/types";
import { nodeAddress } from "./ip-allocation";

/** `key="value"` lines, as the downward API writes maps. */
const mapText = (map: Record<string, string> | undefined): string =>
  Object.keys(map ?? {})
    .sort()
    .map((key) => `${key}=${JSON.stringify(map![key])}`)
    .join("\n");

/** A field of the pod as the downward API gives it; undefined where the path is none. */
export function podField(sim: Sim, pod: Pod, path: string, podIp: string): string | undefined {
  const subscript = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (subscript) return (pod.metadata as any)[subscript[1]!]?.[subscript[2]!] ?? "";
  switch (path) {
    case "metadata.name":
      return pod.metadata.name;
    case "metadata.namespace":
      return pod.metadata.namespace;
    case "metadata.uid":
      return pod.metadata.uid;
    case "metadata.labels":
      return mapText(pod.metadata.labels as Record<string, string>);
    case "metadata.annotations":
      return mapText(pod.metadata.annotations as Record<string, string>);
    case "spec.nodeName":
      return pod.spec.nodeName;
    case "spec.serviceAccountName":
      return pod.spec.serviceAccountName;
    case "spec.restartPolicy":
      return pod.spec.restartPolicy;
    case "status.hostIP":
    case "status.hostIPs":
      return nodeAddress(sim, pod.spec.nodeName!);
    case "status.podIP":
    case "status.podIPs":
      return podIp;
    default:
      return undefined;
  }
}

const quantityOf = (value: unknown) => parseQuantity(value as string | number);

/** `limits.cpu` and the like in units of the divisor, rounded up; what is not set is what the node can give. */
export function resourceField(
  sim: Sim,
  pod: Pod,
  container: Container,
  resource: string,
  divisor: string | number = "0",
): string {
  const [side = "limits", ...rest] = resource.split(".");
  const name = rest.join(".");
  const own =
    (container.resources as any)?.[side]?.[name] ??
    (side === "requests" ? (container.resources as any)?.limits?.[name] : undefined);
  const node = sim.store.get("nodes", undefined, pod.spec.nodeName!) as Node | undefined;
  const value = own ?? (side === "limits" ? (node?.status?.allocatable as any)?.[name] : undefined) ?? "0";
  const unit = quantityOf(divisor);
  if (name === "cpu") {
    const milli = Math.max(quantityMilliValue(unit), 0) || 1000;
    return String(Math.ceil(quantityMilliValue(quantityOf(value)) / milli));
  }
  return String(Math.ceil(quantityValue(quantityOf(value)) / (quantityValue(unit) || 1)));
}

/** A limit in plain numbers, where the container has one. */
export function limits(container: Container): { memoryBytes?: number; cpuMillicores?: number } {
  const { memory, cpu } = (container.resources?.limits ?? {}) as Record<string, string | number>;
  return {
    ...(memory !== undefined && { memoryBytes: quantityValue(quantityOf(memory)) }),
    ...(cpu !== undefined && { cpuMillicores: quantityMilliValue(quantityOf(cpu)) }),
  };
}
