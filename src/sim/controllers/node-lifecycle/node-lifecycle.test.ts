import { expect, test } from "vitest";
import { DEPLOYMENTS_PATH, deployment, SERVICES_PATH, TestCluster } from "../testing";

function start(): TestCluster {
  const lab = new TestCluster();
  lab.request("POST", SERVICES_PATH, {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "web" },
    spec: { selector: { app: "web" }, ports: [{ port: 80 }] },
  });
  lab.request("POST", DEPLOYMENTS_PATH, deployment("web", { replicas: 4 }));
  lab.settle();
  return lab;
}
const fault = (lab: TestCluster, kind: "node-down" | "node-up" | "kubelet-down" | "kubelet-up") =>
  lab.cluster.apply({ kind: "fault", fault: { fault: kind, node: "node-1" } });
const ready = (lab: TestCluster) => {
  const { status, reason, message } = lab
    .get("nodes", "node-1", "")
    .status.conditions.find(({ type }: any) => type === "Ready");
  return `${status} ${reason} ${message}`;
};
const taints = (lab: TestCluster): string[] =>
  (lab.get("nodes", "node-1", "").spec.taints ?? []).map(({ key, effect }: any) => `${key}:${effect}`);
const podsOn = (lab: TestCluster, node: string) => lab.list("pods").filter(({ spec }) => spec.nodeName === node);

test("a silent node is noticed fifty seconds after its last heartbeat, and evacuated after five minutes more", () => {
  const lab = start();
  const { nowMs } = lab.cluster;
  const path = "/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/node-1";
  const lastMs = Date.parse((lab.cluster.request({ method: "GET", path }).body as any).spec.renewTime);
  fault(lab, "node-down");
  lab.pass(lastMs + 50_000 - nowMs - 1000);
  expect(ready(lab)).toBe("True KubeletReady kubelet is posting ready status");
  // The controller looks every five seconds.
  lab.pass(6000);
  expect(ready(lab)).toBe("Unknown NodeStatusUnknown Kubelet stopped posting node status.");
  expect(taints(lab)).toEqual([
    "node.kubernetes.io/unreachable:NoSchedule",
    "node.kubernetes.io/unreachable:NoExecute",
  ]);
  expect(lab.get("endpoints", "web").subsets).toMatchObject([
    {
      addresses: [{ nodeName: "node-2" }, { nodeName: "node-2" }],
      notReadyAddresses: [{ nodeName: "node-1" }, { nodeName: "node-1" }],
    },
  ]);
  expect(lab.get("deployments.apps", "web").status).toMatchObject({
    replicas: 4,
    availableReplicas: 2,
    unavailableReplicas: 2,
  });
  lab.pass(285_000);
  expect(podsOn(lab, "node-1").every(({ metadata }) => !metadata.deletionTimestamp)).toBe(true);
  lab.pass(30_000);
  // They go on being there, terminating: nobody can say that their containers have ended.
  expect(podsOn(lab, "node-1").map(({ metadata }) => Boolean(metadata.deletionTimestamp))).toEqual([true, true]);
  expect(podsOn(lab, "node-2").length).toBe(4);
  expect(lab.get("deployments.apps", "web").status).toMatchObject({ availableReplicas: 4 });
  const daemons = lab.list("pods", "kube-system").filter(({ spec }) => spec.nodeName === "node-1" && spec.hostNetwork);
  expect(daemons.every(({ metadata }) => !metadata.deletionTimestamp)).toBe(true);
});

test("a node that comes back is ready again, and finishes what it had to", () => {
  const lab = start();
  fault(lab, "node-down");
  lab.pass(400_000);
  fault(lab, "node-up");
  lab.settle(60_000);
  expect(ready(lab)).toBe("True KubeletReady kubelet is posting ready status");
  expect(taints(lab)).toEqual([]);
  expect(podsOn(lab, "node-1")).toEqual([]);
  expect(lab.cluster.nextEventMs()).toBeUndefined();
});

test("without its kubelet a node's containers go on; a short silence is not noticed", () => {
  const lab = start();
  fault(lab, "kubelet-down");
  lab.pass(20_000);
  fault(lab, "kubelet-up");
  lab.pass(120_000);
  expect(ready(lab)).toMatch(/^True/);
  expect(lab.get("deployments.apps", "web").status).toMatchObject({ availableReplicas: 4 });
  fault(lab, "kubelet-down");
  lab.pass(60_000);
  expect(ready(lab)).toMatch(/^Unknown/);
  fault(lab, "kubelet-up");
  lab.settle(60_000);
  expect(lab.get("deployments.apps", "web").status).toMatchObject({ availableReplicas: 4 });
});

test("pods of a node that was deleted are given up", () => {
  const lab = start();
  lab.request("DELETE", "/api/v1/nodes/node-1");
  lab.settle(120_000);
  expect(podsOn(lab, "node-1")).toEqual([]);
  expect(podsOn(lab, "node-2").length).toBe(4);
});
