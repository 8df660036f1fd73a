import { expect, it } from "vitest";
import { Cluster } from "../../cluster";

const CORE = "/api/v1/namespaces/default";

function post(cluster: Cluster, plural: string, kind: string, name: string, spec: any): any {
  const body = { apiVersion: "v1", kind, metadata: { name }, spec };
  return cluster.request({ method: "POST", path: `${CORE}/${plural}`, body }).body;
}

function bounded(...limits: any[]): Cluster {
  const cluster = Cluster.create();
  post(cluster, "limitranges", "LimitRange", "bounds", { limits });
  return cluster;
}

const pod = (cluster: Cluster, resources: any, more: any = {}) =>
  post(cluster, "pods", "Pod", "p", { containers: [{ name: "main", image: "nginx", resources }], ...more });

it("fills in what containers leave out, and says so in an annotation", () => {
  const cluster = bounded({
    type: "Container",
    default: { cpu: "200m", memory: "1Gi" },
    defaultRequest: { cpu: "100m" },
  });
  const created = pod(
    cluster,
    { requests: { memory: "1Mi" } },
    { initContainers: [{ name: "first", image: "busybox" }] },
  );
  expect(created.metadata.annotations).toEqual({
    "kubernetes.io/limit-ranger":
      "LimitRanger plugin set: cpu request for container main; cpu, memory limit for container main; cpu, memory request for init container first; cpu, memory limit for init container first",
  });
  expect(created.spec.containers[0].resources).toEqual({
    limits: { cpu: "200m", memory: "1Gi" },
    requests: { cpu: "100m", memory: "1Mi" },
  });
});

it.each([
  [{ min: { cpu: "50m" } }, { limits: { cpu: "20m" } }, "minimum cpu usage per Container is 50m, but request is 20m"],
  [
    { max: { memory: "1Gi" } },
    { limits: { memory: "2Gi" } },
    "maximum memory usage per Container is 1Gi, but limit is 2Gi",
  ],
  [
    { maxLimitRequestRatio: { cpu: "4" } },
    { requests: { cpu: "100m" }, limits: { cpu: "900m" } },
    "cpu max limit to request ratio per Container is 4, but provided ratio is 9.000000",
  ],
  [
    { maxLimitRequestRatio: { cpu: "4" } },
    {},
    "cpu max limit to request ratio per Container is 4, but no request is specified or request is 0",
  ],
])("refuses containers out of bounds: %j %j", (bounds, resources, why) => {
  const cluster = bounded({ type: "Container", ...bounds });
  expect(pod(cluster, resources).message).toBe(`pods "p" is forbidden: ${why}`);
});

it("adds up the containers of a pod, and tells several complaints in brackets", () => {
  const cluster = bounded({ type: "Pod", max: { cpu: "1" }, min: { cpu: "100m", memory: "1Mi" } });
  const two = {
    containers: ["a", "b"].map((name) => ({ name, image: "nginx", resources: { limits: { cpu: "600m" } } })),
  };
  expect(post(cluster, "pods", "Pod", "p", two)).toMatchObject({
    code: 403,
    reason: "Forbidden",
    message:
      'pods "p" is forbidden: [minimum memory usage per Pod is 1Mi.  No request is specified, maximum cpu usage per Pod is 1, but limit is 1200m]',
  });
});
