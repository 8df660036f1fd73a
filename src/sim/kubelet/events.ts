import type { Sim } from "../component";
import type { Pod } from "../kinds/types";

type EventType = "Normal" | "Warning";

/** An event of a container, with the fieldPath that upstream's container references carry. */
export function containerEvent(
  sim: Sim,
  pod: Pod,
  container: string,
  type: EventType,
  reason: string,
  message: string,
): void {
  record(sim, pod, type, reason, message, `spec.${listOf(pod, container)}{${container}}`);
}

function listOf(pod: Pod, container: string): string {
  const lists = ["initContainers", "ephemeralContainers"];
  const has = (list: string) =>
    ((pod.spec as any)[list] ?? []).some(({ name }: { name: string }) => name === container);
  return lists.find(has) ?? "containers";
}

export function podEvent(sim: Sim, pod: Pod, type: EventType, reason: string, message: string): void {
  record(sim, pod, type, reason, message);
}

function record(sim: Sim, pod: Pod, type: EventType, reason: string, message: string, fieldPath?: string): void {
  sim.recorder.event(pod, type, reason, message, { component: "kubelet", host: pod.spec.nodeName! }, fieldPath);
}

/** `name_namespace(uid)`: how the kubelet names pods in its texts. */
export const podText = (pod: Pod): string => `${pod.metadata.name}_${pod.metadata.namespace}(${pod.metadata.uid})`;

/** Go's `%v` of a list of words. */
export const goList = (words: readonly string[]): string => `[${words.join(" ")}]`;
