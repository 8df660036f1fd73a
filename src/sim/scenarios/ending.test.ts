import { expect, test } from "vitest";
import { Scene } from "./scene";

const sh = (script: string) => ({ image: "busybox:1.36", command: ["sh", "-c", script] });

/** Seconds at which the container was started. */
const starts = (lines: string[]) => lines.filter((line) => /Started/.test(line)).map((line) => line.split(" ")[0]);

test("CrashLoopBackOff doubles from ten seconds to five minutes", () => {
  const scene = new Scene();
  scene.pod("crash", sh("exit 3"));
  const lines = scene.play(1500);
  expect(starts(lines)).toMatchInlineSnapshot(`
    [
      "+1.9",
      "+2.2",
      "+12.3",
      "+32.5",
      "+72.6",
      "+152.8",
      "+313",
      "+613.1",
      "+913.3",
      "+1213.4",
    ]
  `);
  expect(lines.filter((line) => line.includes(" Pod/crash ")).slice(0, 12)).toMatchInlineSnapshot(`
    [
      "+0 Pod/crash Pending 0/1",
      "+0 Pod/crash Pending 0/1  on node-2",
      "+0 event Pod/crash Scheduled: Successfully assigned default/crash to node-2",
      "+0 Pod/crash Pending 0/1 c=ContainerCreating on node-2",
      "+0.7 event Pod/crash Pulling: Pulling image "busybox:1.36"",
      "+1.8 event Pod/crash Pulled: Successfully pulled image "busybox:1.36" in N (N including waiting). Image size: 2160000 bytes.",
      "+1.9 event Pod/crash Created: Created container: c",
      "+1.9 event Pod/crash Started: Started container c",
      "+2 Pod/crash Running 0/1 c=Error(3) on node-2",
      "+2 event Pod/crash Pulled: Container image "busybox:1.36" already present on machine",
      "+2.1 event Pod/crash Created: Created container: c",
      "+2.2 event Pod/crash Started: Started container c",
    ]
  `);
  expect(lines.find((line) => line.includes("BackOff:"))).toMatchInlineSnapshot(
    `"+3 event Pod/crash BackOff: Back-off restarting failed container c in pod crash_default(UID)"`,
  );
});

test("OOMKilled by its limit", () => {
  const scene = new Scene(["Pod/hog "]);
  scene.pod("hog", { image: "nginx:1.25", resources: { limits: { memory: "1Mi" } } });
  expect(scene.play(12).filter((line) => !line.includes("event"))).toMatchInlineSnapshot(`
    [
      "+0 Pod/hog Pending 0/1",
      "+0 Pod/hog Pending 0/1  on node-2",
      "+0 Pod/hog Pending 0/1 c=ContainerCreating on node-2",
      "+5 Pod/hog Running 0/1 c=OOMKilled(137) on node-2",
      "+6 Pod/hog Running 0/1 c=OOMKilled(137)*1 on node-2",
    ]
  `);
});

test("exit codes and restart policies", () => {
  const phases = ["Always", "OnFailure", "Never"].flatMap((restartPolicy) =>
    [0, 7].map((code) => {
      const scene = new Scene();
      scene.pod("p", sh(`exit ${code}`), { restartPolicy });
      scene.wait(8);
      const { phase, containerStatuses } = scene.get("pods", "p").status;
      return `${restartPolicy} ${code}: ${phase}, ${containerStatuses[0].restartCount} restarts`;
    }),
  );
  expect(phases).toMatchInlineSnapshot(`
    [
      "Always 0: Running, 1 restarts",
      "Always 7: Running, 1 restarts",
      "OnFailure 0: Succeeded, 0 restarts",
      "OnFailure 7: Running, 1 restarts",
      "Never 0: Succeeded, 0 restarts",
      "Never 7: Failed, 0 restarts",
    ]
  `);
});

test("grace: nginx ends at once, a shell's sleep takes its thirty seconds", () => {
  const scene = new Scene(["Pod/"]);
  scene.pod("web", { image: "nginx:1.25" });
  scene.pod("sleeper", { image: "busybox:1.36", command: ["sleep", "3600"] });
  scene.pod("hooked", { image: "nginx:1.25", lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } } });
  scene.wait(20);
  scene.cut();
  for (const name of ["web", "sleeper", "hooked"]) scene.delete("Pod", name);
  expect(scene.play(40)).toMatchInlineSnapshot(`
    [
      "+0 Pod/web Running 1/1 c=running on node-1 terminating",
      "+0 Pod/sleeper Running 1/1 c=running on node-2 terminating",
      "+0 Pod/hooked Running 1/1 c=running on node-1 terminating",
      "+0 event Pod/web Killing: Stopping container c",
      "+0 event Pod/sleeper Killing: Stopping container c",
      "+0 event Pod/hooked Killing: Stopping container c",
      "+0 Pod/web Succeeded 0/1 c=Completed(0) on node-1 terminating",
      "+0.8 Pod/web gone",
      "+5 Pod/hooked Succeeded 0/1 c=Completed(0) on node-1 terminating",
      "+5.8 Pod/hooked gone",
      "+30 Pod/sleeper Failed 0/1 c=Error(137) on node-2 terminating",
      "+30.8 Pod/sleeper gone",
    ]
  `);
});

test("activeDeadlineSeconds", () => {
  const scene = new Scene(["Pod/"]);
  scene.pod("dead", { image: "nginx:1.25" }, { activeDeadlineSeconds: 15 });
  expect(scene.play(30)).toMatchInlineSnapshot(`
    [
      "+0 Pod/dead Pending 0/1",
      "+0 Pod/dead Pending 0/1  on node-2",
      "+0 event Pod/dead Scheduled: Successfully assigned default/dead to node-2",
      "+0 Pod/dead Pending 0/1 c=ContainerCreating on node-2",
      "+0.7 event Pod/dead Pulling: Pulling image "nginx:1.25"",
      "+4.5 event Pod/dead Pulled: Successfully pulled image "nginx:1.25" in N (N including waiting). Image size: 70900000 bytes.",
      "+4.6 event Pod/dead Created: Created container: c",
      "+4.7 event Pod/dead Started: Started container c",
      "+5 Pod/dead Running 1/1 c=running on node-2",
      "+15 event Pod/dead DeadlineExceeded: Pod was active on the node longer than the specified deadline",
      "+15 Pod/dead Failed DeadlineExceeded 1/1 c=running on node-2",
      "+15 event Pod/dead Killing: Stopping container c",
      "+15 Pod/dead Failed DeadlineExceeded 0/1 c=Completed(0) on node-2",
    ]
  `);
});

test("an init container that fails, and a sidecar that outlives the others", () => {
  const scene = new Scene(["Pod/"]);
  scene.pod(
    "init",
    { image: "nginx:1.25" },
    { initContainers: [{ name: "i", ...sh("exit 1") }], restartPolicy: "Never" },
  );
  expect(scene.play(8)).toMatchInlineSnapshot(`
    [
      "+0 Pod/init Pending 0/1",
      "+0 Pod/init Pending 0/1  on node-2",
      "+0 event Pod/init Scheduled: Successfully assigned default/init to node-2",
      "+0 Pod/init Pending 0/1 i=PodInitializing c=PodInitializing on node-2",
      "+0.7 event Pod/init Pulling: Pulling image "busybox:1.36"",
      "+1.8 event Pod/init Pulled: Successfully pulled image "busybox:1.36" in N (N including waiting). Image size: 2160000 bytes.",
      "+1.9 event Pod/init Created: Created container: i",
      "+1.9 event Pod/init Started: Started container i",
      "+2 Pod/init Failed 0/1 i=Error(1) c=PodInitializing on node-2",
    ]
  `);
  scene.cut();
  scene.pod("side", sh("exit 0"), {
    initContainers: [{ name: "s", image: "nginx:1.25", restartPolicy: "Always" }],
    restartPolicy: "Never",
  });
  expect(scene.play(20)).toMatchInlineSnapshot(`
    [
      "+0 Pod/side Pending 0/1",
      "+0 Pod/side Pending 0/1  on node-2",
      "+0 event Pod/side Scheduled: Successfully assigned default/side to node-2",
      "+0 Pod/side Pending 0/1 s=PodInitializing c=PodInitializing on node-2",
      "+0.7 event Pod/side Pulling: Pulling image "nginx:1.25"",
      "+4.3 event Pod/side Pulled: Successfully pulled image "nginx:1.25" in N (N including waiting). Image size: 70900000 bytes.",
      "+4.4 event Pod/side Created: Created container: s",
      "+4.5 event Pod/side Started: Started container s",
      "+5 Pod/side Pending 0/1 s=running c=PodInitializing on node-2",
      "+5 event Pod/side Pulled: Container image "busybox:1.36" already present on machine",
      "+5.1 event Pod/side Created: Created container: c",
      "+5.2 event Pod/side Started: Started container c",
      "+6 Pod/side Succeeded 0/1 s=running c=Completed(0) on node-2",
      "+6 event Pod/side Killing: Stopping container s",
      "+6 Pod/side Succeeded 0/1 s=Completed(0) c=Completed(0) on node-2",
    ]
  `);
});

test("a postStart hook that fails", () => {
  const scene = new Scene(["Pod/"]);
  scene.pod("post", { image: "nginx:1.25", lifecycle: { postStart: { exec: { command: ["sh", "-c", "exit 7"] } } } });
  expect(scene.play(8)).toMatchInlineSnapshot(`
    [
      "+0 Pod/post Pending 0/1",
      "+0 Pod/post Pending 0/1  on node-2",
      "+0 event Pod/post Scheduled: Successfully assigned default/post to node-2",
      "+0 Pod/post Pending 0/1 c=ContainerCreating on node-2",
      "+0.7 event Pod/post Pulling: Pulling image "nginx:1.25"",
      "+4.5 event Pod/post Pulled: Successfully pulled image "nginx:1.25" in N (N including waiting). Image size: 70900000 bytes.",
      "+4.6 event Pod/post Created: Created container: c",
      "+4.7 event Pod/post Started: Started container c",
      "+4.7 event Pod/post FailedPostStartHook: PostStartHook failed",
      "+4.7 event Pod/post Killing: FailedPostStartHook",
      "+5 Pod/post Running 0/1 c=PostStartHookError on node-2",
      "+5 event Pod/post Pulled: Container image "nginx:1.25" already present on machine",
      "+5.1 event Pod/post Created: Created container: c",
      "+5.2 event Pod/post Started: Started container c",
      "+5.2 event Pod/post FailedPostStartHook: PostStartHook failed",
      "+5.2 event Pod/post Killing: FailedPostStartHook",
      "+6 Pod/post Running 0/1 c=PostStartHookError*1 on node-2",
      "+6 event Pod/post BackOff: Back-off restarting failed container c in pod post_default(UID)",
    ]
  `);
});

test("the liveness example of the documentation", () => {
  const scene = new Scene(["Pod/"]);
  scene.pod("liveness", {
    ...sh("touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600"),
    livenessProbe: { exec: { command: ["cat", "/tmp/healthy"] }, initialDelaySeconds: 5, periodSeconds: 5 },
  });
  expect(scene.play(80)).toMatchInlineSnapshot(`
    [
      "+0 Pod/liveness Pending 0/1",
      "+0 Pod/liveness Pending 0/1  on node-2",
      "+0 event Pod/liveness Scheduled: Successfully assigned default/liveness to node-2",
      "+0 Pod/liveness Pending 0/1 c=ContainerCreating on node-2",
      "+0.7 event Pod/liveness Pulling: Pulling image "busybox:1.36"",
      "+1.8 event Pod/liveness Pulled: Successfully pulled image "busybox:1.36" in N (N including waiting). Image size: 2160000 bytes.",
      "+1.9 event Pod/liveness Created: Created container: c",
      "+1.9 event Pod/liveness Started: Started container c",
      "+2 Pod/liveness Running 1/1 c=running on node-2",
      "+35 event Pod/liveness Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory
    ",
      "+40 event Pod/liveness Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory
    ",
      "+45 event Pod/liveness Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory
    ",
      "+45 event Pod/liveness Killing: Container c failed liveness probe, will be restarted",
      "+75 event Pod/liveness Pulled: Container image "busybox:1.36" already present on machine",
      "+75.1 event Pod/liveness Created: Created container: c",
      "+75.2 event Pod/liveness Started: Started container c",
      "+76 Pod/liveness Running 1/1 c=running*1 on node-2",
    ]
  `);
});
