import { expect, test, vi } from "vitest";
import { Bench } from "../testing/bench";

vi.mock("../../images/catalog", async (original) => (await import("../testing/programs")).mockCatalog(original as any));
vi.mock("../../images/programs", async (original) =>
  (await import("../testing/programs")).mockPrograms(original as any),
);

test("liveness and readiness", () => {
  const bench = new Bench();
  bench.pod({
    livenessProbe: { httpGet: { path: "/", port: 80 }, initialDelaySeconds: 5, periodSeconds: 5, failureThreshold: 2 },
    readinessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 3, failureThreshold: 1, successThreshold: 2 },
  });
  expect(bench.statuses(20)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+1 Running 0/1 c=running",
      "+4 Running 1/1 c=running",
    ]
  `);
  bench.ask("/break");
  expect(bench.timeline(20)).toMatchInlineSnapshot(`
    [
      "+20 Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 503",
      "+22 Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503",
      "+22 Running 0/1 c=running",
      "+25 Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 503",
      "+25 Unhealthy: Readiness probe failed: HTTP probe failed with statuscode: 503",
      "+25 Killing: Container c failed liveness probe, will be restarted",
      "+25 Pulled: Container image "test:1" already present on machine",
      "+25.1 Created: Created container: c",
      "+25.2 Started: Started container c",
      "+26 Running 0/1 c=running<Completed*1",
      "+29 Running 1/1 c=running<Completed*1",
    ]
  `);
});

test("a startup probe holds the others back", () => {
  const bench = new Bench();
  bench.pod({
    args: ["serve", "80", "ready-after", "8000"],
    startupProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 2, failureThreshold: 10 },
    livenessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 1, failureThreshold: 1 },
    readinessProbe: { tcpSocket: { port: 80 }, periodSeconds: 5 },
  });
  expect(bench.timeline(20)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+1 Running 0/1 c=running",
      "+2 Unhealthy: Startup probe failed: Get "http://IP:80/": dial tcp IP:80: connect: connection refused",
      "+4 Unhealthy: Startup probe failed: Get "http://IP:80/": dial tcp IP:80: connect: connection refused",
      "+6 Unhealthy: Startup probe failed: Get "http://IP:80/": dial tcp IP:80: connect: connection refused",
      "+8 Unhealthy: Startup probe failed: Get "http://IP:80/": dial tcp IP:80: connect: connection refused",
      "+10 Running 1/1 c=running",
    ]
  `);
});

test("a startup probe that never succeeds", () => {
  const bench = new Bench();
  bench.pod(
    { args: ["ignore"], startupProbe: { tcpSocket: { port: 80 }, periodSeconds: 1, failureThreshold: 2 } },
    { terminationGracePeriodSeconds: 3 },
  );
  expect(bench.events(9)).toMatchInlineSnapshot(`
    [
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+1 Unhealthy: Startup probe failed: dial tcp IP:80: connect: connection refused",
      "+2 Unhealthy: Startup probe failed: dial tcp IP:80: connect: connection refused",
      "+2 Killing: Container c failed startup probe, will be restarted",
      "+5 Pulled: Container image "test:1" already present on machine",
      "+5.1 Created: Created container: c",
      "+5.2 Started: Started container c",
      "+6 Unhealthy: Startup probe failed: dial tcp IP:80: connect: connection refused",
      "+7 Unhealthy: Startup probe failed: dial tcp IP:80: connect: connection refused",
      "+7 Killing: Container c failed startup probe, will be restarted",
    ]
  `);
});

test("patience", () => {
  const bench = new Bench();
  bench.pod({ readinessProbe: { httpGet: { path: "/slow/2500", port: 80 }, timeoutSeconds: 2, periodSeconds: 4 } });
  expect(bench.timeline(8)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+1 Running 0/1 c=running",
      "+3 Unhealthy: Readiness probe failed: Get "http://IP:80/slow/2500": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
      "+7 Unhealthy: Readiness probe failed: Get "http://IP:80/slow/2500": context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
    ]
  `);
  const patient = new Bench();
  patient.pod({ readinessProbe: { httpGet: { path: "/slow/2500", port: 80 }, timeoutSeconds: 3, periodSeconds: 4 } });
  expect(patient.statuses(8)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+1 Running 0/1 c=running",
      "+3.5 Running 1/1 c=running",
    ]
  `);
});

test("an attempt within the initial delay is left out, not put off", () => {
  const bench = new Bench();
  bench.pod({
    livenessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 5, periodSeconds: 5 },
    readinessProbe: { tcpSocket: { port: 80 }, initialDelaySeconds: 12, periodSeconds: 10 },
  });
  expect(bench.timeline(22)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+1 Running 0/1 c=running",
      "+10 Unhealthy: Liveness probe failed: dial tcp IP:8080: connect: connection refused",
      "+15 Unhealthy: Liveness probe failed: dial tcp IP:8080: connect: connection refused",
      "+20 Unhealthy: Liveness probe failed: dial tcp IP:8080: connect: connection refused",
      "+20 Killing: Container c failed liveness probe, will be restarted",
      "+20 Pulled: Container image "test:1" already present on machine",
      "+20.1 Created: Created container: c",
      "+20.2 Started: Started container c",
      "+21 Running 0/1 c=running<Completed*1",
    ]
  `);
});

test("nobody there", () => {
  const bench = new Bench();
  bench.pod({
    readinessProbe: { httpGet: { path: "/healthz", port: 8080 } },
    livenessProbe: { tcpSocket: { port: 8080 }, initialDelaySeconds: 2 },
  });
  expect(bench.events(6)).toMatchInlineSnapshot(`
    [
      "+0.4 Pulled: Container image "test:1" already present on machine",
      "+0.5 Created: Created container: c",
      "+0.6 Started: Started container c",
      "+1 Unhealthy: Readiness probe failed: Get "http://IP:8080/healthz": dial tcp IP:8080: connect: connection refused",
    ]
  `);
});

test("probes that cannot end otherwise sleep, and nothing differs for it", () => {
  const bench = new Bench();
  bench.pod({ livenessProbe: { httpGet: { path: "/", port: 80 }, periodSeconds: 7, failureThreshold: 1 } });
  bench.timeline(8);
  expect(bench.cluster.inside.kernel.queue.snapshot().timers.filter((timer) => timer.component === "kubelet")).toEqual(
    [],
  );
  bench.timeline(94);
  bench.ask("/break");
  // Attempts come every seven seconds, counted from when the pod was made: after 102 s the next one is due at 105 s.
  expect(bench.timeline(7)[0]).toBe("+105 Unhealthy: Liveness probe failed: HTTP probe failed with statuscode: 503");
});

test("a probe that leaves something behind goes on", () => {
  const bench = new Bench();
  bench.pod({ livenessProbe: { httpGet: { path: "/count", port: 80 }, periodSeconds: 10 } });
  bench.timeline(101);
  expect(
    bench.cluster.inside.kernel.table<any>("kubelet.instances").get(`${bench.get().metadata.uid}/c`).programState,
  ).toEqual({ healthy: true, requests: 10 });
});

test("readinessGates", () => {
  const bench = new Bench();
  bench.pod({}, { readinessGates: [{ conditionType: "example.com/ok" }] });
  bench.timeline(5);
  const ready = () => bench.get().status.conditions.find((condition: any) => condition.type === "Ready");
  expect(ready()).toMatchObject({
    status: "False",
    reason: "ReadinessGatesNotReady",
    message: 'corresponding condition of pod readiness gate "example.com/ok" does not exist.',
  });
});
