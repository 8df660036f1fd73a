import type { KindDefinition } from "../../apiserver/kind";
import { notFound } from "../../apiserver/status";
import { rfc3339 } from "../../kernel/time";
import { nodeUse, scrapesOf } from "../../metrics-server/scrapes";
import type { KubeObject } from "../../types";
import { NAME_COLUMN, shown } from "../printing";
import type { Node } from "../types";
import { METRICS_GROUP, sumText, usageText, windowText } from ".";

/** What nodes used of late, their system included. */
export const nodeMetrics: KindDefinition = {
  group: METRICS_GROUP,
  version: "v1beta1",
  kind: "NodeMetrics",
  plural: "nodes",
  singular: "",
  namespaced: false,
  verbs: ["get", "list"],
  computed: {
    list({ sim }) {
      const scrapes = scrapesOf(sim);
      if (!scrapes) return [];
      return (sim.store.list("nodes") as readonly Node[]).flatMap((node) => {
        const use = nodeUse(sim, scrapes, node);
        if (!use) return [];
        const { name, labels } = node.metadata;
        return {
          kind: "NodeMetrics",
          apiVersion: `${METRICS_GROUP}/v1beta1`,
          metadata: { name, creationTimestamp: sim.kernel.now(), ...(labels && { labels }) },
          timestamp: rfc3339(scrapes.lastMs),
          window: windowText(use.windowMs),
          usage: usageText(use),
        } as unknown as KubeObject;
      });
    },
    missing({ sim }, name) {
      const known = sim.store.get("nodes", undefined, name) !== undefined;
      return notFound(
        known ? { group: METRICS_GROUP, resource: "nodemetrics" } : { group: "", resource: "nodes" },
        name,
      );
    },
  },
  columns: [NAME_COLUMN, shown("cpu"), shown("memory"), shown("Window")],
  row(object) {
    const { metadata, usage, window } = object as any;
    return [metadata.name, sumText([usage], "cpu"), sumText([usage], "memory"), window];
  },
};
