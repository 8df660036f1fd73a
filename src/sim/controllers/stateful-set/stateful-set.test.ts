import { describe, expect, test } from "vitest";
import { NEWER_PAUSE, PAUSE, TestCluster } from "../testing";

const PATH = "/apis/apps/v1/namespaces/default/statefulsets";
const PODS = "/api/v1/namespaces/default/pods";
const web = (spec: Record<string, unknown> = {}) => ({
  apiVersion: "apps/v1",
  kind: "StatefulSet",
  metadata: { name: "web" },
  spec: {
    replicas: 3,
    serviceName: "nginx",
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "main", image: PAUSE }] } },
    ...spec,
  },
});

const patch = (lab: TestCluster, spec: unknown) => lab.request("PATCH", `${PATH}/web`, { spec });
const setImage = (lab: TestCluster, image: string) =>
  patch(lab, { template: { spec: { containers: [{ name: "main", image }] } } });
const images = (lab: TestCluster) =>
  lab.list("pods").map(({ metadata, spec }) => `${metadata.name} ${spec.containers[0].image.split(":")[1]}`);
const status = (lab: TestCluster) => lab.get("statefulsets.apps", "web").status;
const isReady = (pod: any) =>
  pod.status?.conditions?.some((one: any) => one.type === "Ready" && one.status === "True") === true;

/** What became of the pods since then. */
const steps = (lab: TestCluster, since: number): string[] =>
  lab.actions(since, ["pods"]).flatMap(({ type, object, previous }) => {
    const { name, deletionTimestamp } = object.metadata;
    if (type !== "MODIFIED") return [`${type} ${name}`];
    if (deletionTimestamp) return previous!.metadata.deletionTimestamp ? [] : [`GOING ${name}`];
    return isReady(object) && !isReady(previous) ? [`READY ${name}`] : [];
  });

function settled(spec: Record<string, unknown> = {}): TestCluster {
  const lab = new TestCluster();
  lab.request("POST", PATH, web(spec));
  lab.settle();
  return lab;
}

describe("a StatefulSet", () => {
  test("makes its pods in order, each when the one before is ready", () => {
    const lab = new TestCluster();
    const since = lab.resourceVersion;
    lab.request("POST", PATH, web());
    lab.settle();
    expect(steps(lab, since)).toEqual([
      "ADDED web-0",
      "READY web-0",
      "ADDED web-1",
      "READY web-1",
      "ADDED web-2",
      "READY web-2",
    ]);
    const [revision] = lab.list("controllerrevisions.apps");
    expect(status(lab)).toEqual({
      availableReplicas: 3,
      collisionCount: 0,
      currentReplicas: 3,
      currentRevision: revision!.metadata.name,
      observedGeneration: 1,
      readyReplicas: 3,
      replicas: 3,
      updateRevision: revision!.metadata.name,
      updatedReplicas: 3,
    });
    expect(lab.events("StatefulSet")).toEqual([
      "Normal SuccessfulCreate create Pod web-0 in StatefulSet web successful",
      "Normal SuccessfulCreate create Pod web-1 in StatefulSet web successful",
      "Normal SuccessfulCreate create Pod web-2 in StatefulSet web successful",
    ]);
  });

  test("gives each pod a name of its own on the network", () => {
    const lab = settled({ replicas: 1, ordinals: { start: 5 } });
    const [pod] = lab.list("pods");
    const [revision] = lab.list("controllerrevisions.apps");
    expect(pod!.metadata.labels).toEqual({
      app: "web",
      "apps.kubernetes.io/pod-index": "5",
      "controller-revision-hash": revision!.metadata.name,
      "statefulset.kubernetes.io/pod-name": "web-5",
    });
    expect([pod!.metadata.generateName, pod!.spec.hostname, pod!.spec.subdomain]).toEqual([
      undefined,
      "web-5",
      "nginx",
    ]);
    expect(revision!.metadata.labels).toEqual({
      app: "web",
      "controller.kubernetes.io/hash": revision!.metadata.name.slice("web-".length),
    });
  });

  test("gives back the labels that somebody took from a pod", () => {
    const lab = settled({ replicas: 1 });
    lab.request("PATCH", `${PODS}/web-0`, { metadata: { labels: { "apps.kubernetes.io/pod-index": null } } });
    lab.settle();
    expect(lab.get("pods", "web-0").metadata.labels!["apps.kubernetes.io/pod-index"]).toBe("0");
    expect(lab.events("StatefulSet").at(-1)).toBe(
      "Normal SuccessfulUpdate update Pod web-0 in StatefulSet web successful",
    );
  });

  test("scales down from the end, one at a time", () => {
    const lab = settled();
    const since = lab.resourceVersion;
    patch(lab, { replicas: 1 });
    lab.settle();
    expect(steps(lab, since)).toEqual(["GOING web-2", "DELETED web-2", "GOING web-1", "DELETED web-1"]);
    expect(status(lab)).toMatchObject({ replicas: 1, readyReplicas: 1, currentReplicas: 1 });
    expect(lab.events("StatefulSet").slice(3)).toEqual([
      "Normal SuccessfulDelete delete Pod web-2 in StatefulSet web successful",
      "Normal SuccessfulDelete delete Pod web-1 in StatefulSet web successful",
    ]);
  });

  test("makes a pod again under its name", () => {
    const lab = settled();
    const { uid } = lab.get("pods", "web-1").metadata;
    lab.request("DELETE", `${PODS}/web-1`);
    lab.settle();
    expect(lab.get("pods", "web-1").metadata.uid).not.toBe(uid);
    expect(status(lab)).toMatchObject({ readyReplicas: 3 });
  });

  test("in parallel waits for none when it scales, but updates one after the other", () => {
    const lab = new TestCluster();
    let since = lab.resourceVersion;
    lab.request("POST", PATH, web({ podManagementPolicy: "Parallel" }));
    lab.settle();
    expect(steps(lab, since).slice(0, 3)).toEqual(["ADDED web-0", "ADDED web-1", "ADDED web-2"]);
    since = lab.resourceVersion;
    setImage(lab, NEWER_PAUSE);
    lab.settle();
    expect(steps(lab, since)).toEqual(
      [2, 1, 0].flatMap((one) => [`GOING web-${one}`, `DELETED web-${one}`, `ADDED web-${one}`, `READY web-${one}`]),
    );
    since = lab.resourceVersion;
    patch(lab, { replicas: 0 });
    lab.settle();
    expect(steps(lab, since).slice(0, 3)).toEqual(["GOING web-2", "GOING web-1", "GOING web-0"]);
  });

  test("rolls out from the highest ordinal down, and the new revision becomes the current one", () => {
    const lab = settled();
    const { currentRevision: first } = status(lab);
    const since = lab.resourceVersion;
    setImage(lab, NEWER_PAUSE);
    lab.settle();
    expect(steps(lab, since)).toEqual(
      [2, 1, 0].flatMap((one) => [`GOING web-${one}`, `DELETED web-${one}`, `ADDED web-${one}`, `READY web-${one}`]),
    );
    const after = status(lab);
    expect(after).toMatchObject({ currentReplicas: 3, updatedReplicas: 3, observedGeneration: 2 });
    expect(after.currentRevision).toBe(after.updateRevision);
    expect(after.currentRevision).not.toBe(first);
  });

  test("leaves pods below the partition as they are, also when they come back", () => {
    const lab = settled({ updateStrategy: { type: "RollingUpdate", rollingUpdate: { partition: 2 } } });
    setImage(lab, NEWER_PAUSE);
    lab.settle();
    lab.request("DELETE", `${PODS}/web-0`);
    lab.settle();
    expect(images(lab)).toEqual(["web-0 3.10", "web-1 3.10", "web-2 3.9"]);
    expect(status(lab)).toMatchObject({ currentReplicas: 2, updatedReplicas: 1, readyReplicas: 3 });
    expect(status(lab).currentRevision).not.toBe(status(lab).updateRevision);
    patch(lab, { updateStrategy: { rollingUpdate: { partition: 0 } } });
    lab.settle();
    expect(images(lab)).toEqual(["web-0 3.9", "web-1 3.9", "web-2 3.9"]);
  });

  test("with OnDelete a pod changes when it is deleted", () => {
    const lab = settled({ updateStrategy: { type: "OnDelete" } });
    setImage(lab, NEWER_PAUSE);
    lab.settle();
    expect(images(lab)).toEqual(["web-0 3.10", "web-1 3.10", "web-2 3.10"]);
    lab.request("DELETE", `${PODS}/web-1`);
    lab.settle();
    expect(images(lab)).toEqual(["web-0 3.10", "web-1 3.9", "web-2 3.10"]);
  });

  test("a rollout that is stuck stays so after its cause is gone, until the broken pod is deleted", () => {
    const lab = settled();
    setImage(lab, "registry.k8s.io/pause:none");
    lab.settle(60_000);
    expect(images(lab)).toEqual(["web-0 3.10", "web-1 3.10", "web-2 none"]);
    setImage(lab, PAUSE);
    lab.settle(600_000);
    expect(images(lab)).toEqual(["web-0 3.10", "web-1 3.10", "web-2 none"]);
    lab.request("DELETE", `${PODS}/web-2`);
    lab.settle(600_000);
    expect(images(lab)).toEqual(["web-0 3.10", "web-1 3.10", "web-2 3.10"]);
    expect(status(lab)).toMatchObject({ readyReplicas: 3, updatedReplicas: 3 });
  });

  test("goes on only when a pod has been ready for minReadySeconds", () => {
    const lab = new TestCluster();
    lab.request("POST", PATH, web({ replicas: 2, minReadySeconds: 20 }));
    lab.pass(15_000);
    expect(images(lab)).toEqual(["web-0 3.10"]);
    expect(status(lab)).toMatchObject({ readyReplicas: 1, availableReplicas: 0 });
    lab.pass(15_000);
    expect(images(lab)).toEqual(["web-0 3.10", "web-1 3.10"]);
    lab.settle();
    expect(status(lab)).toMatchObject({ availableReplicas: 2 });
  });

  test("replaces a pod that has ended", () => {
    const lab = settled({ replicas: 1 });
    const { uid } = lab.get("pods", "web-0").metadata;
    lab.request("PATCH", `${PODS}/web-0/status`, { status: { phase: "Failed" } });
    lab.settle();
    expect(lab.get("pods", "web-0").metadata.uid).not.toBe(uid);
  });

  test("keeps as many revisions as its limit says", () => {
    const lab = settled({ replicas: 1, revisionHistoryLimit: 1 });
    for (const value of ["a", "b", "c"]) {
      patch(lab, { template: { spec: { containers: [{ name: "main", env: [{ name: "V", value }] }] } } });
      lab.settle();
    }
    expect(
      lab
        .list("controllerrevisions.apps")
        .map(({ revision }: any) => revision)
        .sort(),
    ).toEqual([3, 4]);
  });

  test("its pods go with it, or stay as orphans and are taken up again", () => {
    const lab = settled();
    lab.request("DELETE", `${PATH}/web`, { propagationPolicy: "Orphan" });
    lab.settle();
    expect(lab.list("pods").map(({ metadata }) => metadata.ownerReferences)).toEqual([undefined, undefined, undefined]);
    lab.request("POST", PATH, web());
    lab.settle();
    const { uid } = lab.get("statefulsets.apps", "web").metadata;
    expect(lab.list("pods").map(({ metadata }) => metadata.ownerReferences?.[0]?.uid)).toEqual([uid, uid, uid]);
    lab.request("DELETE", `${PATH}/web`, { propagationPolicy: "Background" });
    lab.settle();
    expect([...lab.list("pods"), ...lab.list("controllerrevisions.apps")]).toEqual([]);
  });
});
