import { setTimeout as sleep } from "node:timers/promises";
import { BaseImage, Cluster, type ProcessContext } from "@ngrok/webernetes";
import { cpuMs, heapMiB, medianMs } from "./metric";

/**
 * The same work as in podium.ts on @ngrok/webernetes, whose clusters run on the host's clock and event loop. Its modules
 * are written for bundlers, so bench.ts bundles this file before it loads it.
 */

class Web extends BaseImage {
  static readonly imageName = "web";
  static readonly imageVersion: string = "1.0";
  readonly defaultCommand = ["server"];
  override async exec(ctx: ProcessContext, argv: readonly string[]): Promise<number> {
    if (argv[0] !== "server") return super.exec(ctx, argv);
    ctx.listenHttp(80, async () => ({ status: 200, body: "hello\n" }));
    return ctx.waitUntilKilled();
  }
}
class WebNext extends Web {
  static override readonly imageVersion: string = "2.0";
}

async function start(): Promise<Cluster> {
  const cluster = new Cluster();
  cluster.registerImage(Web);
  cluster.registerImage(WebNext);
  await cluster.init();
  return cluster;
}

const deployment = (replicas: number, image = "web:1.0") => ({
  apiVersion: "apps/v1" as const,
  kind: "Deployment" as const,
  metadata: { name: "web", namespace: "default" },
  spec: {
    replicas,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image }] } },
  },
});

/** Waits for the Deployment's status; polls often, so that the wait adds little. */
async function until(cluster: Cluster, done: (status: any) => boolean, limitMs = 60_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (performance.now() < deadline) {
    const found = await cluster.api.appsv1.readNamespacedDeployment({ name: "web", namespace: "default" } as any);
    if (done((found as any).status ?? {})) return;
    await sleep(2);
  }
  throw new Error("webernetes did not get there in time");
}

const close = async (cluster: Cluster) => {
  await (cluster as unknown as { close?: () => Promise<void> }).close?.();
};

async function firstReady(): Promise<number> {
  const begin = performance.now();
  const cluster = await start();
  await cluster.apply([deployment(1)] as any);
  await until(cluster, (status) => status.readyReplicas === 1);
  const took = performance.now() - begin;
  await close(cluster);
  return took;
}

async function rollout100(): Promise<number> {
  const cluster = await start();
  await cluster.apply([deployment(100)] as any);
  await until(cluster, (status) => status.readyReplicas === 100);
  const begin = performance.now();
  await cluster.apply([deployment(100, "web:2.0")] as any);
  // Counted over the pods themselves: its status may still speak of the old template.
  const deadline = begin + 180_000;
  for (let done = false; !done; ) {
    if (performance.now() > deadline) throw new Error("webernetes did not get there in time");
    await sleep(10);
    const { items } = (await cluster.api.corev1.listNamespacedPod({ namespace: "default" } as any)) as { items: any[] };
    const ready = items.filter((pod) =>
      pod.status?.conditions?.some((condition: any) => condition.type === "Ready" && condition.status === "True"),
    );
    done =
      items.length === 100 && ready.length === 100 && items.every((pod) => pod.spec.containers[0].image === "web:2.0");
  }
  const took = performance.now() - begin;
  await close(cluster);
  return took;
}

/** A figure that could not be had is left out and says why on stderr. */
async function attempt(name: string, work: () => Promise<number>): Promise<[string, number][]> {
  try {
    return [[name, await work()]];
  } catch (error) {
    console.error(`  webernetes: ${name}: ${(error as Error).message}`);
    return [];
  }
}

export async function webernetesMetrics(): Promise<Map<string, number>> {
  const found: [string, number][] = [];
  const started: Cluster[] = [];
  found.push(
    ...(await attempt("cluster.start", () =>
      medianMs(10, async () => {
        started.push(await start());
      }),
    )),
  );
  for (const cluster of started.splice(0)) await close(cluster);
  found.push(
    ...(await attempt(
      "cluster.first-ready",
      async () => [await firstReady(), await firstReady(), await firstReady()].sort((a, b) => a - b)[1]!,
    )),
  );
  found.push(...(await attempt("rollout.100", rollout100)));
  found.push(
    ...(await attempt("lab.heap", async () => {
      const count = 10;
      // One that is thrown away: what a first cluster loads belongs to none of them.
      await close(await start());
      await sleep(1000);
      const before = heapMiB();
      for (let index = 0; index < count; index++) started.push(await start());
      return (heapMiB() - before) / count;
    })),
  );
  found.push(
    ...(await attempt("lab.idle-cpu", async () => {
      await sleep(500);
      const begin = cpuMs();
      await sleep(5000);
      return (((cpuMs() - begin) / started.length) * 60) / 5;
    })),
  );
  for (const cluster of started) await close(cluster);
  return new Map(found);
}
