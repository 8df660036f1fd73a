import { expect, test } from "vitest";
import { Bench } from "./testing/bench";

const sh = (script: string) => ({ image: "busybox:1.36", command: ["sh", "-c", script] });

test("a script as a container", () => {
  const bench = new Bench();
  bench.pod(sh("for i in 1 2 3; do echo line $i $HOSTNAME; sleep 1; done; cat /nope; exit 3"), {
    restartPolicy: "Never",
  });
  bench.timeline(15);
  expect(bench.get().status).toMatchObject({ phase: "Failed" });
  expect(bench.cluster.runtime.log(bench.ref())!.map((line) => `${line.stream}: ${line.text}`)).toEqual([
    "stdout: line 1 p",
    "stdout: line 2 p",
    "stdout: line 3 p",
    "stderr: cat: can't open '/nope': No such file or directory",
  ]);
});

test("the documentation's exec probe: healthy for thirty seconds", () => {
  const bench = new Bench();
  bench.pod({
    ...sh("touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600"),
    livenessProbe: { exec: { command: ["cat", "/tmp/healthy"] }, initialDelaySeconds: 5, periodSeconds: 5 },
  });
  bench.timeline(20);
  const started = Date.parse(bench.get().status.containerStatuses[0].state.running.startedAt);
  expect(bench.events(8)).toEqual([]);
  const events = bench.events(65).map((line) => line.replace(/^\S+ /, ""));
  expect(events.slice(0, 4)).toEqual([
    "Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n",
    "Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n",
    "Unhealthy: Liveness probe failed: cat: can't open '/tmp/healthy': No such file or directory\n",
    "Killing: Container c failed liveness probe, will be restarted",
  ]);
  const { restartCount, lastState } = bench.get().status.containerStatuses[0];
  expect(restartCount).toBe(1);
  // A shell as process 1 does not care for SIGTERM: it is killed after the thirty seconds of grace.
  expect(lastState.terminated).toMatchObject({ exitCode: 137, reason: "Error" });
  expect(Date.parse(lastState.terminated.finishedAt) - started).toBeGreaterThanOrEqual(70_000);
});

test("an exec probe that takes too long, and one whose program is missing", () => {
  const slow = new Bench();
  slow.pod({
    ...sh("sleep 600"),
    readinessProbe: { exec: { command: ["sleep", "5"] }, timeoutSeconds: 2, periodSeconds: 5 },
  });
  slow.timeline(10);
  const messages = (bench: Bench) =>
    bench.cluster.store
      .list("events", "default")
      .filter((event) => event.involvedObject.name === "p" && event.reason === "Unhealthy")
      .map((event) => event.message);
  expect(messages(slow)).toEqual(['Readiness probe failed: command timed out: "sleep 5" timed out after 2s']);
  const missing = new Bench();
  missing.pod({ ...sh("sleep 600"), readinessProbe: { exec: { command: ["nope"] } } });
  missing.timeline(10);
  expect(messages(missing)[0]).toContain('exec: "nope": executable file not found in $PATH');
});

test("postStart writes a file, and the termination message is read", () => {
  const bench = new Bench();
  bench.pod(
    {
      ...sh("sleep 10; echo why > /dev/termination-log; exit 4"),
      lifecycle: { postStart: { exec: { command: ["sh", "-c", "echo started > /tmp/hook"] } } },
    },
    { restartPolicy: "Never" },
  );
  bench.timeline(5);
  expect(bench.cluster.runtime.inspect(bench.ref())!.files.readFile("/tmp/hook")).toBe("started\n");
  bench.timeline(15);
  expect(bench.get().status.containerStatuses[0].state.terminated).toMatchObject({ exitCode: 4, message: "why\n" });
});

test("nginx serves what a ConfigMap holds, and an init container's file", () => {
  const bench = new Bench();
  const volumeMounts = [{ name: "html", mountPath: "/usr/share/nginx/html" }];
  bench.pod(
    { image: "nginx:1.27", volumeMounts, readinessProbe: { httpGet: { path: "/index.html", port: 80 } } },
    {
      initContainers: [
        {
          name: "write",
          ...sh("echo from init > /html/index.html"),
          volumeMounts: [{ name: "html", mountPath: "/html" }],
        },
      ],
      volumes: [{ name: "html", emptyDir: {} }],
    },
  );
  bench.timeline(30);
  expect(bench.get().status.containerStatuses[0].ready).toBe(true);
  const log = bench.cluster.runtime.log(bench.ref())!.map((line) => line.text);
  expect(log.some((line) => line.includes('"GET /index.html HTTP/1.1" 200') && line.includes("kube-probe/1.33"))).toBe(
    true,
  );
  bench.delete();
  expect(bench.timeline(20).at(-1)).toMatch(/gone$/);
});

test("preStop lets nginx quit before it is told to", () => {
  const bench = new Bench();
  bench.pod({
    image: "nginx:1.9.14",
    lifecycle: { preStop: { exec: { command: ["/usr/sbin/nginx", "-s", "quit"] } } },
  });
  bench.timeline(30);
  bench.delete();
  expect(bench.timeline(20).map((line) => line.replace(/^\S+ /, ""))).toEqual([
    "Running 1/1 c=running terminating",
    "Killing: Stopping container c",
    "Succeeded 0/1 c=Completed(0) terminating",
    "gone",
  ]);
});

test.each(["exec nginx -g 'daemon off;'", "nginx -g 'daemon off;'"])(
  "a shell turns into the server at its end: %s",
  (end) => {
    const bench = new Bench();
    bench.pod({ image: "nginx:1.25", command: ["sh", "-c", `sleep 5; ${end}`] });
    bench.timeline(10);
    const log = bench.cluster.runtime.log(bench.ref()) ?? [];
    expect(log.map(({ text }) => text).filter((text) => text.includes("start worker processes"))).toHaveLength(1);
  },
);

test("kube-system is up and costs nothing while nobody acts", () => {
  const { cluster } = new Bench();
  for (const pod of cluster.store.list("pods", "kube-system")) {
    expect(
      pod.status.containerStatuses.map((status: any) => status.ready),
      pod.metadata.name,
    ).toEqual([true]);
  }
  cluster.advanceTo(cluster.nowMs + 5000);
  const timers = cluster.inside.kernel.queue.snapshot().timers;
  expect(timers.filter((timer) => timer.component === "kubelet")).toEqual([]);
});
