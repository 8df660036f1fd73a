import type { Sim } from "../../component";
import type { Pod } from "../../kinds/types";
import { downwardPayload } from "./downward-api";
import { keyedPayload } from "./keyed";
import { MountError, type Payload } from "./payload";
import { serviceAccountToken } from "./token";

/** Several sources in one volume, among them what every pod gets to speak to the API server. */
export function projectedPayload(sim: Sim, pod: Pod, sources: any[], defaultMode: number, podIp: string): Payload {
  const payload: Payload = {};
  const errors: string[] = [];
  for (const source of sources) {
    try {
      Object.assign(payload, sourcePayload(sim, pod, source, defaultMode, podIp));
    } catch (error) {
      if (!(error instanceof MountError)) throw error;
      errors.push(error.message);
    }
  }
  if (errors.length === 1) throw new MountError(errors[0]);
  if (errors.length > 1) throw new MountError(`[${errors.join(", ")}]`);
  return payload;
}

function sourcePayload(sim: Sim, pod: Pod, source: any, mode: number, podIp: string): Payload {
  const namespace = pod.metadata.namespace!;
  if (source.configMap) return keyedPayload(sim, namespace, "configmap", source.configMap, mode);
  if (source.secret) return keyedPayload(sim, namespace, "secret", source.secret, mode);
  if (source.downwardAPI) return downwardPayload(sim, pod, source.downwardAPI.items ?? [], mode, podIp);
  if (source.serviceAccountToken) {
    const { path } = source.serviceAccountToken;
    return { [path]: { content: "", grant: serviceAccountToken(sim, pod, source.serviceAccountToken), mode } };
  }
  return {};
}
