import { Agent, request as httpRequest } from "node:http";
import { serveCluster } from "@/server/kubeapi/serve";
import { Cluster } from "@/sim/cluster";
import { type Metric, medianMs } from "./metric";

const PODS = 5_000;
const OBJECTS = 500;
const WATCHES = 1_000;
const GETS = 200;
const LISTS = 5;
const PODS_PATH = "/api/v1/namespaces/default/pods";
const MAPS = "/api/v1/namespaces/default/configmaps";
const TABLE = "application/json;as=Table;v=v1;g=meta.k8s.io";
const APPLY = "application/apply-patch+yaml";

const pod = (name: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, labels: { app: "bench" } },
  spec: { schedulerName: "nobody", containers: [{ name: "web", image: "nginx:1.25" }] },
});

/** The API server as its clients meet it: in process and over HTTP. */
export async function apiMetrics(): Promise<Metric[]> {
  const cluster = Cluster.create({ seed: "bench" });
  for (let index = 0; index < PODS; index++)
    cluster.request({ method: "POST", path: PODS_PATH, body: pod(`web-${index}`) });
  const read = (path: string, accept = "application/json") => {
    const response = cluster.request({ method: "GET", path, headers: { accept } });
    if (response.status !== 200) throw new Error(JSON.stringify(response.body));
    return JSON.stringify(response.body);
  };
  const get = await medianMs(GETS, () => read(`${PODS_PATH}/web-7`));
  const list = await medianMs(LISTS, () => read(PODS_PATH));
  const table = await medianMs(LISTS, () => read(PODS_PATH, TABLE));
  return [
    { name: "api.get", unit: "ms", value: get },
    { name: "api.list-5000-pods", unit: "ms", value: list },
    { name: "api.table-5000-pods", unit: "ms", value: table },
    ...(await overHttp()),
  ];
}

async function overHttp(): Promise<Metric[]> {
  const served = await serveCluster({ port: 0, speed: 1, seed: "bench" });
  const agent = new Agent({ keepAlive: true, maxSockets: WATCHES + 1 });
  const ask = (method: string, path: string, body?: object) =>
    new Promise<void>((resolve, reject) => {
      const headers = body ? { "content-type": APPLY } : {};
      const request = httpRequest(`${served.url}${path}`, { method, agent, headers }, (response) => {
        response.resume();
        if (response.statusCode! >= 400) reject(new Error(`${method} ${path}: ${response.statusCode}`));
        response.on("end", resolve);
      });
      request.on("error", reject);
      request.end(body && JSON.stringify(body));
    });
  try {
    const get = await medianMs(GETS, () => ask("GET", "/api/v1/namespaces/default"));
    const begun = performance.now();
    for (let index = 0; index < OBJECTS; index++) {
      const name = `map-${index}`;
      const body = { apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data: { a: "b" } };
      await ask("PATCH", `${MAPS}/${name}?fieldManager=bench&force=true`, body);
    }
    const apply = performance.now() - begun;
    const { tell, end } = await openWatches(served.url);
    const changed = performance.now();
    await Promise.all([
      tell,
      ask("PATCH", `${MAPS}/seen?fieldManager=bench`, {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "seen" },
      }),
    ]);
    const told = performance.now() - changed;
    end();
    return [
      { name: "api.http-get", unit: "ms", value: get },
      { name: "api.apply-500", unit: "ms", value: apply },
      { name: "api.tell-1000-watches", unit: "ms", value: told },
      { name: "api.peak-memory", unit: "MiB", value: process.resourceUsage().maxRSS / 1024 },
    ];
  } finally {
    agent.destroy();
    await served.close();
  }
}

/** Watches of one object that is not there yet; `tell` is fulfilled when all of them have heard of it. */
async function openWatches(url: string): Promise<{ tell: Promise<unknown>; end(): void }> {
  const agent = new Agent({ maxSockets: WATCHES });
  const path = `${MAPS}?watch=true&fieldSelector=metadata.name%3Dseen`;
  const opened = await Promise.all(
    Array.from(
      { length: WATCHES },
      () =>
        new Promise<{ heard: Promise<void>; end(): void }>((resolve, reject) => {
          const request = httpRequest(`${url}${path}`, { agent }, (response) => {
            const heard = new Promise<void>((done) => response.once("data", () => done()));
            response.on("error", () => {});
            resolve({ heard, end: () => request.destroy() });
          });
          request.on("error", reject);
          request.end();
        }),
    ),
  );
  return {
    tell: Promise.all(opened.map(({ heard }) => heard)),
    end: () => {
      for (const { end } of opened) end();
    },
  };
}
