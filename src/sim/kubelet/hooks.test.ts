import { expect, test, vi } from "vitest";
import { Bench } from "./testing/bench";

vi.mock("../images/catalog", async (original) => (await import("./testing/programs")).mockCatalog(original as any));
vi.mock("../images/programs", async (original) => (await import("./testing/programs")).mockPrograms(original as any));

test("preStop counts towards the grace", () => {
  const bench = new Bench();
  bench.pod(
    { args: ["ignore"], lifecycle: { preStop: { sleep: { seconds: 3 } } } },
    { terminationGracePeriodSeconds: 5 },
  );
  bench.timeline(10);
  bench.delete();
  expect(bench.timeline(20)).toEqual([
    "+10 Running 1/1 c=running terminating",
    "+10 Killing: Stopping container c",
    "+15 Failed 0/1 c=Error(137) terminating",
    "+15.8 gone",
  ]);
});

test("preStop is asked first, over HTTP", () => {
  const bench = new Bench();
  bench.pod({ lifecycle: { preStop: { httpGet: { path: "/count", port: 80 } } } });
  bench.timeline(10);
  bench.delete();
  expect(bench.events(20)).toEqual(["+10 Killing: Stopping container c"]);
  const failing = new Bench();
  failing.pod({ lifecycle: { preStop: { exec: { command: ["nope"] } } } });
  failing.timeline(10);
  failing.delete();
  expect(failing.events(20)).toEqual([
    "+10 Killing: Stopping container c",
    "+10 FailedPreStopHook: PreStopHook failed",
  ]);
});

test("a postStart that fails kills the container", () => {
  const bench = new Bench();
  bench.pod({ lifecycle: { postStart: { httpGet: { path: "/", port: 81 } } } });
  expect(bench.timeline(4)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+0.6 FailedPostStartHook: PostStartHook failed",
      "+0.6 Killing: FailedPostStartHook",
      "+1 Running 0/1 c=PostStartHookError<Completed",
      "+1 Pulled: Container image "test:1" already present on machine",
      "+1.1 Created: Created container: c",
      "+1.2 Started: Started container c",
      "+1.2 FailedPostStartHook: PostStartHook failed",
      "+1.2 Killing: FailedPostStartHook",
      "+2 Running 0/1 c=PostStartHookError<Completed*1",
      "+2 BackOff: Back-off restarting failed container c in pod p_default(UID)",
    ]
  `);
  expect(bench.get().status.containerStatuses[0].state.waiting.reason).toBe("PostStartHookError");
});
