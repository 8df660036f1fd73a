import { expect, test, vi } from "vitest";
import { Bench } from "./testing/bench";

vi.mock("../images/catalog", async (original) => (await import("./testing/programs")).mockCatalog(original as any));
vi.mock("../images/programs", async (original) => (await import("./testing/programs")).mockPrograms(original as any));

const fault = (bench: Bench, fault: any) => bench.cluster.apply({ kind: "fault", fault });

test("a node without power runs nothing; with it again, all containers are new", () => {
  const bench = new Bench();
  bench.pod({ readinessProbe: { httpGet: { port: 80 } } });
  bench.timeline(10);
  const ip = bench.get().status.podIP;
  fault(bench, { fault: "node-down", node: "node-1" });
  bench.timeline(5);
  expect(bench.ask("/")).toBe("refused");
  expect(bench.cluster.runtime.inspect(bench.ref())).toBeUndefined();
  fault(bench, { fault: "node-up", node: "node-1" });
  expect(bench.timeline(25).filter((line) => !line.includes("NodeNotReady"))).toMatchInlineSnapshot(`
    [
      "+30 SandboxChanged: Pod sandbox changed, it will be killed and re-created.",
      "+30 Running 0/1 c=Unknown(255)",
      "+30.4 Pulled: Container image "test:1" already present on machine",
      "+30.5 Created: Created container: c",
      "+30.6 Started: Started container c",
      "+31 Running 1/1 c=running<Unknown*1",
    ]
  `);
  expect(bench.get().status.podIP).not.toBe(ip);
  expect(bench.get().status.containerStatuses[0].lastState.terminated).toMatchObject({
    exitCode: 255,
    reason: "Unknown",
  });
});

test("init containers run again in a new sandbox", () => {
  const bench = new Bench();
  bench.pod({}, { initContainers: [{ name: "i", image: "test:1", args: ["run", "100", "0"] }] });
  bench.timeline(10);
  // Off and on in the same moment is a restart too.
  fault(bench, { fault: "node-down", node: "node-1" });
  fault(bench, { fault: "node-up", node: "node-1" });
  expect(bench.statuses(25)).toMatchInlineSnapshot(`
    [
      "+25 Running 0/1 i=Completed(0) c=Unknown(255)",
      "+26 Running 0/1 i=Completed(0)<Completed*1 c=Unknown(255)",
      "+27 Running 1/1 i=Completed(0)<Completed*1 c=running<Unknown*1",
    ]
  `);
});

test("without its kubelet a container goes on, unwatched", () => {
  const bench = new Bench();
  bench.pod({ args: ["serve", "80"], livenessProbe: { httpGet: { port: 80 }, periodSeconds: 2, failureThreshold: 1 } });
  bench.timeline(10);
  fault(bench, { fault: "kubelet-down", node: "node-1" });
  bench.ask("/break");
  bench.timeline(10);
  expect(bench.ask("/")).toBe(503);
  expect(bench.get().status.containerStatuses[0].restartCount).toBe(0);
  fault(bench, { fault: "kubelet-up", node: "node-1" });
  bench.timeline(10);
  expect(bench.get().status.containerStatuses[0].restartCount).toBe(1);
});

test("a killed container comes back", () => {
  const bench = new Bench();
  bench.pod({});
  bench.timeline(10);
  fault(bench, { fault: "kill-container", namespace: "default", pod: "p" });
  expect(bench.statuses(3)).toEqual(["+11 Running 0/1 c=Error(137)", "+12 Running 1/1 c=running<Error*1"]);
  fault(bench, { fault: "kill-container", namespace: "default", pod: "p", exitCode: 9 });
  expect(bench.statuses(1)).toEqual(["+14 Running 0/1 c=Error(9)<Error*1"]);
});

test("nobody inside a container kills its first process", () => {
  const bench = new Bench();
  bench.pod({});
  bench.timeline(10);
  const kill = { op: "signal", pid: 1, signal: "SIGKILL" } as const;
  expect(bench.cluster.apply({ kind: "container", ref: bench.ref(), change: kill })).toEqual({});
  expect(bench.timeline(5)).toEqual([]);
});

test("a restored cluster goes on as the original", () => {
  const bench = new Bench();
  bench.pod({ args: ["run", "3000", "1"], livenessProbe: { exec: { command: ["true"] } } });
  bench.timeline(20);
  const { cluster } = bench;
  const fork = cluster.fork();
  const copy = (cluster.constructor as any).restore(JSON.parse(JSON.stringify(cluster.snapshot())));
  for (const each of [cluster, fork, copy]) each.advanceTo(each.nowMs + 100_000);
  expect(fork.hash()).toBe(cluster.hash());
  expect(copy.hash()).toBe(cluster.hash());
});

test("a mirror of a static pod comes back, with the containers that never stopped", () => {
  const bench = new Bench();
  const { cluster } = bench;
  const name = "kube-scheduler-control-plane";
  const get = () => cluster.store.get("pods", "kube-system", name)!;
  const before = get();
  cluster.advanceTo(cluster.nowMs + 60_000);
  cluster.request({ method: "DELETE", path: `/api/v1/namespaces/kube-system/pods/${name}` });
  cluster.advanceTo(cluster.nowMs + 10_000);
  expect(get().metadata.uid).not.toBe(before.metadata.uid);
  expect(get().status.containerStatuses).toEqual(before.status.containerStatuses);
  expect(get().status.conditions.find((condition: any) => condition.type === "Ready").status).toBe("True");
  const ref = { podUid: get().metadata.uid, container: "kube-scheduler" };
  expect(cluster.runtime.inspect(ref)).toBeDefined();
  expect(cluster.runtime.log(ref)!.length).toBeGreaterThan(0);
  expect(cluster.runtime.inspect({ ...ref, podUid: before.metadata.uid })).toBeUndefined();
});
