import { Cluster } from "@/sim/cluster";
import type { NodeOptions } from "@/sim/options";
import { cpuMs, type Metric } from "./metric";

const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
const NODES = 500;
const PODS = 5_000;
const PODS_PER_DEPLOYMENT = 250;
const ROLLOUT = 1_000;

/** https://github.com/kubernetes-sigs/kwok, README, "Why KWOK?" */
const KWOK_PER_SECOND = 20;
const KWOK_PODS = `kwok ${(PODS / KWOK_PER_SECOND) * 1000} ms, by the ${KWOK_PER_SECOND} pods a second of its README`;

const nodes: NodeOptions[] = [
  { name: "control-plane", role: "control-plane", cpu: "16", memory: "64Gi" },
  ...Array.from({ length: NODES - 1 }, (_, index) => ({
    name: `node-${index + 1}`,
    role: "worker" as const,
    cpu: "32",
    memory: "256Gi",
  })),
];

const deployment = (name: string, replicas: number, image = "nginx:1.25") => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "web", image }] } },
  },
});

function advanceUntil(cluster: Cluster, done: () => boolean): void {
  while (!done()) {
    const next = cluster.nextEventMs();
    if (next === undefined) throw new Error("the cluster came to rest before it was done");
    cluster.advanceTo(next);
  }
}

const statusOf = (cluster: Cluster, name: string) => cluster.store.get("deployments.apps", "default", name)!.status;

function must(cluster: Cluster, method: "POST" | "PATCH", path: string, body: unknown): void {
  const headers: Record<string, string> =
    method === "PATCH" ? { "content-type": "application/strategic-merge-patch+json" } : {};
  const response = cluster.request({ method, path, body, headers });
  if (response.status >= 400) throw new Error(JSON.stringify(response.body));
}

/**
 * A cluster of 500 nodes whose 5,000 pods come up, and a rollout of 1,000 of them: CPU time of the process, and the heap
 * that the whole cluster holds at its end.
 */
export function scaleMetrics(): Metric[] {
  globalThis.gc?.();
  const heapBefore = process.memoryUsage().heapUsed;
  const begun = cpuMs();
  const cluster = Cluster.create({ seed: "scale", nodes });
  const started = cpuMs();
  const names = Array.from({ length: PODS / PODS_PER_DEPLOYMENT }, (_, index) => `web-${index}`);
  for (const name of names) must(cluster, "POST", DEPLOYMENTS, deployment(name, PODS_PER_DEPLOYMENT));
  advanceUntil(cluster, () => names.every((name) => statusOf(cluster, name)?.readyReplicas === PODS_PER_DEPLOYMENT));
  const up = cpuMs();
  globalThis.gc?.();
  const held = process.memoryUsage().heapUsed - heapBefore;

  const large = Cluster.create({ seed: "scale-rollout", nodes: nodes.slice(0, 101) });
  must(large, "POST", DEPLOYMENTS, deployment("web", ROLLOUT));
  advanceUntil(large, () => statusOf(large, "web")?.readyReplicas === ROLLOUT);
  const before = cpuMs();
  must(large, "PATCH", `${DEPLOYMENTS}/web`, {
    spec: { template: { spec: { containers: [{ name: "web", image: "nginx:1.27" }] } } },
  });
  advanceUntil(large, () => {
    const status = statusOf(large, "web");
    return (
      status.observedGeneration === 2 &&
      status.updatedReplicas === ROLLOUT &&
      status.replicas === ROLLOUT &&
      status.readyReplicas === ROLLOUT
    );
  });
  return [
    { name: "scale.start-500-nodes", unit: "ms", value: started - begun },
    { name: "scale.5000-pods-ready", unit: "ms", value: up - started, published: KWOK_PODS },
    { name: "scale.heap", unit: "MiB", value: held / 1_048_576 },
    { name: "scale.rollout-1000", unit: "ms", value: cpuMs() - before },
  ];
}
