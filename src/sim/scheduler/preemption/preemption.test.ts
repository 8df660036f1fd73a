import { expect, test } from "vitest";
import { PAUSE, PODS_PATH, TestCluster } from "../../controllers/testing";

const asking = (name: string, cpu: string, more: Record<string, unknown> = {}, labels?: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, ...(labels && { labels }) },
  spec: { containers: [{ name: "main", image: PAUSE, resources: { requests: { cpu } } }], ...more },
});
const critical = { priorityClassName: "system-cluster-critical" };
const on = (node: string) => ({ nodeSelector: { "kubernetes.io/hostname": node } });

function schedule(lab: TestCluster, ...pods: object[]): void {
  for (const one of pods) {
    lab.request("POST", PODS_PATH, one);
    lab.pass(1000);
  }
}
const nodeOf = (lab: TestCluster, name: string): string | undefined => lab.get("pods", name).spec.nodeName;
const names = (lab: TestCluster) => lab.list("pods").map(({ metadata }) => metadata.name);
const eventsOf = (lab: TestCluster, reason: string) =>
  lab.events("Pod").filter((event) => event.split(" ")[1] === reason);

const CONTROL_PLANE = "1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }";

test("a critical pod takes the place of the least important one, which is told why", () => {
  const lab = new TestCluster();
  const since = lab.resourceVersion;
  schedule(lab, asking("old", "3", on("node-1")), asking("new", "3", on("node-2")), asking("vip", "3", critical));
  // Equal in priority: the one that has run for less time goes.
  const vip = lab.get("pods", "vip");
  expect(vip.status.nominatedNodeName).toBe("node-2");
  expect(eventsOf(lab, "FailedScheduling")).toEqual([
    `Warning FailedScheduling 0/3 nodes are available: ${CONTROL_PLANE}, 2 Insufficient cpu.`,
  ]);
  expect(eventsOf(lab, "Preempted")).toEqual([`Normal Preempted Preempted by pod ${vip.metadata.uid} on node node-2`]);
  const last = lab
    .actions(since, ["pods"])
    .findLast(({ type, object }) => type === "DELETED" && object.metadata.name === "new");
  expect(last?.object.status.conditions.find((one: any) => one.type === "DisruptionTarget")).toMatchObject({
    status: "True",
    reason: "PreemptionByScheduler",
    message: "default-scheduler: preempting to accommodate a higher priority pod",
  });
  lab.settle();
  expect(names(lab)).toEqual(["old", "vip"]);
  expect(nodeOf(lab, "vip")).toBe("node-2");
});

test("no more pods go than have to, and the smallest harm is chosen", () => {
  const lab = new TestCluster();
  schedule(
    lab,
    ...["a", "b", "c"].map((name) => asking(name, "1", on("node-1"))),
    asking("whole", "3", { ...on("node-2"), priorityClassName: "system-cluster-critical" }),
    asking("vip", "2", { priorityClassName: "system-node-critical" }),
  );
  lab.settle();
  // Two of three small ones, the youngest; the critical one on the other node would have been a greater loss.
  expect(names(lab)).toEqual(["a", "vip", "whole"]);
  expect(nodeOf(lab, "vip")).toBe("node-1");
});

test("a budget protects its pods where others can go", () => {
  const lab = new TestCluster();
  lab.request("POST", "/apis/policy/v1/namespaces/default/poddisruptionbudgets", {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: { name: "db" },
    spec: { minAvailable: 1, selector: { matchLabels: { app: "db" } } },
  });
  schedule(
    lab,
    asking("other", "3", on("node-1")),
    asking("db", "3", on("node-2"), { app: "db" }),
    asking("vip", "3", critical),
  );
  lab.settle();
  expect(names(lab)).toEqual(["db", "vip"]);
});

test("who may not preempt says so, and others find that nobody is less important", () => {
  const lab = new TestCluster();
  lab.request("POST", "/apis/scheduling.k8s.io/v1/priorityclasses", {
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name: "polite" },
    value: 1_000_000,
    preemptionPolicy: "Never",
  });
  schedule(
    lab,
    asking("one", "3", on("node-1")),
    asking("two", "3", on("node-2")),
    asking("polite", "3", { priorityClassName: "polite" }),
    asking("equal", "3"),
    asking("huge", "64", critical),
  );
  const refused = `0/3 nodes are available: ${CONTROL_PLANE}, 2 Insufficient cpu. preemption:`;
  expect(eventsOf(lab, "FailedScheduling")).toEqual([
    `Warning FailedScheduling ${refused} not eligible due to preemptionPolicy=Never.`,
    `Warning FailedScheduling ${refused} 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.`,
    `Warning FailedScheduling ${refused} 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 Insufficient cpu.`,
  ]);
  expect(names(lab)).toEqual(["equal", "huge", "one", "polite", "two"]);
});

test("the room that was made is kept from lesser pods", () => {
  const lab = new TestCluster();
  lab.request("PATCH", "/api/v1/nodes/node-2", { spec: { unschedulable: true } });
  schedule(lab, asking("old", "3"), asking("vip", "3", critical));
  expect(lab.get("pods", "vip").status.nominatedNodeName ?? nodeOf(lab, "vip")).toBe("node-1");
  schedule(lab, asking("late", "3"));
  lab.settle();
  expect(names(lab)).toEqual(["late", "vip"]);
  expect([nodeOf(lab, "vip"), nodeOf(lab, "late")]).toEqual(["node-1", undefined]);
});

test("pods that name their node are not looked at elsewhere", () => {
  const lab = new TestCluster();
  const pinned = {
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: ["node-1"] }] }],
        },
      },
    },
  };
  schedule(lab, asking("daemon", "64", pinned));
  expect(eventsOf(lab, "FailedScheduling")).toEqual([
    "Warning FailedScheduling 0/3 nodes are available: 1 Insufficient cpu, 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/3 nodes are available: 1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling.",
  ]);
});
