import { setTimeout as sleep } from "node:timers/promises";
import { Cluster } from "@/sim/cluster";
import { DEFAULT_START_MS } from "@/sim/options";
import { runToEnd } from "@/workstation/lab/drive";
import { Lab } from "@/workstation/lab/lab";
import { cpuMs, heapMiB, type Metric, medianMs } from "./metric";

const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";
const deployment = (replicas: number, image = "nginx:1.25") => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web" },
  spec: {
    replicas,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image }] } },
  },
});

function advanceUntil(cluster: Cluster, done: () => boolean): void {
  while (!done()) {
    const next = cluster.nextEventMs();
    if (next === undefined) throw new Error("the cluster came to rest before it was done");
    cluster.advanceTo(next);
  }
}

const readyReplicas = (cluster: Cluster) =>
  cluster.store.get("deployments.apps", "default", "web")?.status?.readyReplicas ?? 0;
const must = (response: { status: number; body: unknown }) => {
  if (response.status >= 400) throw new Error(JSON.stringify(response.body));
};

let seed = 0;
const freshCluster = () => Cluster.create({ seed: `bench-${seed++}` });
const freshLab = () => Lab.create({ seed: `bench-${seed++}`, startMs: DEFAULT_START_MS });
const LONG_MS = 3_600_000;

/** From the first instruction to a pod that is Ready. */
function firstReady(): void {
  const cluster = freshCluster();
  must(cluster.request({ method: "POST", path: DEPLOYMENTS, body: deployment(1) }));
  advanceUntil(cluster, () => readyReplicas(cluster) === 1);
}

/** A Deployment of 100 replicas goes from one image to the next. */
function rollout100(): number {
  const cluster = Cluster.create({
    seed: `bench-${seed++}`,
    nodes: [
      { name: "control-plane", role: "control-plane", cpu: "4", memory: "8Gi" },
      { name: "node-1", role: "worker", cpu: "64", memory: "256Gi" },
      { name: "node-2", role: "worker", cpu: "64", memory: "256Gi" },
    ],
  });
  must(cluster.request({ method: "POST", path: DEPLOYMENTS, body: deployment(100) }));
  advanceUntil(cluster, () => readyReplicas(cluster) === 100);
  const start = performance.now();
  const patch = { spec: { template: { spec: { containers: [{ name: "web", image: "nginx:1.27" }] } } } };
  must(
    cluster.request({
      method: "PATCH",
      path: `${DEPLOYMENTS}/web`,
      body: patch,
      headers: { "content-type": "application/strategic-merge-patch+json" },
    }),
  );
  advanceUntil(cluster, () => {
    const { status, metadata } = cluster.store.get("deployments.apps", "default", "web")!;
    return (
      status.observedGeneration === metadata.generation &&
      status.updatedReplicas === 100 &&
      status.replicas === 100 &&
      status.readyReplicas === 100
    );
  });
  return performance.now() - start;
}

/** Heap of one idle lab with an open terminal, over many of them. */
async function labHeap(): Promise<number> {
  const count = 50;
  const kept: Lab[] = [freshLab()];
  const before = heapMiB();
  for (let index = 0; index < count; index++) {
    const lab = freshLab();
    lab.openTerminal("1", { columns: 80, rows: 24 });
    await lab.advanceTo(lab.nowMs);
    kept.push(lab);
  }
  const used = (heapMiB() - before) / count;
  if (kept.length !== count + 1) throw new Error("labs were lost");
  return used;
}

const IDLE_SAMPLE_MS = 3000;

async function cpuOfSleep(): Promise<number> {
  const start = cpuMs();
  await sleep(IDLE_SAMPLE_MS);
  return cpuMs() - start;
}

/** The least of three: the host's own collector and compiler have their turns, too. */
async function quietestSleep(): Promise<number> {
  globalThis.gc?.();
  await sleep(1000);
  return Math.min(await cpuOfSleep(), await cpuOfSleep(), await cpuOfSleep());
}

/** CPU that an idle lab uses in a minute, in ms: what a hundred of them add to a process that only sleeps. */
async function idleCpu(): Promise<number> {
  const alone = await quietestSleep();
  const labs = Array.from({ length: 100 }, freshLab);
  const together = await quietestSleep();
  const pending = labs.filter((lab) => lab.nextEventMs() !== undefined).length;
  if (pending > 0) throw new Error(`${pending} of ${labs.length} idle labs have something due`);
  return (Math.max(0, together - alone) / labs.length) * (60_000 / IDLE_SAMPLE_MS);
}

export async function podiumMetrics(): Promise<Metric[]> {
  const metrics: Metric[] = [];
  metrics.push({ name: "cluster.start", unit: "ms", value: await medianMs(50, freshCluster) });
  metrics.push({ name: "cluster.first-ready", unit: "ms", value: await medianMs(30, firstReady) });
  const rollouts = [rollout100(), rollout100(), rollout100(), rollout100(), rollout100()].sort((a, b) => a - b);
  metrics.push({ name: "rollout.100", unit: "ms", value: rollouts[2]! });
  metrics.push({ name: "lab.heap", unit: "MiB", value: await labHeap() });
  metrics.push({ name: "lab.idle-cpu", unit: "ms/min", value: await idleCpu() });
  const lab = freshLab();
  await runToEnd(lab, lab.run("kubectl create deployment web --image=nginx:1.25 --replicas=3; sleep 30"), LONG_MS);
  metrics.push({
    name: "command.get-pods",
    unit: "ms",
    value: await medianMs(100, () => runToEnd(lab, lab.run("kubectl get pods"), LONG_MS)),
  });
  metrics.push({
    name: "grade.fork",
    unit: "ms",
    value: await medianMs(100, () => lab.fork().cluster.advanceTo(lab.nowMs + 60_000)),
  });
  return metrics;
}
