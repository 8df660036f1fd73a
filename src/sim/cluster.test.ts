import { expect, test } from "vitest";
import { Cluster } from "./cluster";

test("the same seed gives the same cluster", () => {
  expect(Cluster.create({ seed: "a" }).hash()).toBe(Cluster.create({ seed: "a" }).hash());
  expect(Cluster.create({ seed: "a" }).hash()).not.toBe(Cluster.create({ seed: "b" }).hash());
});

test("a restored cluster equals the one that was kept", () => {
  const cluster = Cluster.create();
  cluster.advanceTo(cluster.nowMs + 60_000);
  const copy = Cluster.restore(JSON.parse(JSON.stringify(cluster.snapshot())));
  expect(copy.hash()).toBe(cluster.hash());
  cluster.advanceTo(cluster.nowMs + 60_000);
  copy.advanceTo(copy.nowMs + 60_000);
  expect(copy.hash()).toBe(cluster.hash());
});

test("what happens in a fork leaves the original as it was", () => {
  const cluster = Cluster.create();
  const before = cluster.hash();
  const fork = cluster.fork();
  fork.request({
    method: "POST",
    path: "/api/v1/namespaces/default/configmaps",
    body: { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" }, data: { k: "v" } },
  });
  fork.advanceTo(fork.nowMs + 3_600_000);
  expect(fork.hash()).not.toBe(before);
  expect(cluster.hash()).toBe(before);
});

test("nothing is due in a cluster that nobody uses, and nothing when what was asked for runs", () => {
  const cluster = Cluster.create();
  expect(cluster.nextEventMs()).toBeUndefined();
  cluster.request({
    method: "POST",
    path: "/apis/apps/v1/namespaces/default/deployments",
    body: {
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { name: "web" },
      spec: {
        replicas: 2,
        selector: { matchLabels: { app: "web" } },
        template: {
          metadata: { labels: { app: "web" } },
          spec: { containers: [{ name: "web", image: "nginx:1.25" }] },
        },
      },
    },
  });
  for (let next = cluster.nextEventMs(); next !== undefined; next = cluster.nextEventMs()) cluster.advanceTo(next);
  expect(cluster.store.get("deployments.apps", "default", "web")?.status.readyReplicas).toBe(2);
});
