import { expect, test } from "vitest";
import { DEPLOYMENTS_PATH, deployment, NEWER_PAUSE, PAUSE, PODS_PATH, TestCluster } from "../testing";

const WEB = `${DEPLOYMENTS_PATH}/web`;

function start(spec: Record<string, unknown> = {}, pod: Record<string, unknown> = {}): TestCluster {
  const lab = new TestCluster();
  lab.request("POST", DEPLOYMENTS_PATH, deployment("web", spec, pod));
  lab.settle();
  return lab;
}

const setImage = (lab: TestCluster, image: string) =>
  lab.request("PATCH", WEB, { spec: { template: { spec: { containers: [{ name: "main", image }] } } } });
const replicaSets = (lab: TestCluster) =>
  [...lab.list("replicasets.apps")]
    .map(({ metadata, spec, status }) => ({
      revision: metadata.annotations!["deployment.kubernetes.io/revision"],
      replicas: spec.replicas,
      ready: status.readyReplicas ?? 0,
    }))
    .sort((a, b) => Number(a.revision) - Number(b.revision));
const condition = (lab: TestCluster, type: string) => {
  const { status, reason, message } = lab
    .get("deployments.apps", "web")
    .status.conditions.find((one: any) => one.type === type);
  return `${status} ${reason} ${message}`;
};
/** Sizes of the old and the new ReplicaSet at each step. */
function steps(lab: TestCluster, since: number): string[] {
  return lab
    .actions(since, ["replicasets.apps"])
    .filter(({ type, object, previous }) => type === "ADDED" || previous?.spec.replicas !== object.spec.replicas)
    .map(
      ({ object }) => `${object.metadata.annotations!["deployment.kubernetes.io/revision"]}:${object.spec.replicas}`,
    );
}

test("a new deployment becomes available", () => {
  const lab = start();
  const [replicaSet] = lab.list("replicasets.apps");
  const { name } = replicaSet!.metadata;
  expect(name).toMatch(/^web-[bcdfghjklmnpqrstvwxz2456789]{6,10}$/);
  expect(replicaSet!.metadata.labels).toEqual({ app: "web", "pod-template-hash": name.slice(4) });
  expect(replicaSet!.metadata.annotations).toEqual({
    "deployment.kubernetes.io/desired-replicas": "3",
    "deployment.kubernetes.io/max-replicas": "4",
    "deployment.kubernetes.io/revision": "1",
  });
  expect(lab.get("deployments.apps", "web").metadata).toMatchObject({
    generation: 1,
    annotations: { "deployment.kubernetes.io/revision": "1" },
  });
  expect(lab.get("deployments.apps", "web").status).toMatchObject({
    observedGeneration: 1,
    replicas: 3,
    updatedReplicas: 3,
    readyReplicas: 3,
    availableReplicas: 3,
  });
  expect(condition(lab, "Available")).toBe("True MinimumReplicasAvailable Deployment has minimum availability.");
  expect(condition(lab, "Progressing")).toBe(
    `True NewReplicaSetAvailable ReplicaSet "${name}" has successfully progressed.`,
  );
  expect(lab.events("Deployment")).toEqual([`Normal ScalingReplicaSet Scaled up replica set ${name} from 0 to 3`]);
  expect(lab.events("ReplicaSet").sort()).toEqual(
    lab.list("pods").map(({ metadata }) => `Normal SuccessfulCreate Created pod: ${metadata.name}`),
  );
});

test("a rolling update moves in steps of surge and unavailability", () => {
  const lab = start();
  const since = lab.resourceVersion;
  setImage(lab, NEWER_PAUSE);
  lab.settle();
  expect(steps(lab, since)).toEqual(["2:1", "1:2", "2:2", "1:1", "2:3", "1:0"]);
  expect(replicaSets(lab)).toEqual([
    { revision: "1", replicas: 0, ready: 0 },
    { revision: "2", replicas: 3, ready: 3 },
  ]);
  const [old, current] = [...lab.list("replicasets.apps")]
    .sort((a, b) => a.spec.replicas - b.spec.replicas)
    .map(({ metadata }) => metadata.name);
  expect(lab.events("Deployment").slice(1)).toEqual([
    `Normal ScalingReplicaSet Scaled up replica set ${current} from 0 to 1`,
    `Normal ScalingReplicaSet Scaled down replica set ${old} from 3 to 2`,
    `Normal ScalingReplicaSet Scaled up replica set ${current} from 1 to 2`,
    `Normal ScalingReplicaSet Scaled down replica set ${old} from 2 to 1`,
    `Normal ScalingReplicaSet Scaled up replica set ${current} from 2 to 3`,
    `Normal ScalingReplicaSet Scaled down replica set ${old} from 1 to 0`,
  ]);
});

test("going back takes the old ReplicaSet again and gives it a new revision", () => {
  const lab = start();
  setImage(lab, NEWER_PAUSE);
  lab.settle();
  setImage(lab, PAUSE);
  lab.settle();
  const first = lab.list("replicasets.apps").find(({ spec }) => spec.replicas === 3)!;
  expect(first.metadata.annotations).toMatchObject({
    "deployment.kubernetes.io/revision": "3",
    "deployment.kubernetes.io/revision-history": "1",
  });
  expect(replicaSets(lab).map(({ revision }) => revision)).toEqual(["2", "3"]);
});

test("recreate lets all old pods go first", () => {
  const lab = start({ strategy: { type: "Recreate" } });
  const since = lab.resourceVersion;
  setImage(lab, NEWER_PAUSE);
  lab.settle();
  expect(steps(lab, since)).toEqual(["1:0", "2:3"]);
  const pods = lab.actions(since, ["pods"]).filter(({ type }) => type !== "MODIFIED");
  expect(pods.map(({ type }) => type)).toEqual(["DELETED", "DELETED", "DELETED", "ADDED", "ADDED", "ADDED"]);
});

test("a rollout that cannot go on keeps most old pods and runs into its deadline", () => {
  const lab = start({ progressDeadlineSeconds: 60, replicas: 4 });
  setImage(lab, "registry.k8s.io/no-such-image:1");
  lab.pass(30_000);
  expect(replicaSets(lab)).toEqual([
    { revision: "1", replicas: 3, ready: 3 },
    { revision: "2", replicas: 2, ready: 0 },
  ]);
  const name = lab.list("replicasets.apps").find(({ spec }) => spec.replicas === 2)!.metadata.name;
  expect(condition(lab, "Progressing")).toBe(`True ReplicaSetUpdated ReplicaSet "${name}" is progressing.`);
  lab.pass(40_000);
  expect(condition(lab, "Progressing")).toBe(
    `False ProgressDeadlineExceeded ReplicaSet "${name}" has timed out progressing.`,
  );
  expect(condition(lab, "Available")).toBe("True MinimumReplicasAvailable Deployment has minimum availability.");
});

test("scaling in the middle of a rollout is proportional", () => {
  const lab = start({
    replicas: 10,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 3, maxUnavailable: 2 } },
  });
  setImage(lab, "registry.k8s.io/no-such-image:1");
  lab.pass(30_000);
  expect(replicaSets(lab).map(({ replicas }) => replicas)).toEqual([8, 5]);
  lab.request("PATCH", WEB, { spec: { replicas: 15 } });
  lab.pass(30_000);
  expect(replicaSets(lab).map(({ replicas }) => replicas)).toEqual([11, 7]);
});

test("a paused deployment scales, but does not roll out until it is resumed", () => {
  const lab = start();
  lab.request("PATCH", WEB, { spec: { paused: true } });
  setImage(lab, NEWER_PAUSE);
  lab.request("PATCH", WEB, { spec: { replicas: 2 } });
  lab.settle();
  expect(condition(lab, "Progressing")).toBe("Unknown DeploymentPaused Deployment is paused");
  expect(replicaSets(lab)).toEqual([{ revision: "1", replicas: 2, ready: 2 }]);
  lab.request("PATCH", WEB, { spec: { paused: false } });
  lab.settle();
  expect(condition(lab, "Progressing")).toMatch(/^True NewReplicaSetAvailable /);
  expect(replicaSets(lab).at(-1)).toEqual({ revision: "2", replicas: 2, ready: 2 });
});

test("pods count as available after minReadySeconds", () => {
  const lab = new TestCluster();
  lab.request("POST", DEPLOYMENTS_PATH, deployment("web", { minReadySeconds: 20 }));
  lab.pass(10_000);
  expect(lab.get("deployments.apps", "web").status).toMatchObject({ readyReplicas: 3, unavailableReplicas: 3 });
  lab.pass(15_000);
  expect(lab.get("deployments.apps", "web").status).toMatchObject({ readyReplicas: 3, availableReplicas: 3 });
});

test("old ReplicaSets beyond revisionHistoryLimit are deleted", () => {
  const lab = start({ revisionHistoryLimit: 1 });
  for (const image of [NEWER_PAUSE, "registry.k8s.io/pause:3.8", "registry.k8s.io/pause:3.6"]) {
    setImage(lab, image);
    lab.settle();
  }
  expect(replicaSets(lab).map(({ revision }) => revision)).toEqual(["3", "4"]);
});

test("deleting a deployment deletes its ReplicaSets and pods", () => {
  const lab = start();
  lab.request("DELETE", WEB);
  lab.settle();
  expect([lab.list("replicasets.apps"), lab.list("pods")]).toEqual([[], []]);
});

test("a pod whose label is changed is released and replaced, one that fits is adopted", () => {
  const lab = start();
  const [pod] = lab.list("pods");
  const { name, labels } = pod!.metadata;
  lab.request("PATCH", `${PODS_PATH}/${name}`, { metadata: { labels: { app: "other" } } });
  lab.settle();
  expect(lab.get("pods", name).metadata.ownerReferences).toBeUndefined();
  expect(lab.list("pods").length).toBe(4);
  lab.request("PATCH", `${PODS_PATH}/${name}`, { metadata: { labels } });
  lab.settle();
  const owners = lab.list("pods").map(({ metadata }) => metadata.ownerReferences?.[0]?.kind);
  expect(owners).toEqual(["ReplicaSet", "ReplicaSet", "ReplicaSet"]);
});
