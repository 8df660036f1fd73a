import { beforeAll, describe, expect, test } from "vitest";
import { Bench } from "../../testing/bench";

const LEGACY =
  '--profile=legacy is deprecated and will be removed in the future. It is recommended to explicitly specify a profile, for example "--profile=general".\n';

describe("kubectl debug", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = new Bench();
    await bench.run("run web --image=nginx --labels=app=web");
    bench.settle();
  });

  test("adds a container to a running pod, which runs and does not count for its readiness", async () => {
    expect(await bench.run("debug web --image=busybox -c dbg --profile=general -- sleep 1000")).toEqual({
      code: 0,
      stdout: "",
      stderr: "",
    });
    bench.settle(10_000);
    const shown = await bench.run(
      "get pod web -o jsonpath={.spec.ephemeralContainers[0].securityContext.capabilities.add}{.status.ephemeralContainerStatuses[0].state}{.status.containerStatuses[0].ready}",
    );
    expect(shown.stdout).toMatch(/^\["SYS_PTRACE"\]\{"running":\{"startedAt":"[^"]+"\}\}true$/);
  });

  test("one that has ended is not started again", async () => {
    await bench.run("debug web --image=busybox -c once --profile=general -- sh -c 'exit 3'");
    bench.settle(120_000);
    const path = "{.status.ephemeralContainerStatuses[1].restartCount}{.status.ephemeralContainerStatuses[1].state}";
    expect((await bench.run(`get pod web -o jsonpath=${path}`)).stdout).toMatch(/^0.*"exitCode":3/);
  });

  test("a copy loses its labels and gets other images", async () => {
    expect(await bench.run("debug web --copy-to=copy --set-image=*=httpd:2.4")).toEqual({
      code: 0,
      stdout: "",
      stderr: LEGACY,
    });
    expect((await bench.run("get pod copy -o jsonpath={.spec.containers[*].image}{.metadata.labels}")).stdout).toBe(
      'httpd:2.4{"app":"web"}',
    );
    await bench.run("debug web --copy-to=other --image=busybox -c dbg --profile=general");
    expect((await bench.run("get pod other -o jsonpath={.spec.containers[*].name}{.metadata.labels}")).stdout).toBe(
      "web dbg",
    );
  });

  test("a node's pod runs in the node's namespaces", async () => {
    const { stdout } = await bench.run("debug node/node-1 --image=busybox --profile=sysadmin -- sleep 5");
    expect(stdout).toMatch(
      /^Creating debugging pod node-debugger-node-1-[a-z0-9]{5} with container debugger on node node-1\.\n$/,
    );
    const name = /node-debugger-\S+/.exec(stdout)![0];
    expect((await bench.run(`get pod ${name} -o jsonpath={.spec.hostPID}{.spec.nodeName}`)).stdout).toBe("truenode-1");
  });

  const wrong: [string, string][] = [
    ["debug", "error: you must specify --image when not using --copy-to.\n"],
    ["debug --image=busybox", "error: NAME or filename is required for debug\n"],
    ["debug web --image=busybox --profile=odd", "error: unknown profile: odd\n"],
    [
      "debug web --image=busybox -t --profile=general",
      "error: -i/--stdin is required for containers with -t/--tty=true\n",
    ],
    ["debug web --copy-to=c", "error: you must specify --image, --set-image or command arguments.\n"],
    ["debug web --image=busybox --replace", "error: --replace may only be used with --copy-to.\n"],
    ["debug nope --image=busybox --profile=general", 'Error from server (NotFound): pods "nope" not found\n'],
    ["debug svc/kubernetes --image=busybox --profile=general", 'error: "/v1, Kind=Service" not supported by debug\n'],
  ];
  test.each(wrong)("kubectl %s is refused", async (line, stderr) => {
    expect(await bench.run(line)).toEqual({ code: 1, stdout: "", stderr });
  });

  test("what stands cannot be changed or taken away, and must not serve", async () => {
    const answer = bench.cluster.request({
      method: "PATCH",
      path: "/api/v1/namespaces/default/pods/web/ephemeralcontainers",
      headers: { "content-type": "application/merge-patch+json" },
      body: { spec: { ephemeralContainers: [{ name: "new", image: "busybox", ports: [{ containerPort: 80 }] }] } },
    });
    expect((answer.body as any).details.causes).toEqual([
      {
        reason: "FieldValueForbidden",
        message: "Forbidden: cannot be set for an Ephemeral Container",
        field: "spec.ephemeralContainers[0].ports",
      },
      {
        reason: "FieldValueForbidden",
        message: 'Forbidden: existing ephemeral containers "dbg" may not be removed\n',
        field: "spec.ephemeralContainers",
      },
      {
        reason: "FieldValueForbidden",
        message: 'Forbidden: existing ephemeral containers "once" may not be removed\n',
        field: "spec.ephemeralContainers",
      },
    ]);
  });
});
