import { expect, test } from "vitest";
import { PAUSE, PODS_PATH, TestCluster } from "../controllers/testing";

const pod = (name: string, spec: Record<string, unknown> = {}, labels?: Record<string, string>) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, ...(labels && { labels }) },
  spec: { containers: [{ name: "main", image: PAUSE }], ...spec },
});
const asking = (cpu: string) => ({ containers: [{ name: "main", image: PAUSE, resources: { requests: { cpu } } }] });

function schedule(lab: TestCluster, ...pods: object[]): void {
  for (const one of pods) lab.request("POST", PODS_PATH, one);
  lab.settle(5000);
}
const nodeOf = (lab: TestCluster, name: string): string | undefined => lab.get("pods", name).spec.nodeName;
const failure = (lab: TestCluster, name: string): string | undefined =>
  lab.get("pods", name).status.conditions?.find((one: any) => one.type === "PodScheduled" && one.status === "False")
    ?.message;

const CONTROL_PLANE = "1 node(s) had untolerated taint {node-role.kubernetes.io/control-plane: }";

test.each([
  [
    "too much",
    asking("100"),
    `0/3 nodes are available: ${CONTROL_PLANE}, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.`,
  ],
  [
    "no such label",
    { nodeSelector: { disk: "ssd" } },
    `0/3 nodes are available: ${CONTROL_PLANE}, 2 node(s) didn't match Pod's node affinity/selector. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.`,
  ],
  [
    "affinity to nobody",
    {
      affinity: {
        podAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: [
            { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { app: "db" } } },
          ],
        },
      },
    },
    `0/3 nodes are available: ${CONTROL_PLANE}, 2 node(s) didn't match pod affinity rules. preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.`,
  ],
])("a pod that fits nowhere says why: %s", (_, spec, message) => {
  const lab = new TestCluster();
  schedule(lab, pod("web", spec));
  expect(nodeOf(lab, "web")).toBeUndefined();
  expect(failure(lab, "web")).toBe(message);
  expect(lab.events("Pod")).toEqual([`Warning FailedScheduling ${message}`]);
  expect(lab.cluster.nextEventMs()).toBeUndefined();
});

test("a pod that fits is bound, and says where", () => {
  const lab = new TestCluster();
  schedule(lab, pod("web", { nodeSelector: { "kubernetes.io/hostname": "node-2" } }));
  expect(nodeOf(lab, "web")).toBe("node-2");
  expect(lab.events("Pod")[0]).toBe("Normal Scheduled Successfully assigned default/web to node-2");
});

test("host ports, anti-affinity and spreading keep pods apart", () => {
  const lab = new TestCluster();
  const port = { containers: [{ name: "main", image: PAUSE, ports: [{ containerPort: 80, hostPort: 80 }] }] };
  schedule(lab, pod("a", port), pod("b", port), pod("c", port));
  expect([nodeOf(lab, "a"), nodeOf(lab, "b")].sort()).toEqual(["node-1", "node-2"]);
  expect(failure(lab, "c")).toContain("2 node(s) didn't have free ports for the requested pod ports.");
  const apart = {
    affinity: {
      podAntiAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: [
          { topologyKey: "kubernetes.io/hostname", labelSelector: { matchLabels: { app: "x" } } },
        ],
      },
    },
  };
  schedule(lab, pod("x1", apart, { app: "x" }), pod("x2", apart, { app: "x" }), pod("x3", apart, { app: "x" }));
  expect([nodeOf(lab, "x1"), nodeOf(lab, "x2")].sort()).toEqual(["node-1", "node-2"]);
  expect(failure(lab, "x3")).toContain("2 node(s) didn't match pod anti-affinity rules.");
  const spread = {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: "kubernetes.io/hostname",
        whenUnsatisfiable: "DoNotSchedule",
        labelSelector: { matchLabels: { app: "s" } },
        nodeTaintsPolicy: "Honor",
      },
    ],
  };
  schedule(lab, ...["s1", "s2", "s3", "s4"].map((name) => pod(name, spread, { app: "s" })));
  expect(["s1", "s2", "s3", "s4"].map((name) => nodeOf(lab, name)).sort()).toEqual([
    "node-1",
    "node-1",
    "node-2",
    "node-2",
  ]);
});

test("a waiting pod is tried again when the cluster changes", () => {
  const lab = new TestCluster();
  schedule(lab, pod("web", { nodeSelector: { disk: "ssd" } }));
  lab.request("PATCH", "/api/v1/nodes/node-1", { metadata: { labels: { disk: "ssd" } } });
  lab.settle(5000);
  expect(nodeOf(lab, "web")).toBe("node-1");

  schedule(lab, pod("big", asking("3")), pod("other", asking("3")), pod("late", asking("3")));
  expect(nodeOf(lab, "late")).toBeUndefined();
  lab.request("DELETE", `${PODS_PATH}/big`, { gracePeriodSeconds: 0 });
  lab.settle(15_000);
  expect(nodeOf(lab, "late")).toBeDefined();
});

test("gated pods and pods of other schedulers are left alone; cordoned nodes take nothing", () => {
  const lab = new TestCluster();
  schedule(lab, pod("gated", { schedulingGates: [{ name: "wait" }] }), pod("foreign", { schedulerName: "mine" }));
  expect([nodeOf(lab, "gated"), nodeOf(lab, "foreign")]).toEqual([undefined, undefined]);
  lab.request("PATCH", `${PODS_PATH}/gated`, { spec: { schedulingGates: [{ $patch: "delete", name: "wait" }] } });
  lab.settle(5000);
  expect(nodeOf(lab, "gated")).toBeDefined();
  for (const node of ["node-1", "node-2"])
    lab.request("PATCH", `/api/v1/nodes/${node}`, { spec: { unschedulable: true } });
  lab.settle(5000);
  expect(lab.get("nodes", "node-1", "").spec.taints).toMatchObject([
    { key: "node.kubernetes.io/unschedulable", effect: "NoSchedule" },
  ]);
  schedule(lab, pod("web"));
  expect(failure(lab, "web")).toContain("2 node(s) were unschedulable.");
});

test("without a scheduler pods stay pending, and go on when it is back", () => {
  const lab = new TestCluster();
  lab.cluster.apply({ kind: "fault", fault: { fault: "component-down", component: "kube-scheduler" } });
  schedule(lab, pod("web"));
  lab.pass(60_000);
  expect(nodeOf(lab, "web")).toBeUndefined();
  lab.cluster.apply({ kind: "fault", fault: { fault: "component-up", component: "kube-scheduler" } });
  lab.settle(5000);
  expect(nodeOf(lab, "web")).toBeDefined();
});
