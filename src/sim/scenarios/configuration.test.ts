import { expect, test } from "vitest";
import { Scene } from "./scene";

test("a missing Secret, healed when it is made", () => {
  const scene = new Scene(["Pod/"]);
  scene.pod("p", { image: "nginx:1.25", envFrom: [{ secretRef: { name: "keys" } }] });
  expect(scene.play(20)).toMatchInlineSnapshot(`
    [
      "+0 Pod/p Pending 0/1",
      "+0 Pod/p Pending 0/1  on node-2",
      "+0 event Pod/p Scheduled: Successfully assigned default/p to node-2",
      "+0 Pod/p Pending 0/1 c=ContainerCreating on node-2",
      "+0.7 event Pod/p Pulling: Pulling image "nginx:1.25"",
      "+4.5 event Pod/p Pulled: Successfully pulled image "nginx:1.25" in N (N including waiting). Image size: 70900000 bytes.",
      "+4.6 event Pod/p Failed: Error: secret "keys" not found",
      "+5 Pod/p Pending 0/1 c=CreateContainerConfigError on node-2",
      "+5 event Pod/p Pulled: Container image "nginx:1.25" already present on machine",
      "+5.1 event Pod/p Failed: Error: secret "keys" not found",
      "+17.1 event Pod/p Pulled: Container image "nginx:1.25" already present on machine",
      "+17.1 event Pod/p Failed: Error: secret "keys" not found",
    ]
  `);
  scene.create("Secret", "keys", { stringData: { A: "b" } });
  expect(scene.play(20)).toMatchInlineSnapshot(`
    [
      "+29.1 event Pod/p Pulled: Container image "nginx:1.25" already present on machine",
      "+29.2 event Pod/p Created: Created container: c",
      "+29.3 event Pod/p Started: Started container c",
      "+30 Pod/p Running 1/1 c=running on node-2",
    ]
  `);
});

test("a volume waits for its ConfigMap and follows it within about a minute", () => {
  const scene = new Scene(["Pod/"]);
  scene.pod(
    "p",
    { image: "nginx:1.25", volumeMounts: [{ name: "v", mountPath: "/v" }] },
    { volumes: [{ name: "v", configMap: { name: "cm" } }] },
  );
  expect(scene.play(5)).toMatchInlineSnapshot(`
    [
      "+0 Pod/p Pending 0/1",
      "+0 Pod/p Pending 0/1  on node-2",
      "+0 event Pod/p Scheduled: Successfully assigned default/p to node-2",
      "+0 Pod/p Pending 0/1 c=ContainerCreating on node-2",
      "+0.3 event Pod/p FailedMount: MountVolume.SetUp failed for volume "v" : configmap "cm" not found",
      "+0.8 event Pod/p FailedMount: MountVolume.SetUp failed for volume "v" : configmap "cm" not found",
      "+1.8 event Pod/p FailedMount: MountVolume.SetUp failed for volume "v" : configmap "cm" not found",
      "+3.8 event Pod/p FailedMount: MountVolume.SetUp failed for volume "v" : configmap "cm" not found",
    ]
  `);
  scene.create("ConfigMap", "cm", { data: { a: "1" } });
  scene.wait(30);
  const read = () => {
    const view = scene.cluster.runtime.inspect({ podUid: scene.get("pods", "p").metadata.uid, container: "c" }) as any;
    return view?.files.readFile("/v/a");
  };
  expect(read()).toBe("1");
  scene.patch("ConfigMap", "cm", { data: { a: "2" } });
  const changedMs = scene.cluster.nowMs;
  while (read() === "1") scene.wait(1);
  const tookSeconds = (scene.cluster.nowMs - changedMs) / 1000;
  expect(tookSeconds).toBeGreaterThan(1);
  expect(tookSeconds).toBeLessThanOrEqual(90);
});

test("an image that is not there, healed by another", () => {
  const scene = new Scene(["Pod/"]);
  scene.pod("p", { image: "nginx:nope" });
  expect(scene.play(40)).toMatchInlineSnapshot(`
    [
      "+0 Pod/p Pending 0/1",
      "+0 Pod/p Pending 0/1  on node-2",
      "+0 event Pod/p Scheduled: Successfully assigned default/p to node-2",
      "+0 Pod/p Pending 0/1 c=ContainerCreating on node-2",
      "+0.7 event Pod/p Pulling: Pulling image "nginx:nope"",
      "+1.9 event Pod/p Failed: Failed to pull image "nginx:nope": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:nope": failed to resolve reference "docker.io/library/nginx:nope": docker.io/library/nginx:nope: not found",
      "+1.9 event Pod/p Failed: Error: ErrImagePull",
      "+2 Pod/p Pending 0/1 c=ErrImagePull on node-2",
      "+2 event Pod/p BackOff: Back-off pulling image "nginx:nope"",
      "+2 event Pod/p Failed: Error: ImagePullBackOff",
      "+11.9 Pod/p Pending 0/1 c=ImagePullBackOff on node-2",
      "+11.9 event Pod/p Pulling: Pulling image "nginx:nope"",
      "+13 event Pod/p Failed: Failed to pull image "nginx:nope": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:nope": failed to resolve reference "docker.io/library/nginx:nope": docker.io/library/nginx:nope: not found",
      "+13 event Pod/p Failed: Error: ErrImagePull",
      "+25 Pod/p Pending 0/1 c=ErrImagePull on node-2",
      "+25 event Pod/p BackOff: Back-off pulling image "nginx:nope"",
      "+25 event Pod/p Failed: Error: ImagePullBackOff",
      "+33 Pod/p Pending 0/1 c=ImagePullBackOff on node-2",
      "+33 event Pod/p Pulling: Pulling image "nginx:nope"",
      "+34.3 event Pod/p Failed: Failed to pull image "nginx:nope": rpc error: code = NotFound desc = failed to pull and unpack image "docker.io/library/nginx:nope": failed to resolve reference "docker.io/library/nginx:nope": docker.io/library/nginx:nope: not found",
      "+34.3 event Pod/p Failed: Error: ErrImagePull",
    ]
  `);
  scene.cut();
  scene.patch("Pod", "p", { spec: { containers: [{ name: "c", image: "nginx:1.25" }] } });
  expect(scene.play(20)).toMatchInlineSnapshot(`
    [
      "+0 Pod/p Pending 0/1 c=ErrImagePull on node-2",
      "+0 event Pod/p Pulling: Pulling image "nginx:1.25"",
      "+4.3 event Pod/p Pulled: Successfully pulled image "nginx:1.25" in N (N including waiting). Image size: 70900000 bytes.",
      "+4.3 event Pod/p Created: Created container: c",
      "+4.4 event Pod/p Started: Started container c",
      "+5 Pod/p Running 1/1 c=running on node-2",
    ]
  `);
});
