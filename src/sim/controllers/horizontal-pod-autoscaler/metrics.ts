import type { Sim } from "../../component";
import { parseRfc3339 } from "../../kernel/time";
import { isUnavailable } from "../../kinds/api-service/availability";
import { parseQuantity, quantityMilliValue } from "../../kinds/quantity";
import type { KubeObject } from "../../types";

/** What the controller reads of the metrics APIs (pkg/controller/podautoscaler/metrics). */

/** A sample of one pod; values are in thousandths. */
export interface PodMetric {
  value: number;
  timestampMs: number;
  windowMs: number;
}

export type PodMetrics = Map<string, PodMetric>;

/** Why no replica count can be computed. */
export class MetricError extends Error {}

const NOT_FOUND = "the server could not find the requested resource";

/** Use of a resource by pods, or by one of their containers. Throws `MetricError`. */
export function resourceMetrics(
  sim: Sim,
  namespace: string,
  selector: string,
  resource: string,
  container?: string,
): PodMetrics {
  const items = podMetricsOf(sim, namespace, selector);
  const metrics: PodMetrics = new Map();
  for (const { metadata, timestamp, window, containers } of items) {
    const wanted = container === undefined ? containers : containers.filter(({ name }) => name === container);
    if (wanted.length === 0 && container !== undefined)
      throw failed(`container ${container} not present in metrics for pod ${metadata.namespace}/${metadata.name}`);
    const values = wanted.map(({ usage }) => usage[resource]);
    if (values.length === 0 || values.some((value) => value === undefined)) continue;
    metrics.set(metadata.name, {
      value: values.reduce((sum, value) => sum + quantityMilliValue(parseQuantity(value!)), 0),
      timestampMs: parseRfc3339(timestamp)!,
      windowMs: windowMs(window),
    });
  }
  return metrics;
}

const failed = (text: string) => new MetricError(text);

interface Item {
  metadata: { name: string; namespace: string };
  timestamp: string;
  window: string;
  containers: { name: string; usage: Record<string, string> }[];
}

function podMetricsOf(sim: Sim, namespace: string, selector: string): Item[] {
  const unable = (why: string) => failed(`unable to fetch metrics from resource metrics API: ${why}`);
  if (isUnavailable(sim.store, "metrics.k8s.io", "v1beta1"))
    throw unable("the server is currently unable to handle the request (get pods.metrics.k8s.io)");
  const path = `/apis/metrics.k8s.io/v1beta1/namespaces/${namespace}/pods`;
  const { status, body } = sim.serve({ method: "GET", path, query: { labelSelector: selector } });
  if (status !== 200) throw unable(`${NOT_FOUND} (get pods.metrics.k8s.io)`);
  const { items } = body as { items: Item[] };
  if (items.length === 0) throw failed("no metrics returned from resource metrics API");
  return items;
}

/** `1m0s`, `32.5s` */
function windowMs(text: string): number {
  const [, hours = "0", minutes = "0", seconds = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?(?:([\d.]+)s)?$/.exec(text) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

/** Nobody serves custom or external metrics here; upstream's texts say so. */
export const noCustomMetric = (name: string, about = ""): MetricError =>
  failed(
    `unable to get metric ${name}: ${about}unable to fetch metrics from custom metrics API: no custom metrics API (custom.metrics.k8s.io) registered`,
  );

export const noExternalMetric = (namespace: string, name: string, selector: string): MetricError =>
  failed(
    `unable to get external metric ${namespace}/${name}/${selector}: unable to fetch metrics from external metrics API: ${NOT_FOUND} (get ${name}.external.metrics.k8s.io)`,
  );

/** Go's `%+v` of a *metav1.LabelSelector. */
export function goSelector(selector: KubeObject["spec"] | undefined): string {
  if (!selector) return "nil";
  const labels = Object.keys(selector.matchLabels ?? {}).sort();
  const map = labels.map((key) => `${key}: ${selector.matchLabels[key]},`).join("");
  const expressions = (selector.matchExpressions ?? [])
    .map(
      ({ key, operator, values = [] }: any) =>
        `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(" ")}],},`,
    )
    .join("");
  return `&LabelSelector{MatchLabels:map[string]string{${map}},MatchExpressions:[]LabelSelectorRequirement{${expressions}},}`;
}
