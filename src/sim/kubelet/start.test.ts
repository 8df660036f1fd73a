import { expect, test, vi } from "vitest";
import { Bench } from "./testing/bench";

vi.mock("../images/catalog", async (original) => (await import("./testing/programs")).mockCatalog(original as any));
vi.mock("../images/programs", async (original) => (await import("./testing/programs")).mockPrograms(original as any));

test("a pull: once per node, by size", () => {
  const bench = new Bench();
  bench.pod({ image: "other:2" });
  expect(bench.events(10).map((line) => line.replace(/^\S+ /, ""))).toMatchInlineSnapshot(`
    [
      "Pulling: Pulling image "other:2"",
      "Pulled: Successfully pulled image "other:2" in Ns (Ns including waiting). Image size: 10000000 bytes.",
      "Created: Created container: c",
      "Started: Started container c",
    ]
  `);
  bench.delete();
  bench.timeline(10);
  bench.pod({ image: "other:2" });
  expect(bench.events(10)[0]).toMatch(/Pulled: Container image "other:2" already present on machine/);
  bench.delete();
  bench.timeline(10);
  bench.pod({ image: "other:2", imagePullPolicy: "Always" });
  expect(
    bench
      .events(10)
      .map((line) => line.replace(/^\S+ /, ""))
      .slice(0, 2),
  ).toEqual([
    'Pulling: Pulling image "other:2"',
    'Pulled: Successfully pulled image "other:2" in Ns (Ns including waiting). Image size: 10000000 bytes.',
  ]);
});

test("an image that no registry has", () => {
  const bench = new Bench();
  bench.pod({ image: "nope:1" });
  const seconds = (line: string) => line.replace(/^\+([\d.]+)/, (_, at) => `+${Math.round(Number(at))}`);
  expect(bench.timeline(40).map(seconds)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0 Pulling: Pulling image "nope:1"",
      "+2 Failed: Failed to pull image "nope:1": failed to pull and unpack image "docker.io/library/nope:1": failed to resolve reference "docker.io/library/nope:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
      "+2 Failed: Error: ErrImagePull",
      "+2 Pending 0/1 c=ErrImagePull",
      "+2 BackOff: Back-off pulling image "nope:1"",
      "+2 Failed: Error: ImagePullBackOff",
      "+12 Pending 0/1 c=ImagePullBackOff",
      "+12 Pulling: Pulling image "nope:1"",
      "+13 Failed: Failed to pull image "nope:1": failed to pull and unpack image "docker.io/library/nope:1": failed to resolve reference "docker.io/library/nope:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
      "+13 Failed: Error: ErrImagePull",
      "+25 Pending 0/1 c=ErrImagePull",
      "+25 BackOff: Back-off pulling image "nope:1"",
      "+25 Failed: Error: ImagePullBackOff",
      "+33 Pending 0/1 c=ImagePullBackOff",
      "+33 Pulling: Pulling image "nope:1"",
      "+34 Failed: Failed to pull image "nope:1": failed to pull and unpack image "docker.io/library/nope:1": failed to resolve reference "docker.io/library/nope:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed",
      "+34 Failed: Error: ErrImagePull",
    ]
  `);
  expect(bench.get().status.containerStatuses[0].state.waiting.message).toMatchInlineSnapshot(
    `"Back-off pulling image "nope:1": ErrImagePull: failed to pull and unpack image "docker.io/library/nope:1": failed to resolve reference "docker.io/library/nope:1": pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed"`,
  );
});

test.each([
  ["Nope", undefined],
  ["nope:1", "Never"],
])("image %s, policy %s", (image, imagePullPolicy) => {
  const bench = new Bench();
  bench.pod({ image, ...(imagePullPolicy && { imagePullPolicy }) });
  bench.events(2);
  const { waiting } = bench.get().status.containerStatuses[0].state;
  const events = bench.cluster.store.list("events", "default").filter((event) => event.involvedObject.name === "p");
  expect({
    waiting,
    events: events.map((event) => `${event.type} ${event.reason}: ${event.message}`),
  }).toMatchSnapshot();
});

test("a missing ConfigMap, then a missing key, then both there", () => {
  const bench = new Bench();
  bench.pod({ env: [{ name: "A", valueFrom: { configMapKeyRef: { name: "conf", key: "a" } } }] });
  expect(bench.timeline(5)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Failed: Error: configmap "conf" not found",
      "+1 Pending 0/1 c=CreateContainerConfigError",
      "+1 Pulled: Container image "test:1" already present on machine",
      "+1.1 Failed: Error: configmap "conf" not found",
    ]
  `);
  bench.create("configmaps", { metadata: { name: "conf" }, data: { b: "2" } });
  bench.timeline(20);
  expect(bench.get().status.containerStatuses[0].state).toMatchInlineSnapshot(`
    {
      "waiting": {
        "message": "configmap "conf" not found",
        "reason": "CreateContainerConfigError",
      },
    }
  `);
  bench.edit("configmaps", "conf", (draft) => {
    draft.data.a = "1";
  });
  bench.timeline(30);
  expect(bench.get().status.containerStatuses[0].ready).toBe(true);
  expect(bench.cluster.runtime.inspect(bench.ref())!.env.A).toBe("1");
});

test("a program that is not there", () => {
  const bench = new Bench();
  bench.pod({ command: ["/no/such"] });
  expect(bench.statuses(5)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+1 Running 0/1 c=RunContainerError<StartError",
      "+2 Running 0/1 c=RunContainerError<StartError*1",
    ]
  `);
  const { lastState } = bench.get().status.containerStatuses[0];
  expect({ ...lastState.terminated, containerID: "", finishedAt: "" }).toMatchInlineSnapshot(`
    {
      "containerID": "",
      "exitCode": 128,
      "finishedAt": "",
      "message": "failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "/no/such": stat /no/such: no such file or directory: unknown",
      "reason": "StartError",
      "startedAt": "1970-01-01T00:00:00Z",
    }
  `);
});

test("runAsNonRoot refuses root", () => {
  const bench = new Bench();
  bench.pod({ securityContext: { runAsNonRoot: true } });
  bench.timeline(5);
  const { state } = bench.get().status.containerStatuses[0];
  expect(state.waiting.reason).toBe("CreateContainerConfigError");
  expect(state.waiting.message).toMatch(
    /^container has runAsNonRoot and image will run as root \(pod: "p_default\([-0-9a-f]+\)", container: c\)$/,
  );
});

test("ports of a pod are reached by address, those on the loopback from inside only", () => {
  const bench = new Bench();
  bench.pod({ args: ["serve", "8080"] });
  bench.timeline(3);
  expect(bench.ask("/", 8080)).toBe(200);
  expect(bench.ask("/", 80)).toBe("refused");
  expect(bench.cluster.runtime.listening(bench.get().metadata.uid)).toEqual([
    { port: 8080, address: "0.0.0.0", container: "c" },
  ]);
  expect(bench.cluster.runtime.usage(bench.ref())).toEqual({ memoryBytes: 5_000_000, cpuMillicores: 0 });
});

test("the log of this instance and of the one before", () => {
  const bench = new Bench();
  bench.pod({ args: ["run", "1500", "7"] });
  bench.timeline(3.5);
  const lines = (previous: boolean) =>
    (bench.cluster.runtime.log(bench.ref(), previous) ?? []).map((line) => `${line.stream} ${line.text}`);
  expect(lines(true)).toEqual(["stdout running", "stderr ending with 7"]);
  expect(lines(false)).toEqual(["stdout running"]);
});

test("a pod that was put where it does not fit, or on no node", () => {
  const bench = new Bench();
  bench.pod({ resources: { requests: { cpu: "64" } } });
  expect(bench.timeline(3)[0]).toMatch(
    /^\+0 OutOfcpu: Node didn't have enough resource: cpu, requested: 64000, used: \d+, capacity: 4000$/,
  );
  expect(bench.get().status).toMatchObject({ phase: "Failed", reason: "OutOfcpu" });
  bench.delete();
  bench.timeline(3);
  expect(bench.get()).toBeUndefined();
  bench.pod({}, { nodeSelector: { disk: "ssd" } });
  expect(bench.timeline(3)[0]).toBe(
    "+0 NodeAffinity: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector",
  );
  const nowhere = new Bench();
  nowhere.pod({}, { nodeName: "node-9" });
  expect(nowhere.timeline(3)).toEqual([]);
});
