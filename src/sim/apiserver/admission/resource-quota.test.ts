import { expect, it } from "vitest";
import { Cluster } from "../../cluster";
import { nextUint32, seedRandom } from "../../kernel/random";
import { parseQuantity } from "../../kinds/quantity";

const CORE = "/api/v1/namespaces/default";
const STEPS = 120;

function post(cluster: Cluster, plural: string, kind: string, name: string, spec: any): any {
  const body = { apiVersion: "v1", kind, metadata: { name }, spec };
  return cluster.request({ method: "POST", path: `${CORE}/${plural}`, body }).body;
}

const quota = (cluster: Cluster, hard: Record<string, string>, more: any = {}) =>
  post(cluster, "resourcequotas", "ResourceQuota", "q", { hard, ...more });

const pod = (cluster: Cluster, name: string, resources: any = {}) =>
  post(cluster, "pods", "Pod", name, {
    containers: [{ name: "main", image: "registry.k8s.io/pause:3.10", resources }],
  });

const statusOf = (cluster: Cluster) => cluster.store.get("resourcequotas", "default", "q")!.status;

it("tells what was asked, what is used and what is allowed, of the resources that are exceeded", () => {
  const cluster = Cluster.create();
  quota(cluster, { pods: "5", "requests.cpu": "1", "limits.memory": "1Gi" });
  expect(pod(cluster, "a", { requests: { cpu: "600m" }, limits: { memory: "100Mi" } }).kind).toBe("Pod");
  expect(pod(cluster, "b", { requests: { cpu: "600m" }, limits: { memory: "1Gi" } })).toMatchObject({
    code: 403,
    message:
      'pods "b" is forbidden: exceeded quota: q, requested: limits.memory=1Gi,requests.cpu=600m, used: limits.memory=100Mi,requests.cpu=600m, limited: limits.memory=1Gi,requests.cpu=1',
  });
});

it("asks each container for what the quota limits", () => {
  const cluster = Cluster.create();
  quota(cluster, { cpu: "1", "limits.memory": "1Gi", "requests.ephemeral-storage": "1Gi" });
  expect(pod(cluster, "a").message).toBe(
    'pods "a" is forbidden: failed quota: q: must specify cpu for: main; limits.memory for: main',
  );
});

it("counts Services by their kind, on updates too", () => {
  const cluster = Cluster.create();
  quota(cluster, { services: "2", "services.nodeports": "1" });
  const ports = [
    { name: "a", port: 80 },
    { name: "b", port: 81 },
  ];
  post(cluster, "services", "Service", "s", { ports });
  const response = cluster.request({
    method: "PATCH",
    path: `${CORE}/services/s`,
    body: { spec: { type: "NodePort" } },
    headers: { "content-type": "application/merge-patch+json" },
  });
  expect((response.body as any).message).toBe(
    'services "s" is forbidden: exceeded quota: q, requested: services.nodeports=2, used: services.nodeports=0, limited: services.nodeports=1',
  );
});

it("speaks only of pods in its scopes, and books nothing on a dry run", () => {
  const cluster = Cluster.create();
  quota(cluster, { pods: "1" }, { scopes: ["BestEffort"] });
  expect(pod(cluster, "burstable", { requests: { cpu: "1m" } }).kind).toBe("Pod");
  expect(statusOf(cluster)?.used?.pods ?? "0").toBe("0");
  const body = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "dry" },
    spec: { containers: [{ name: "c", image: "i" }] },
  };
  cluster.request({ method: "POST", path: `${CORE}/pods?dryRun=All`, body });
  expect(pod(cluster, "a").kind).toBe("Pod");
  expect(pod(cluster, "b").message).toBe(
    'pods "b" is forbidden: exceeded quota: q, requested: pods=1, used: pods=1, limited: pods=1',
  );
});

it("gives back what objects that go had taken", () => {
  const cluster = Cluster.create();
  quota(cluster, { pods: "1", "count/pods": "1" });
  pod(cluster, "a");
  expect(statusOf(cluster)).toEqual({ hard: { pods: "1", "count/pods": "1" }, used: { pods: "1", "count/pods": "1" } });
  cluster.request({ method: "DELETE", path: `${CORE}/pods/a`, body: { gracePeriodSeconds: 0 } });
  cluster.advanceTo(cluster.nowMs + 5_000);
  expect(statusOf(cluster)!.used).toEqual({ pods: "0", "count/pods": "0" });
});

it.each(["a", "b", "c", "d"])("is never exceeded and never wrong at rest, whatever is done: walk %s", (seed) => {
  const cluster = Cluster.create({ seed });
  const random = seedRandom(seed);
  const draw = (below: number) => nextUint32(random) % below;
  const hard = { pods: "6", "requests.cpu": "1", "limits.memory": "2Gi", configmaps: "4" };
  quota(cluster, hard);
  const taken = () => {
    const pods = cluster.store
      .list("pods", "default")
      .filter(({ status }) => !/^(Succeeded|Failed)$/.test(status?.phase));
    const sum = (side: string, name: string) =>
      pods.reduce((all, { spec }) => all + parseQuantity(spec.containers[0].resources[side][name]).nanos, 0n);
    return {
      pods: BigInt(pods.length) * 1_000_000_000n,
      "requests.cpu": sum("requests", "cpu"),
      "limits.memory": sum("limits", "memory"),
      configmaps: BigInt(cluster.store.list("configmaps", "default").length) * 1_000_000_000n,
    };
  };
  for (let step = 0; step < STEPS; step++) {
    const name = `x${draw(12)}`;
    const resources = { requests: { cpu: `${draw(400)}m` }, limits: { memory: `${1 + draw(700)}Mi` } };
    const what = draw(4);
    if (what === 0)
      cluster.request({ method: "DELETE", path: `${CORE}/pods/${name}`, body: { gracePeriodSeconds: 0 } });
    if (what === 1) pod(cluster, name, resources);
    if (what === 2) post(cluster, "configmaps", "ConfigMap", name, undefined);
    if (what === 3) cluster.advanceTo(cluster.nowMs + draw(3_000));
    for (const [resource, amount] of Object.entries(taken()))
      expect(amount <= parseQuantity(hard[resource as keyof typeof hard]).nanos, `${resource} at ${step}`).toBe(true);
  }
  cluster.advanceTo(cluster.nowMs + 60_000);
  const { used } = statusOf(cluster)! as any;
  for (const [resource, amount] of Object.entries(taken())) expect(parseQuantity(used[resource]).nanos).toBe(amount);
});
