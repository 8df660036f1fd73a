import { expect, test } from "vitest";
import { DEPLOYMENTS_PATH, deployment, PODS_PATH, TestCluster } from "../testing";

const PATH = "/apis/policy/v1/namespaces/default/poddisruptionbudgets";
const budget = (spec: Record<string, unknown>) => ({
  apiVersion: "policy/v1",
  kind: "PodDisruptionBudget",
  metadata: { name: "web" },
  spec: { selector: { matchLabels: { app: "web" } }, ...spec },
});

function settled(spec: Record<string, unknown>): TestCluster {
  const lab = new TestCluster();
  lab.request("POST", DEPLOYMENTS_PATH, deployment("web"));
  lab.request("POST", PATH, budget(spec));
  lab.settle();
  return lab;
}

const evict = (lab: TestCluster, name: string) =>
  lab.cluster.request({
    method: "POST",
    path: `${PODS_PATH}/${name}/eviction`,
    body: { apiVersion: "policy/v1", kind: "Eviction", metadata: { name } },
  });

test.each([
  [{ minAvailable: 2 }, 1, 2, 3],
  [{ minAvailable: 3 }, 0, 3, 3],
  [{ minAvailable: "50%" }, 1, 2, 3],
  [{ maxUnavailable: 1 }, 1, 2, 3],
  [{ maxUnavailable: "100%" }, 3, 0, 3],
])("with %j of three pods so many may go", (spec, disruptionsAllowed, desiredHealthy, expectedPods) => {
  const lab = settled(spec);
  const isAllowed = disruptionsAllowed > 0;
  expect(lab.get("poddisruptionbudgets.policy", "web").status).toEqual({
    conditions: [
      {
        type: "DisruptionAllowed",
        status: isAllowed ? "True" : "False",
        reason: isAllowed ? "SufficientPods" : "InsufficientPods",
        message: "",
        observedGeneration: 1,
        lastTransitionTime: expect.any(String),
      },
    ],
    currentHealthy: 3,
    desiredHealthy,
    disruptionsAllowed,
    expectedPods,
    observedGeneration: 1,
  });
});

test("an eviction takes from the budget; the next is refused with its cause until a new pod is ready", () => {
  const lab = settled({ minAvailable: 2 });
  const [first, second] = lab.list("pods").map(({ metadata }) => metadata.name) as [string, string];
  expect(evict(lab, first)).toMatchObject({ status: 201, body: { status: "Success" } });
  expect(lab.get("pods", first).status.conditions.at(-1)).toMatchObject({
    type: "DisruptionTarget",
    status: "True",
    reason: "EvictionByEvictionAPI",
    message: "Eviction API: evicting",
  });
  lab.pass(50);
  expect(evict(lab, second)).toMatchObject({
    status: 429,
    body: {
      kind: "Status",
      status: "Failure",
      reason: "TooManyRequests",
      code: 429,
      message: "Cannot evict pod as it would violate the pod's disruption budget.",
      details: {
        causes: [
          { reason: "DisruptionBudget", message: "The disruption budget web needs 2 healthy pods and has 2 currently" },
        ],
      },
    },
  });
  lab.settle();
  expect(evict(lab, second).status).toBe(201);
});

test("a budget that its controller has not seen yet grants nothing", () => {
  const lab = new TestCluster();
  lab.request("POST", DEPLOYMENTS_PATH, deployment("web"));
  lab.settle();
  lab.request("POST", PATH, budget({ minAvailable: 1 }));
  const [pod] = lab.list("pods");
  expect(evict(lab, pod!.metadata.name)).toMatchObject({
    status: 429,
    body: {
      details: {
        causes: [{ message: "The disruption budget web is still being processed by the server." }],
        retryAfterSeconds: 10,
      },
    },
  });
});

test("two budgets over one pod are too many", () => {
  const lab = settled({ minAvailable: 1 });
  lab.request("POST", PATH, { ...budget({ minAvailable: 1 }), metadata: { name: "other" } });
  lab.settle();
  const [pod] = lab.list("pods");
  expect(evict(lab, pod!.metadata.name)).toMatchObject({
    status: 500,
    body: {
      message: "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.",
    },
  });
});

test("a budget without pods says so", () => {
  const lab = new TestCluster();
  lab.request("POST", PATH, budget({ minAvailable: 1 }));
  lab.settle();
  expect(lab.events("PodDisruptionBudget")[0]).toBe("Normal NoPods No matching pods found");
});
