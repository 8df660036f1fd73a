import type { Sim } from "../../component";
import type { Container, Pod } from "../../kinds/types";
import { podField, resourceField } from "../field-refs";
import type { Payload } from "./payload";

interface DownwardItem {
  path: string;
  mode?: number;
  fieldRef?: { fieldPath: string };
  resourceFieldRef?: { containerName?: string; resource: string; divisor?: string | number };
}

/** Fields of the pod as files. */
export function downwardPayload(
  sim: Sim,
  pod: Pod,
  items: DownwardItem[],
  defaultMode: number,
  podIp: string,
): Payload {
  const payload: Payload = {};
  for (const { path, mode, fieldRef, resourceFieldRef } of items) {
    let content = "";
    if (fieldRef) {
      content = podField(sim, pod, fieldRef.fieldPath, podIp) ?? "";
    } else if (resourceFieldRef) {
      const container = pod.spec.containers.find((candidate) => candidate.name === resourceFieldRef.containerName);
      if (container)
        content = resourceField(sim, pod, container as Container, resourceFieldRef.resource, resourceFieldRef.divisor);
    }
    payload[path] = { content, mode: mode ?? defaultMode };
  }
  return payload;
}
