import type { Sim } from "../component";
import type { Pod, Service } from "../kinds/types";
import { slicesOf } from "./endpoints";
import { isOver } from "./places";

/** Causes named in one sentence; more pods than this are counted, not named. */
const NAMED_LIMIT = 3;

/** Why a Service port leads nowhere, as far as the objects tell. */
export function whyNoEndpoints(sim: Sim, service: Service): string {
  const name = `${service.metadata.namespace}/${service.metadata.name}`;
  const start = `Service ${name} has no endpoints`;
  const selector = service.spec.selector;
  if (!selector || Object.keys(selector).length === 0) {
    return slicesOf(sim, service).length === 0 ? `${start}, because it has no selector and nobody gave it any` : start;
  }
  const wanted = Object.entries(selector);
  const labels = wanted.map(([key, value]) => `${key}=${value}`).join(",");
  const pods = (sim.store.list("pods", service.metadata.namespace) as readonly Pod[]).filter(
    (pod) => !isOver(pod) && wanted.every(([key, value]) => pod.metadata.labels?.[key] === value),
  );
  if (pods.length === 0) return `${start}, because no pod has the labels ${labels}`;
  const waiting = pods.filter((pod) => !isReady(pod));
  if (waiting.length > 0) {
    const names = waiting.slice(0, NAMED_LIMIT).map((pod) => pod.metadata.name);
    const more = waiting.length > NAMED_LIMIT ? ` and ${waiting.length - NAMED_LIMIT} more` : "";
    return `${start}, because pod ${names.join(", ")}${more} ${waiting.length > 1 ? "are" : "is"} not ready`;
  }
  const named = (service.spec.ports ?? []).filter((port) => typeof port.targetPort === "string");
  if (named.length > 0)
    return `${start}, because no container port is named ${named.map((port) => port.targetPort).join(", ")}`;
  return start;
}

/** `nothing listens on port 8080 in pod default/web (it listens on 80)` */
export function whyRefused(sim: Sim, pod: Pod, port: number): string {
  const listening = [...new Set(sim.runtime.listening(pod.metadata.uid).map((item) => item.port))].sort(
    (a, b) => a - b,
  );
  const where = `pod ${pod.metadata.namespace}/${pod.metadata.name}`;
  if (listening.includes(port)) return `port ${port} in ${where} is open on 127.0.0.1 only`;
  const have = listening.length === 0 ? "it listens on no port" : `it listens on ${listening.join(", ")}`;
  return `nothing listens on port ${port} in ${where} (${have})`;
}

function isReady(pod: Pod): boolean {
  return (
    pod.status?.conditions?.some((condition) => condition.type === "Ready" && condition.status === "True") ?? false
  );
}
