import { describe, expect, test } from "vitest";
import { NEWER_PAUSE, PAUSE, TestCluster } from "../testing";

const PATH = "/apis/apps/v1/namespaces/default/daemonsets";
const agent = (spec: Record<string, unknown> = {}, pod: Record<string, unknown> = {}) => ({
  apiVersion: "apps/v1",
  kind: "DaemonSet",
  metadata: { name: "agent" },
  spec: {
    selector: { matchLabels: { app: "agent" } },
    template: {
      metadata: { labels: { app: "agent" } },
      spec: { containers: [{ name: "main", image: PAUSE }], ...pod },
    },
    ...spec,
  },
});

const status = (lab: TestCluster, name = "agent", namespace = "default") =>
  lab.get("daemonsets.apps", name, namespace).status;
const placed = (lab: TestCluster) =>
  lab
    .list("pods")
    .map(({ spec, metadata }) => `${spec.nodeName} ${metadata.labels!["pod-template-generation"]}`)
    .sort();
const setImage = (lab: TestCluster, image: string) =>
  lab.request("PATCH", `${PATH}/agent`, { spec: { template: { spec: { containers: [{ name: "main", image }] } } } });

const isReady = (pod: any) => pod.status?.conditions?.some((one: any) => one.type === "Ready" && one.status === "True");

/** What became of the pods since then, each with the generation of its template. */
const steps = (lab: TestCluster, since: number): string[] =>
  lab.actions(since, ["pods"]).flatMap(({ type, object, previous }) => {
    const generation = object.metadata.labels!["pod-template-generation"];
    if (type === "ADDED") return [`ADDED ${generation}`];
    if (type === "DELETED") return [];
    if (object.metadata.deletionTimestamp && !previous!.metadata.deletionTimestamp) return [`GOING ${generation}`];
    return isReady(object) && !isReady(previous) ? [`READY ${generation}`] : [];
  });

describe("a DaemonSet", () => {
  test("has a pod on every node that its pods tolerate, bound by the scheduler", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, agent());
    lab.settle();
    expect(placed(lab)).toEqual(["node-1 1", "node-2 1"]);
    expect(status(lab)).toEqual({
      currentNumberScheduled: 2,
      desiredNumberScheduled: 2,
      numberAvailable: 2,
      numberMisscheduled: 0,
      numberReady: 2,
      observedGeneration: 1,
      updatedNumberScheduled: 2,
    });
    expect(lab.events("DaemonSet")).toEqual(
      lab.list("pods").map(() => expect.stringContaining("Normal SuccessfulCreate Created pod: agent-")),
    );
    const [pod] = lab.list("pods");
    expect(pod!.spec.affinity).toEqual({
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [
            { matchFields: [{ key: "metadata.name", operator: "In", values: [pod!.spec.nodeName] }] },
          ],
        },
      },
    });
    expect(pod!.spec.tolerations.map(({ key, effect }: any) => `${key}:${effect}`)).toEqual([
      "node.kubernetes.io/not-ready:NoExecute",
      "node.kubernetes.io/unreachable:NoExecute",
      "node.kubernetes.io/disk-pressure:NoSchedule",
      "node.kubernetes.io/memory-pressure:NoSchedule",
      "node.kubernetes.io/pid-pressure:NoSchedule",
      "node.kubernetes.io/unschedulable:NoSchedule",
    ]);
  });

  test("runs on cordoned nodes, leaves nodes that are tainted against it, and comes when a label lets it", () => {
    const lab = new TestCluster();
    lab.request("PATCH", "/api/v1/nodes/node-1", { spec: { unschedulable: true } });
    lab.request("POST", PATH, agent({}, { nodeSelector: { disk: "ssd" } }));
    lab.settle();
    expect(status(lab)).toEqual({
      currentNumberScheduled: 0,
      desiredNumberScheduled: 0,
      numberMisscheduled: 0,
      numberReady: 0,
      observedGeneration: 1,
    });
    lab.request("PATCH", "/api/v1/nodes/node-1", { metadata: { labels: { disk: "ssd" } } });
    lab.settle();
    expect(placed(lab)).toEqual(["node-1 1"]);
    const taints = [{ key: "gpu", effect: "NoSchedule" }];
    lab.request("PATCH", "/api/v1/nodes/node-1", { spec: { taints } });
    lab.settle();
    expect(status(lab)).toMatchObject({ desiredNumberScheduled: 0, numberMisscheduled: 1 });
    lab.request("PATCH", "/api/v1/nodes/node-1", { metadata: { labels: { disk: null } } });
    lab.settle();
    expect(placed(lab)).toEqual([]);
    expect(lab.events("DaemonSet").map((event) => event.split(" ").slice(0, 2).join(" "))).toEqual([
      "Normal SuccessfulCreate",
      "Normal SuccessfulDelete",
    ]);
  });

  test("replaces node by node, as many at a time as may be unavailable", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, agent());
    lab.settle();
    const since = lab.resourceVersion;
    setImage(lab, NEWER_PAUSE);
    lab.settle();
    expect(placed(lab)).toEqual(["node-1 2", "node-2 2"]);
    expect(steps(lab, since)).toEqual(["GOING 1", "ADDED 2", "READY 2", "GOING 1", "ADDED 2", "READY 2"]);
    expect(status(lab)).toMatchObject({ observedGeneration: 2, updatedNumberScheduled: 2, numberAvailable: 2 });
    const revisions = lab
      .list("controllerrevisions.apps")
      .map(({ revision, data }: any) => [
        revision,
        data.spec.template.spec.containers[0].image,
        data.spec.template.$patch,
      ]);
    expect(revisions.sort()).toEqual([
      [1, PAUSE, "replace"],
      [2, NEWER_PAUSE, "replace"],
    ]);
  });

  test("surges: the old pod goes when the new one is available", () => {
    const lab = new TestCluster();
    const rollingUpdate = { maxSurge: 1, maxUnavailable: 0 };
    lab.request("POST", PATH, agent({ updateStrategy: { type: "RollingUpdate", rollingUpdate } }));
    lab.settle();
    const since = lab.resourceVersion;
    setImage(lab, NEWER_PAUSE);
    lab.settle();
    expect(placed(lab)).toEqual(["node-1 2", "node-2 2"]);
    expect(steps(lab, since)).toEqual(["ADDED 2", "READY 2", "GOING 1", "ADDED 2", "READY 2", "GOING 1"]);
  });

  test("waits for its pods to be deleted with OnDelete", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, agent({ updateStrategy: { type: "OnDelete" } }));
    lab.settle();
    setImage(lab, NEWER_PAUSE);
    lab.settle();
    expect(placed(lab)).toEqual(["node-1 1", "node-2 1"]);
    expect(status(lab).updatedNumberScheduled).toBeUndefined();
    const first = lab.list("pods").find(({ spec }) => spec.nodeName === "node-1")!;
    lab.request("DELETE", `/api/v1/namespaces/default/pods/${first.metadata.name}`);
    lab.settle();
    expect(placed(lab)).toEqual(["node-1 2", "node-2 1"]);
    expect(status(lab)).toMatchObject({ updatedNumberScheduled: 1, numberAvailable: 2 });
  });

  test("a rollout to what does not start stops at the first node", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, agent());
    lab.settle();
    setImage(lab, "registry.k8s.io/pause:none");
    lab.settle(60_000);
    expect(placed(lab)).toHaveLength(2);
    expect(status(lab)).toMatchObject({ numberAvailable: 1, numberUnavailable: 1, updatedNumberScheduled: 1 });
  });

  test("goes back to an old template under the old revision, with the highest number", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, agent());
    lab.settle();
    const name = lab.list("controllerrevisions.apps")[0]!.metadata.name;
    setImage(lab, NEWER_PAUSE);
    lab.settle();
    setImage(lab, PAUSE);
    lab.settle();
    expect((lab.get("controllerrevisions.apps", name) as any).revision).toBe(3);
    expect(lab.list("controllerrevisions.apps")).toHaveLength(2);
  });

  test("keeps as many revisions as its limit says", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, agent({ revisionHistoryLimit: 1 }));
    for (const command of ["a", "b", "c"]) {
      lab.settle();
      const containers = [{ name: "main", env: [{ name: "V", value: command }] }];
      lab.request("PATCH", `${PATH}/agent`, { spec: { template: { spec: { containers } } } });
    }
    lab.settle();
    expect(
      lab
        .list("controllerrevisions.apps")
        .map(({ revision }: any) => revision)
        .sort(),
    ).toEqual([3, 4]);
  });

  test("replaces pods that have failed, and waits longer each time", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, agent({}, { nodeSelector: { "kubernetes.io/hostname": "node-1" } }));
    lab.settle();
    const [pod] = lab.list("pods");
    lab.request("PATCH", `/api/v1/namespaces/default/pods/${pod!.metadata.name}/status`, {
      status: { phase: "Failed" },
    });
    lab.settle();
    expect(lab.list("pods")[0]!.metadata.uid).not.toBe(pod!.metadata.uid);
    expect(lab.events("DaemonSet")).toContainEqual(
      `Warning FailedDaemonPod Found failed daemon pod default/${pod!.metadata.name} on node node-1, will try to kill it`,
    );
  });

  test("its pods and revisions go with it", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, agent());
    lab.settle();
    lab.request("DELETE", `${PATH}/agent`, { propagationPolicy: "Background" });
    lab.settle();
    expect([...lab.list("pods"), ...lab.list("controllerrevisions.apps")]).toEqual([]);
  });
});

test("the agents of the nodes are there from the start, and their DaemonSets know", () => {
  const lab = new TestCluster();
  for (const name of ["kube-proxy", "kindnet"]) {
    expect(status(lab, name, "kube-system")).toEqual({
      currentNumberScheduled: 3,
      desiredNumberScheduled: 3,
      numberAvailable: 3,
      numberMisscheduled: 0,
      numberReady: 3,
      observedGeneration: 1,
      updatedNumberScheduled: 3,
    });
  }
  const hashes = lab
    .list("controllerrevisions.apps", "kube-system")
    .map(({ metadata }) => metadata.labels!["controller-revision-hash"]);
  const pods = lab.list("pods", "kube-system").filter(({ metadata }) => metadata.labels!["pod-template-generation"]);
  expect(new Set(pods.map(({ metadata }) => metadata.labels!["controller-revision-hash"]))).toEqual(new Set(hashes));
});
