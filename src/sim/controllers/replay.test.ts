import { expect, test } from "vitest";
import { Cluster } from "../cluster";
import { DEPLOYMENTS_PATH, deployment, NEWER_PAUSE, SERVICES_PATH, TestCluster } from "./testing";

/** In the midst of a rollout with a Service in front and a node that has just gone. */
function busy(): TestCluster {
  const lab = new TestCluster();
  lab.request("POST", SERVICES_PATH, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] },
  });
  lab.request("POST", DEPLOYMENTS_PATH, deployment("web", { replicas: 12 }));
  lab.settle();
  lab.request("PATCH", `${DEPLOYMENTS_PATH}/web`, {
    spec: { template: { spec: { containers: [{ name: "main", image: NEWER_PAUSE }] } } },
  });
  lab.pass(1500);
  lab.cluster.apply({ kind: "fault", fault: { fault: "node-down", node: "node-2" } });
  lab.pass(500);
  return lab;
}

test("a restored or forked cluster goes on as the original does", () => {
  const { cluster } = busy();
  const until = cluster.nowMs + 500_000;
  const restored = Cluster.restore(JSON.parse(JSON.stringify(cluster.snapshot())));
  const forked = cluster.fork();
  const before = cluster.hash();
  restored.advanceTo(until);
  forked.advanceTo(until);
  expect(cluster.hash()).toBe(before);
  cluster.advanceTo(until);
  expect([restored.hash(), forked.hash()]).toEqual([cluster.hash(), cluster.hash()]);
});
