import { expect, test, vi } from "vitest";
import { filesOf, readVolume, type TreeRow } from "../runtime/volume-rows";
import { Bench } from "../testing/bench";

vi.mock("../../images/catalog", async (original) => (await import("../testing/programs")).mockCatalog(original as any));
vi.mock("../../images/programs", async (original) =>
  (await import("../testing/programs")).mockPrograms(original as any),
);

const mounted = (volume: Record<string, unknown>, mount: Record<string, unknown> = {}) =>
  [{ volumeMounts: [{ name: "v", mountPath: "/data", ...mount }] }, { volumes: [{ name: "v", ...volume }] }] as const;

function inside(bench: Bench) {
  return bench.cluster.runtime.inspect(bench.ref())!.files;
}

test("a ConfigMap as files, behind ..data", () => {
  const bench = new Bench();
  bench.create("configmaps", { metadata: { name: "conf" }, data: { a: "1", b: "2" } });
  bench.pod(
    ...mounted({
      configMap: {
        name: "conf",
        defaultMode: 0o400,
        items: [
          { key: "a", path: "sub/x", mode: 0o640 },
          { key: "b", path: "y" },
        ],
      },
    }),
  );
  bench.timeline(3);
  const files = inside(bench);
  expect(files.readDirectory("/data")).toEqual(
    ["..2026_01_05_09_00_00.075700000", "..data", "sub", "y"].map((name) =>
      name.startsWith("..2") ? expect.stringMatching(/^\.\.2026_01_05_09_00_00\.\d{9}$/) : name,
    ),
  );
  expect(files.readLink("/data/y")).toBe("..data/y");
  expect([files.readFile("/data/sub/x"), files.stat("/data/sub/x")?.mode, files.stat("/data/y")?.mode]).toEqual([
    "1",
    0o640,
    0o400,
  ]);
  expect(
    bench.cluster.apply({
      kind: "container",
      ref: bench.ref(),
      change: { op: "write-file", path: "/data/y", content: "" },
    }),
  ).toEqual({ error: "EROFS" });
});

test("changes arrive with the next sync, but not through a subPath", () => {
  const bench = new Bench();
  bench.create("configmaps", { metadata: { name: "conf" }, data: { a: "old" } });
  bench.pod(
    {
      volumeMounts: [
        { name: "v", mountPath: "/data" },
        { name: "v", mountPath: "/etc/app.conf", subPath: "a" },
      ],
    },
    { volumes: [{ name: "v", configMap: { name: "conf" } }] },
  );
  bench.timeline(3);
  bench.edit("configmaps", "conf", (draft) => {
    draft.data.a = "new";
  });
  const read = () => [inside(bench).readFile("/data/a"), inside(bench).readFile("/etc/app.conf")];
  bench.timeline(30);
  expect(read()).toEqual(["old", "old"]);
  bench.timeline(31);
  expect(read()).toEqual(["new", "old"]);
});

test("a Secret that comes late", () => {
  const bench = new Bench();
  bench.pod(...mounted({ secret: { secretName: "tls" } }));
  expect(bench.timeline(4)).toMatchInlineSnapshot(`
    [
      "+0 Pending 0/1 c=ContainerCreating",
      "+0.3 FailedMount: MountVolume.SetUp failed for volume "v" : secret "tls" not found",
      "+0.8 FailedMount: MountVolume.SetUp failed for volume "v" : secret "tls" not found",
      "+1.8 FailedMount: MountVolume.SetUp failed for volume "v" : secret "tls" not found",
      "+3.8 FailedMount: MountVolume.SetUp failed for volume "v" : secret "tls" not found",
    ]
  `);
  bench.create("secrets", { metadata: { name: "tls" }, data: { "tls.key": "a2V5" } });
  bench.timeline(5);
  expect(bench.get().status.phase).toBe("Running");
  expect(inside(bench).readFile("/data/tls.key")).toBe("key");
});

test("a key that the ConfigMap does not have, and an optional ConfigMap", () => {
  const bench = new Bench();
  bench.create("configmaps", { metadata: { name: "conf" }, data: {} });
  bench.pod(...mounted({ configMap: { name: "conf", items: [{ key: "k", path: "p" }] } }));
  expect(bench.events(0.5)).toEqual([
    '+0.3 FailedMount: MountVolume.SetUp failed for volume "v" : configmap references non-existent config key: k',
  ]);
  const other = new Bench();
  other.pod(...mounted({ configMap: { name: "none", optional: true } }));
  other.timeline(3);
  expect(
    inside(other)
      .readDirectory("/data")
      .filter((name) => !name.startsWith("..")),
  ).toEqual([]);
});

test("an emptyDir is shared, outlives a container and goes with the pod", () => {
  const bench = new Bench();
  const volumeMounts = [{ name: "v", mountPath: "/data" }];
  bench.pod(
    {},
    {
      containers: [
        { name: "c", image: "test:1", args: ["run", "5000", "0"], volumeMounts },
        { name: "d", image: "test:1", volumeMounts },
      ],
      volumes: [{ name: "v", emptyDir: {} }],
    },
  );
  bench.timeline(2);
  const write = (path: string) =>
    bench.cluster.apply({ kind: "container", ref: bench.ref("c"), change: { op: "write-file", path, content: "x" } });
  expect([write("/data/f"), write("/own")]).toEqual([{}, {}]);
  expect(bench.cluster.runtime.inspect(bench.ref("d"))!.files.readFile("/data/f")).toBe("x");
  bench.timeline(5);
  expect(bench.get().status.containerStatuses[0].restartCount).toBe(1);
  expect([inside(bench).stat("/data/f")?.type, inside(bench).stat("/own")]).toEqual(["file", undefined]);
  const uid = bench.get().metadata.uid;
  bench.delete();
  bench.timeline(40);
  const left = bench.cluster.inside.kernel
    .tableNames()
    .filter((name) => name.startsWith("kubelet."))
    .flatMap((name) => [...bench.cluster.inside.kernel.table(name).keys()]);
  expect(left.filter((key) => key.startsWith(uid))).toEqual([]);
});

test("downward API, projected sources and the service account's token", () => {
  const bench = new Bench();
  bench.create("configmaps", { metadata: { name: "ca" }, data: { "ca.crt": "CA" } });
  bench.pod(
    ...mounted({
      projected: {
        sources: [
          { serviceAccountToken: { path: "token", expirationSeconds: 3607 } },
          { configMap: { name: "ca", items: [{ key: "ca.crt", path: "ca.crt" }] } },
          {
            downwardAPI: {
              items: [
                { path: "namespace", fieldRef: { fieldPath: "metadata.namespace" } },
                { path: "labels", fieldRef: { fieldPath: "metadata.labels" } },
              ],
            },
          },
        ],
      },
    }),
    { labels: { b: "2", a: "1" } } as any,
  );
  bench.timeline(3);
  const files = inside(bench);
  expect(["ca.crt", "namespace"].map((name) => files.readFile(`/data/${name}`))).toEqual(["CA", "default"]);
  const fork = bench.cluster.fork();
  expect(JSON.stringify(bench.cluster.snapshot().kernel.tables["kubelet.volumes"])).not.toContain("eyJ");
  const token = files.readFile("/data/token");
  expect(token.split(".").length).toBe(3);
  expect(files.readFile("/data/token")).toBe(token);
  expect(fork.hash()).toBe(bench.cluster.hash());
});

test("a directory cannot lie on a file", () => {
  const bench = new Bench();
  bench.create("configmaps", { metadata: { name: "conf" }, data: { "app.conf": "x" } });
  bench.pod(...mounted({ configMap: { name: "conf" } }, { mountPath: "/etc/app.conf" }));
  bench.timeline(3);
  expect(bench.get().status.containerStatuses[0].lastState.terminated.message).toMatch(
    /not a directory: Are you trying to mount a directory onto a file \(or vice-versa\)\?/,
  );
});

test("a hostPath stays on its node", () => {
  const bench = new Bench();
  bench.pod(...mounted({ hostPath: { path: "/srv/x", type: "DirectoryOrCreate" } }));
  bench.timeline(3);
  bench.cluster.apply({
    kind: "container",
    ref: bench.ref(),
    change: { op: "write-file", path: "/data/f", content: "kept" },
  });
  bench.delete();
  bench.timeline(5);
  bench.pod(...mounted({ hostPath: { path: "/srv/x", type: "Directory" } }));
  bench.timeline(3);
  expect(inside(bench).readFile("/data/f")).toBe("kept");
  const other = new Bench();
  other.pod(...mounted({ hostPath: { path: "/srv/none", type: "Directory" } }));
  expect(other.events(0.5)).toEqual([
    '+0.3 FailedMount: MountVolume.SetUp failed for volume "v" : hostPath type check failed: /srv/none is not a directory',
  ]);
});

test("the token of a pod that ran before the lab began is as old as the pod", () => {
  const { cluster } = new Bench();
  const dns = cluster.store.list("pods", "kube-system").find(({ metadata }) => metadata.name.startsWith("coredns-"))!;
  const volume = dns.spec.volumes.find((one: any) => one.projected).name;
  const row = readVolume(cluster.inside, dns.metadata.uid, volume) as TreeRow;
  const path = Object.keys(row.tokens ?? {})[0]!;
  const { content } = filesOf(cluster.inside, row)[path] as { content: string };
  const claims = JSON.parse(Buffer.from(content.split(".")[1]!, "base64url").toString());
  const bornSeconds = Date.parse(dns.metadata.creationTimestamp as string) / 1000;
  expect(claims.iat - bornSeconds).toBeGreaterThanOrEqual(0);
  expect(claims.iat - bornSeconds).toBeLessThan(60);
  expect(claims["kubernetes.io"].pod).toEqual({ name: dns.metadata.name, uid: dns.metadata.uid });
});
