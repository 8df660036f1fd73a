import { expect, test } from "vitest";
import { Cluster } from "./cluster";
import { mayBeWithout } from "./without";

function podIn(cluster: Cluster) {
  cluster.request({
    method: "POST",
    path: "/api/v1/namespaces/default/pods",
    body: { metadata: { name: "p" }, spec: { containers: [{ name: "c", image: "nginx:1.25" }] } },
  });
  cluster.advanceTo(cluster.nowMs + 60_000);
  const { spec, status } = cluster.store.get("pods", "default", "p") ?? { spec: {}, status: {} };
  return [spec.nodeName !== undefined, status?.phase, (spec.volumes ?? []).length];
}

test.each([
  [[], [true, "Running", 1]],
  [["scheduler"], [false, "Pending", 1]],
  [["kubelet"], [true, "Pending", 1]],
  [
    ["kubelet", "scheduler", "controller-manager", "ServiceAccount"],
    [false, "Pending", 0],
  ],
])("a cluster without %j", (without, expected) => {
  expect(podIn(Cluster.create({ seed: "without", without }))).toEqual(expected);
});

test("one controller alone may be left out", () => {
  const cluster = Cluster.create({ seed: "without", without: ["replicaset-controller"] });
  cluster.request({
    method: "POST",
    path: "/apis/apps/v1/namespaces/default/deployments",
    body: {
      metadata: { name: "web" },
      spec: {
        selector: { matchLabels: { app: "web" } },
        template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "c", image: "nginx" }] } },
      },
    },
  });
  cluster.advanceTo(cluster.nowMs + 10_000);
  const count = (resource: string) => cluster.store.list(resource, "default").length;
  expect([count("replicasets.apps"), count("pods")]).toEqual([1, 0]);
  expect(cluster.fork().hash()).toBe(cluster.hash());
});

test("names are upstream's", () => {
  expect(["deployment", "kube-scheduler", "ResourceQuota", "nobody"].map(mayBeWithout)).toEqual([
    true,
    true,
    true,
    false,
  ]);
});
