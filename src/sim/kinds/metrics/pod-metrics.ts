import type { Call } from "../../apiserver/call";
import type { KindDefinition } from "../../apiserver/kind";
import { notFound } from "../../apiserver/status";
import { rfc3339 } from "../../kernel/time";
import { podUse, type Scrapes, scrapesOf } from "../../metrics-server/scrapes";
import type { KubeObject } from "../../types";
import { NAME_COLUMN, shown } from "../printing";
import type { Pod } from "../types";
import { METRICS_GROUP, sumText, usageText, windowText } from ".";

function metricsOf({ sim }: Call, scrapes: Scrapes, pod: Pod): KubeObject[] {
  const used = podUse(sim, scrapes, pod);
  if (!used) return [];
  const { name, namespace, labels } = pod.metadata;
  const windowMs = Math.min(...used.map(({ use }) => use.windowMs));
  return [
    {
      kind: "PodMetrics",
      apiVersion: `${METRICS_GROUP}/v1beta1`,
      metadata: { name, namespace, creationTimestamp: sim.kernel.now(), ...(labels && { labels }) },
      timestamp: rfc3339(scrapes.lastMs),
      window: windowText(windowMs),
      containers: used.map((container) => ({ name: container.name, usage: usageText(container.use) })),
    } as unknown as KubeObject,
  ];
}

/** What pods used of late (https://kubernetes.io/docs/tasks/debug/debug-cluster/resource-metrics-pipeline/), as metrics-server tells it. */
export const podMetrics: KindDefinition = {
  group: METRICS_GROUP,
  version: "v1beta1",
  kind: "PodMetrics",
  plural: "pods",
  singular: "",
  namespaced: true,
  verbs: ["get", "list"],
  computed: {
    list(call, namespace) {
      const scrapes = scrapesOf(call.sim);
      if (!scrapes) return [];
      return (call.sim.store.list("pods", namespace) as readonly Pod[]).flatMap((pod) => metricsOf(call, scrapes, pod));
    },
    missing({ sim, path: { namespace } }, name) {
      const known = sim.store.get("pods", namespace, name) !== undefined;
      const resource = known ? { group: METRICS_GROUP, resource: "podmetrics" } : { group: "", resource: "pods" };
      return notFound(resource, `${namespace}/${name}`);
    },
  },
  columns: [NAME_COLUMN, shown("cpu"), shown("memory"), shown("Window")],
  row(object) {
    const { metadata, containers, window } = object as any;
    const usages = containers.map(({ usage }: any) => usage);
    return [metadata.name, sumText(usages, "cpu"), sumText(usages, "memory"), window];
  },
};
