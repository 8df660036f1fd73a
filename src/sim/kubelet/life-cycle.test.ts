import { expect, test, vi } from "vitest";
import { Bench } from "./testing/bench";

vi.mock("../images/catalog", async (original) => (await import("./testing/programs")).mockCatalog(original as any));
vi.mock("../images/programs", async (original) => (await import("./testing/programs")).mockPrograms(original as any));

test("a pod starts", () => {
  const bench = new Bench();
  bench.pod({});
  expect(bench.timeline(10)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+1 Running 1/1 c=running",
    ]
  `);
  const timers = bench.cluster.inside.kernel.queue.snapshot().timers;
  expect(timers.filter((timer) => timer.component === "kubelet")).toEqual([]);
});

test("its whole status", () => {
  const bench = new Bench();
  bench.pod({ resources: { limits: { cpu: "200m", memory: "10Mi" } } });
  bench.timeline(10);
  const { containerStatuses, ...status } = bench.get().status;
  const [{ containerID, ...container }] = containerStatuses;
  expect(containerID).toMatch(/^containerd:\/\/[0-9a-f]{64}$/);
  expect(container).toMatchInlineSnapshot(`
    {
      "allocatedResources": {
        "cpu": "200m",
        "memory": "10Mi",
      },
      "image": "docker.io/library/test:1",
      "imageID": "docker.io/library/test@sha256:1111111111111111111111111111111111111111111111111111111111111111",
      "lastState": {},
      "name": "c",
      "ready": true,
      "resources": {
        "limits": {
          "cpu": "200m",
          "memory": "10Mi",
        },
        "requests": {
          "cpu": "200m",
          "memory": "10Mi",
        },
      },
      "restartCount": 0,
      "started": true,
      "state": {
        "running": {
          "startedAt": "2026-01-05T09:00:00Z",
        },
      },
      "user": {
        "linux": {
          "gid": 0,
          "supplementalGroups": [
            0,
          ],
          "uid": 0,
        },
      },
    }
  `);
  expect(status).toMatchInlineSnapshot(`
    {
      "conditions": [
        {
          "lastProbeTime": null,
          "lastTransitionTime": "2026-01-05T09:00:01Z",
          "status": "True",
          "type": "PodReadyToStartContainers",
        },
        {
          "lastProbeTime": null,
          "lastTransitionTime": "2026-01-05T09:00:00Z",
          "status": "True",
          "type": "Initialized",
        },
        {
          "lastProbeTime": null,
          "lastTransitionTime": "2026-01-05T09:00:01Z",
          "status": "True",
          "type": "Ready",
        },
        {
          "lastProbeTime": null,
          "lastTransitionTime": "2026-01-05T09:00:01Z",
          "status": "True",
          "type": "ContainersReady",
        },
        {
          "lastProbeTime": null,
          "lastTransitionTime": "2026-01-05T09:00:00Z",
          "status": "True",
          "type": "PodScheduled",
        },
      ],
      "hostIP": "192.168.49.3",
      "hostIPs": [
        {
          "ip": "192.168.49.3",
        },
      ],
      "phase": "Running",
      "podIP": "10.244.1.3",
      "podIPs": [
        {
          "ip": "10.244.1.3",
        },
      ],
      "qosClass": "Guaranteed",
      "startTime": "2026-01-05T09:00:00Z",
    }
  `);
});

test("containers that end are restarted with growing delays", () => {
  const bench = new Bench();
  bench.pod({ args: ["run", "3000", "1"] });
  expect(bench.timeline(50)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+1 Running 1/1 c=running",
      "+4 Running 0/1 c=Error(1)",
      "+4 Pulled: Container image "test:1" already present on machine",
      "+4.1 Created: Created container: c",
      "+4.2 Started: Started container c",
      "+5 Running 1/1 c=running<Error*1",
      "+8 Running 0/1 c=Error(1)<Error*1",
      "+8 BackOff: Back-off restarting failed container c in pod p_default(UID)",
      "+17.2 Running 0/1 c=CrashLoopBackOff<Error*1",
      "+17.2 Pulled: Container image "test:1" already present on machine",
      "+17.2 Created: Created container: c",
      "+17.3 Started: Started container c",
      "+18 Running 1/1 c=running<Error*2",
      "+21 Running 0/1 c=Error(1)<Error*2",
      "+21 BackOff: Back-off restarting failed container c in pod p_default(UID)",
      "+33 Running 0/1 c=CrashLoopBackOff<Error*2",
      "+33 BackOff: Back-off restarting failed container c in pod p_default(UID)",
      "+40.3 Pulled: Container image "test:1" already present on machine",
      "+40.4 Created: Created container: c",
      "+40.5 Started: Started container c",
      "+41 Running 1/1 c=running<Error*3",
      "+44 Running 0/1 c=Error(1)<Error*3",
      "+44 BackOff: Back-off restarting failed container c in pod p_default(UID)",
    ]
  `);
  bench.timeline(12);
  const { state } = bench.get().status.containerStatuses[0];
  expect(state.waiting.message.replace(/\(.*\)/, "(UID)")).toMatchInlineSnapshot(
    `"back-off 40s restarting failed container=c pod=p_default(UID)"`,
  );
});

test("back-off begins anew after ten good minutes", () => {
  const bench = new Bench();
  bench.pod({ args: ["run", "3000", "1"] });
  bench.timeline(20);
  const delay = () =>
    Object.values(bench.cluster.inside.kernel.table<any>("kubelet.pods").get(bench.get().metadata.uid).containers).map(
      (record: any) => record.backoff.delayMs,
    );
  expect(delay()).toEqual([20_000]);
  const steady = new Bench();
  steady.pod({ args: ["run", "601000", "0"] });
  steady.timeline(2400);
  const [record] = Object.values(
    steady.cluster.inside.kernel.table<any>("kubelet.pods").get(steady.get().metadata.uid).containers,
  ) as any[];
  expect(record.backoff.delayMs).toBe(10_000);
  expect(steady.get().status.containerStatuses[0].restartCount).toBe(3);
});

test.each([
  ["Never", "0", "Succeeded 0/1 c=Completed(0)"],
  ["Never", "3", "Failed 0/1 c=Error(3)"],
  ["OnFailure", "0", "Succeeded 0/1 c=Completed(0)"],
])("restartPolicy %s, exit code %s: %s", (restartPolicy, code, last) => {
  const bench = new Bench();
  bench.pod({ args: ["run", "2000", code] }, { restartPolicy });
  expect(bench.statuses(30)).toEqual(["+0 Pending 0/1 c=ContainerCreating", "+1 Running 1/1 c=running", `+3 ${last}`]);
  expect(
    bench
      .get()
      .status.conditions.map((condition: any) => `${condition.type}=${condition.status} ${condition.reason ?? ""}`),
  ).toEqual([
    "PodReadyToStartContainers=False ",
    last.startsWith("Succeeded") ? "Initialized=True PodCompleted" : "Initialized=True ",
    `Ready=False ${last.startsWith("Succeeded") ? "PodCompleted" : "PodFailed"}`,
    `ContainersReady=False ${last.startsWith("Succeeded") ? "PodCompleted" : "PodFailed"}`,
    "PodScheduled=True ",
  ]);
});

test("init containers run one after the other, sidecars stay", () => {
  const bench = new Bench();
  bench.pod(
    {},
    {
      initContainers: [
        { name: "first", image: "test:1", args: ["run", "1500", "0"] },
        {
          name: "side",
          image: "test:1",
          args: ["serve", "8080"],
          restartPolicy: "Always",
          startupProbe: { tcpSocket: { port: 8080 } },
        },
        { name: "last", image: "test:1", args: ["run", "1500", "0"] },
      ],
    },
  );
  expect(bench.timeline(20)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 first=PodInitializing side=PodInitializing last=PodInitializing c=PodInitializing",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: first",
      "+0.6 Started: Started container first",
      "+1 Pending 0/1 first=running side=PodInitializing last=PodInitializing c=PodInitializing",
      "+3 Pending 0/1 first=Completed(0) side=PodInitializing last=PodInitializing c=PodInitializing",
      "+3 Pulled: Container image "test:1" already present on machine",
      "+3.1 Created: Created container: side",
      "+3.2 Started: Started container side",
      "+4 Pending 0/1 first=Completed(0) side=running last=PodInitializing c=PodInitializing",
      "+10 Pulled: Container image "test:1" already present on machine",
      "+10.1 Created: Created container: last",
      "+10.2 Started: Started container last",
      "+11 Pending 0/1 first=Completed(0) side=running last=running c=PodInitializing",
      "+12 Pending 0/1 first=Completed(0) side=running last=Completed(0) c=PodInitializing",
      "+12 Pulled: Container image "test:1" already present on machine",
      "+12.1 Created: Created container: c",
      "+12.2 Started: Started container c",
      "+13 Running 1/1 first=Completed(0) side=running last=Completed(0) c=running",
    ]
  `);
  bench.delete();
  expect(bench.timeline(20)).toMatchInlineSnapshot(`
    [
      "+20 Running 1/1 first=Completed(0) side=running last=Completed(0) c=running terminating",
      "+20 Killing: Stopping container c",
      "+20 Running 0/1 first=Completed(0) side=running last=Completed(0) c=Completed(0) terminating",
      "+20 Killing: Stopping container side",
      "+20 Succeeded 0/1 first=Completed(0) side=Completed(0) last=Completed(0) c=Completed(0) terminating",
      "+20.8 gone",
    ]
  `);
});

test("an init container that fails holds the others back", () => {
  const bench = new Bench();
  bench.pod({}, { initContainers: [{ name: "init", image: "test:1", args: ["run", "500", "2"] }] });
  expect(bench.statuses(8)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 init=PodInitializing c=PodInitializing",
      "+1 Pending 0/1 init=running c=PodInitializing",
      "+2 Pending 0/1 init=Error(2) c=PodInitializing",
      "+3 Pending 0/1 init=Error(2)<Error*1 c=PodInitializing",
    ]
  `);
  const never = new Bench();
  never.pod(
    {},
    { restartPolicy: "Never", initContainers: [{ name: "init", image: "test:1", args: ["run", "500", "2"] }] },
  );
  expect(never.statuses(8)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 init=PodInitializing c=PodInitializing",
      "+1 Pending 0/1 init=running c=PodInitializing",
      "+2 Failed 0/1 init=Error(2) c=PodInitializing",
    ]
  `);
});

test("too much memory", () => {
  const bench = new Bench();
  bench.pod({ args: ["eat", "20000000"], resources: { limits: { memory: "10Mi" } } });
  expect(bench.statuses(6)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+1 Running 1/1 c=running",
      "+2 Running 0/1 c=OOMKilled(137)",
      "+3 Running 1/1 c=running<OOMKilled*1",
      "+4 Running 0/1 c=OOMKilled(137)<OOMKilled*1",
    ]
  `);
});

test("activeDeadlineSeconds", () => {
  const bench = new Bench();
  bench.pod({}, { activeDeadlineSeconds: 5 });
  expect(bench.timeline(10)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+1 Running 1/1 c=running",
      "+5 DeadlineExceeded: Pod was active on the node longer than the specified deadline",
      "+5 Failed 1/1 c=running",
      "+5 Killing: Stopping container c",
      "+5 Failed 0/1 c=Completed(0)",
    ]
  `);
  expect(bench.get().status).toMatchObject({
    reason: "DeadlineExceeded",
    message: "Pod was active on the node longer than the specified deadline",
  });
});

test("a new image restarts the container in its pod", () => {
  const bench = new Bench();
  bench.pod({});
  bench.timeline(5);
  bench.edit("pods", "p", (draft) => {
    draft.spec.containers[0].image = "test:2";
  });
  expect(bench.timeline(5)).toMatchInlineSnapshot(`
    [
      "+5 Killing: Container c definition changed, will be restarted",
      "+5 Pulled: Container image "test:2" already present on machine",
      "+5.1 Created: Created container: c",
      "+5.2 Started: Started container c",
      "+6 Running 1/1 c=running<Completed*1",
    ]
  `);
});

test("deleted: SIGTERM, and SIGKILL when the grace is over", () => {
  const bench = new Bench();
  bench.pod({ args: ["ignore"] }, { terminationGracePeriodSeconds: 5 });
  bench.timeline(10);
  bench.delete();
  expect(bench.timeline(20)).toMatchInlineSnapshot(`
    [
      "+10 Running 1/1 c=running terminating",
      "+10 Killing: Stopping container c",
      "+15 Failed 0/1 c=Error(137) terminating",
      "+15.8 gone",
    ]
  `);
});

test("deleted while its image is on its way", () => {
  const bench = new Bench();
  bench.pod({ image: "other:2" });
  bench.timeline(0.5);
  bench.delete();
  expect(bench.timeline(20)).toMatchInlineSnapshot(`
    [
      "+0.5 Pending 0/1 c=ContainerCreating terminating",
      "+0.5 Failed 0/1 c=ContainerCreating terminating",
      "+1.3 gone",
    ]
  `);
});

test("deleted by force: what runs is stopped although the object is gone", () => {
  const bench = new Bench();
  bench.pod({ args: ["ignore"] });
  bench.timeline(10);
  const ref = bench.ref();
  bench.delete("p", 0);
  bench.timeline(1);
  expect(bench.cluster.runtime.inspect(ref)).toBeDefined();
  bench.timeline(5);
  expect(bench.cluster.runtime.inspect(ref)).toBeUndefined();
  expect(
    [...bench.cluster.inside.kernel.table("kubelet.instances").keys()].filter((key) => key.startsWith(ref.podUid)),
  ).toEqual([]);
});
