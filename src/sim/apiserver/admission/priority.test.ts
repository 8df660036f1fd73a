import { expect, it } from "vitest";
import { Cluster } from "../../cluster";

const CLASSES = "/apis/scheduling.k8s.io/v1/priorityclasses";

function priorityClass(cluster: Cluster, name: string, value: number, more: any = {}): any {
  const body = { apiVersion: "scheduling.k8s.io/v1", kind: "PriorityClass", metadata: { name }, value, ...more };
  return cluster.request({ method: "POST", path: CLASSES, body }).body;
}

function pod(cluster: Cluster, name: string, more: any = {}): any {
  const spec = { containers: [{ name: "c", image: "nginx" }], ...more };
  const body = { apiVersion: "v1", kind: "Pod", metadata: { name }, spec };
  return cluster.request({ method: "POST", path: "/api/v1/namespaces/default/pods", body }).body;
}

it("begins with the two classes of the system, whose names are reserved", () => {
  const cluster = Cluster.create();
  const known = cluster.store
    .list("priorityclasses.scheduling.k8s.io")
    .map(({ metadata, value }) => [metadata.name, value]);
  expect(new Map(known as [string, number][])).toEqual(
    new Map([
      ["system-cluster-critical", 2_000_000_000],
      ["system-node-critical", 2_000_001_000],
    ]),
  );
  expect(priorityClass(cluster, "system-mine", 5).message).toBe(
    "PriorityClass.scheduling.k8s.io \"system-mine\" is invalid: metadata.name: Forbidden: priority class names with 'system-' prefix are reserved for system use only. error: system-mine is not a known system priority class",
  );
});

it("gives pods the priority of their class, of the default class, or none", () => {
  const cluster = Cluster.create();
  expect(pod(cluster, "before").spec).toMatchObject({ priority: 0, preemptionPolicy: "PreemptLowerPriority" });
  priorityClass(cluster, "high", 1000, { preemptionPolicy: "Never" });
  priorityClass(cluster, "usual", 10, { globalDefault: true });
  expect(pod(cluster, "high", { priorityClassName: "high" }).spec).toMatchObject({
    priority: 1000,
    preemptionPolicy: "Never",
  });
  expect(pod(cluster, "after").spec).toMatchObject({ priority: 10, priorityClassName: "usual" });
  expect(pod(cluster, "lost", { priorityClassName: "lost" }).message).toBe(
    'pods "lost" is forbidden: no PriorityClass with name lost was found',
  );
  expect(priorityClass(cluster, "second", 10, { globalDefault: true }).message).toBe(
    'priorityclasses.scheduling.k8s.io "second" is forbidden: PriorityClass usual is already marked as default. Only one default can exist',
  );
});
