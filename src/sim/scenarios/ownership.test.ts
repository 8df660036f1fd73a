import { expect, test } from "vitest";
import { Scene } from "./scene";

function scene(cast: string[] = ["Deployment/", "ReplicaSet/", "Pod/"]): Scene {
  const scene = new Scene(cast);
  scene.deployment("web", 2, { image: "nginx:1.25" });
  scene.wait(20);
  scene.cut();
  return scene;
}

test("background: the owner goes first", () => {
  const play = scene();
  play.delete("Deployment", "web", { propagationPolicy: "Background" });
  expect(play.play(10)).toMatchInlineSnapshot(`
    [
      "+0 Deployment/web gone",
      "+0 ReplicaSet/web-9c8c45cc gone",
      "+0 Pod/web-9c8c45cc-2tk69 Running 1/1 c=running on node-1 terminating",
      "+0 Pod/web-9c8c45cc-c2pwd Running 1/1 c=running on node-2 terminating",
      "+0 event Pod/web-9c8c45cc-2tk69 Killing: Stopping container c",
      "+0 event Pod/web-9c8c45cc-c2pwd Killing: Stopping container c",
      "+0 Pod/web-9c8c45cc-2tk69 Succeeded 0/1 c=Completed(0) on node-1 terminating",
      "+0 Pod/web-9c8c45cc-c2pwd Succeeded 0/1 c=Completed(0) on node-2 terminating",
      "+0.8 Pod/web-9c8c45cc-2tk69 gone",
      "+0.8 Pod/web-9c8c45cc-c2pwd gone",
    ]
  `);
});

test("foreground: the owner goes last", () => {
  const play = scene();
  play.delete("Deployment", "web", { propagationPolicy: "Foreground" });
  expect(play.play(10)).toMatchInlineSnapshot(`
    [
      "+0 Pod/web-9c8c45cc-2tk69 Running 1/1 c=running on node-1 terminating",
      "+0 Pod/web-9c8c45cc-c2pwd Running 1/1 c=running on node-2 terminating",
      "+0 ReplicaSet/web-9c8c45cc wants 2 has 0 ready 0",
      "+0 event Pod/web-9c8c45cc-2tk69 Killing: Stopping container c",
      "+0 event Pod/web-9c8c45cc-c2pwd Killing: Stopping container c",
      "+0 Deployment/web ready 0/2 updated 0 Available=False(MinimumReplicasUnavailable) Progressing=True(NewReplicaSetAvailable)",
      "+0 Pod/web-9c8c45cc-2tk69 Succeeded 0/1 c=Completed(0) on node-1 terminating",
      "+0 Pod/web-9c8c45cc-c2pwd Succeeded 0/1 c=Completed(0) on node-2 terminating",
      "+0.8 Pod/web-9c8c45cc-2tk69 gone",
      "+0.8 Pod/web-9c8c45cc-c2pwd gone",
      "+0.8 ReplicaSet/web-9c8c45cc gone",
      "+0.8 Deployment/web gone",
    ]
  `);
});

test("orphaned ReplicaSets and pods stay and are adopted again", () => {
  const play = scene();
  const before = play.list("pods").map((pod) => pod.metadata.uid);
  play.delete("Deployment", "web", { propagationPolicy: "Orphan" });
  play.wait(10);
  const [set] = play.list("replicasets.apps");
  expect(set.metadata.ownerReferences).toBeUndefined();
  play.deployment("web", 2, { image: "nginx:1.25" });
  play.wait(10);
  const [adopted] = play.list("replicasets.apps");
  expect([adopted.metadata.uid, adopted.metadata.ownerReferences[0].name]).toEqual([set.metadata.uid, "web"]);
  expect(play.list("pods").map((pod) => pod.metadata.uid)).toEqual(before);
});

test("a label that no longer fits releases a pod, one that fits again brings one too many", () => {
  const play = scene();
  const [pod] = play.list("pods");
  play.patch("Pod", pod.metadata.name, { metadata: { labels: { app: "free" } } });
  expect(play.play(5).filter((line) => /Success|Scheduled/.test(line)).length).toBe(2);
  expect(play.get("pods", pod.metadata.name).metadata.ownerReferences).toBeUndefined();
  play.patch("Pod", pod.metadata.name, { metadata: { labels: { app: "web" } } });
  play.wait(10);
  expect(play.list("pods")).toHaveLength(2);
});

test("scaling down ends pods that are not ready, then the younger ones", () => {
  const play = scene();
  play.wait(60);
  play.patch("Deployment", "web", { spec: { replicas: 4 } });
  play.wait(30);
  const names = () => play.list("pods").map((pod) => pod.metadata.name);
  const old = play.list("pods").filter(
    (pod) =>
      pod.metadata.creationTimestamp ===
      play
        .list("pods")
        .map((p) => p.metadata.creationTimestamp)
        .sort()[0],
  );
  play.patch("Deployment", "web", { spec: { replicas: 2 } });
  play.wait(10);
  expect(names()).toEqual(old.map((pod) => pod.metadata.name));
});

test("a finalizer holds what is deleted", () => {
  const play = scene();
  play.create("ConfigMap", "held", { data: {} }, { finalizers: ["example.com/hold"] });
  play.delete("ConfigMap", "held");
  play.wait(60);
  expect(play.get("configmaps", "held").metadata.deletionTimestamp).toBeDefined();
  play.patch("ConfigMap", "held", { metadata: { finalizers: null } });
  expect(play.get("configmaps", "held")).toBeUndefined();
});

test("a namespace ends with all that is in it", () => {
  const play = scene();
  const { cluster } = play;
  const call = (method: "POST" | "DELETE", path: string, body: unknown) => cluster.request({ method, path, body });
  call("POST", "/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "team" } });
  const deployment = { ...play.get("deployments.apps", "web"), metadata: { name: "web" }, status: undefined };
  call("POST", "/apis/apps/v1/namespaces/team/deployments", deployment);
  cluster.advanceTo(cluster.nowMs + 10_000);
  call("DELETE", "/api/v1/namespaces/team", {});
  expect(cluster.store.get("namespaces", undefined, "team")).toMatchObject({
    metadata: { deletionTimestamp: expect.any(String) },
    spec: { finalizers: ["kubernetes"] },
    status: { phase: "Terminating" },
  });
  const refused = call("POST", "/api/v1/namespaces/team/configmaps", {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "late" },
  });
  expect((refused.body as any).message).toBe(
    'configmaps "late" is forbidden: unable to create new content in namespace team because it is being terminated',
  );
  cluster.advanceTo(cluster.nowMs + 30_000);
  expect(cluster.store.get("namespaces", undefined, "team")).toBeUndefined();
  expect(cluster.store.list("pods", "team")).toEqual([]);
});
