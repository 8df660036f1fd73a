import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { PassThrough, Writable } from "node:stream";
import {
  Attach,
  CoreV1Api,
  Exec,
  KubeConfig,
  Log,
  makeInformer,
  PortForward,
  type V1Pod,
  type V1Status,
  Watch,
} from "@kubernetes/client-node";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedCluster, serveCluster } from "./serve";

let served: ServedCluster;
let config: KubeConfig;
let core: CoreV1Api;
let folder: string;

beforeAll(async () => {
  served = await serveCluster({ port: 0, speed: 20, seed: "client-node" });
  config = new KubeConfig();
  config.loadFromString(served.kubeconfig);
  // This client wants plain HTTP, as on loopback, to be asked for.
  config.clusters = config.clusters.map((cluster) => ({ ...cluster, skipTLSVerify: true }));
  core = config.makeApiClient(CoreV1Api);
  folder = await mkdtemp(path.join(tmpdir(), "client-node-"));
  for (const [name, image, command] of [
    ["web", "nginx:1.25", undefined],
    ["talker", "busybox", ["sh", "-c", "echo started; while read line; do echo said $line; done; sleep 1000"]],
  ] as const)
    await core.createNamespacedPod({
      namespace: "default",
      body: {
        metadata: { name },
        spec: {
          terminationGracePeriodSeconds: 0,
          containers: [{ name: "main", image, stdin: true, ...(command && { command: [...command] }) }],
        },
      },
    });
  await until(async () =>
    (await core.listNamespacedPod({ namespace: "default" })).items.every(({ status }) => status?.phase === "Running"),
  );
});
afterAll(async () => {
  await served.close();
  await rm(folder, { recursive: true });
});

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("it did not happen");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Keeps what is written into it. */
class Kept extends Writable {
  private chunks: Buffer[] = [];
  override _write(chunk: Buffer, _: string, done: () => void): void {
    this.chunks.push(Buffer.from(chunk));
    done();
  }
  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }
}

const pod = (name: string): V1Pod => ({
  metadata: { name },
  spec: { terminationGracePeriodSeconds: 0, containers: [{ name: "c", image: "busybox", command: ["sleep", "100"] }] },
});

test("an informer sees what is there, what comes, and what goes", async () => {
  const informer = makeInformer(config, "/api/v1/namespaces/default/pods", () =>
    core.listNamespacedPod({ namespace: "default" }),
  );
  const seen: string[] = [];
  for (const verb of ["add", "delete"] as const)
    informer.on(verb, (object) => seen.push(`${verb} ${object.metadata?.name}`));
  await informer.start();
  await core.createNamespacedPod({ namespace: "default", body: pod("guest") });
  await until(() => seen.includes("add guest"));
  await core.deleteNamespacedPod({ namespace: "default", name: "guest" });
  await until(() => seen.includes("delete guest"));
  await informer.stop();
  expect(seen.sort()).toEqual(["add guest", "add talker", "add web", "delete guest"]);
});

test("a watch tells of changes until it is given up", async () => {
  const events: string[] = [];
  const controller = await new Watch(config).watch(
    "/api/v1/namespaces/default/configmaps",
    { fieldSelector: "metadata.name=seen" },
    (type) => events.push(type),
    () => {},
  );
  await core.createNamespacedConfigMap({ namespace: "default", body: { metadata: { name: "seen" } } });
  await core.deleteNamespacedConfigMap({ namespace: "default", name: "seen" });
  await until(() => events.length === 2);
  controller.abort();
  expect(events).toEqual(["ADDED", "DELETED"]);
});

test("a command in a container gets any bytes and gives them back, with its exit code", async () => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, at) => (at * 7919) % 256));
  const input = new PassThrough();
  const output = new Kept();
  const status = await new Promise<V1Status>((resolve, reject) => {
    const command = ["sh", "-c", `head -c ${bytes.length}; exit 3`];
    new Exec(config).exec("default", "web", "main", command, output, null, input, false, resolve).catch(reject);
    input.end(bytes);
  });
  expect(output.bytes.equals(bytes)).toBe(true);
  expect([status.status, status.details?.causes]).toEqual(["Failure", [{ reason: "ExitCode", message: "3" }]]);
});

test("logs are read and followed", async () => {
  const output = new Kept();
  const controller = await new Log(config).log("default", "talker", "main", output, { follow: true });
  await until(() => output.bytes.toString().startsWith("started\n"));
  controller.abort();
});

test("a container's main process is talked to", async () => {
  const input = new PassThrough();
  const output = new Kept();
  const socket = await new Attach(config).attach("default", "talker", "main", output, null, input, false);
  input.write("hello\n");
  await until(() => output.bytes.toString() === "said hello\n");
  socket.close();
});

test("several connections go through one forward, and one that is refused says why", async () => {
  const forward = new PortForward(config);
  const errors = new Kept();
  const server: Server = createServer((socket) => {
    socket.on("error", () => {});
    void forward.portForward("default", "web", [80], socket, errors, socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const get = (at: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () =>
        socket.write(`GET ${at} HTTP/1.1\r\nHost: web\r\nConnection: close\r\n\r\n`),
      );
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
        const [line, rest] = text.split("\r\n");
        if (rest === undefined) return;
        socket.destroy();
        resolve(line!);
      });
    });
  expect(await Promise.all([get("/"), get("/nope"), get("/")])).toEqual([
    "HTTP/1.1 200 OK",
    "HTTP/1.1 404 Not Found",
    "HTTP/1.1 200 OK",
  ]);
  server.close();
  const refused = new Kept();
  await forward.portForward("default", "web", [81], new Kept(), refused, new PassThrough());
  await until(() => refused.bytes.length > 0);
  expect(refused.bytes.toString()).toMatch(/^error forwarding port 81 to pod .* connection refused/);
});

test("files are copied both ways", async () => {
  const copy = new Exec(config);
  const source = path.join(folder, "bytes");
  const bytes = Buffer.from(Array.from({ length: 5000 }, (_, at) => at % 256));
  await writeFile(source, bytes);
  const run = (command: string[], input: PassThrough | null, output: Kept) =>
    new Promise<V1Status>((resolve, reject) => {
      copy.exec("default", "web", "main", command, output, null, input, false, resolve).catch(reject);
    });
  const packed = new Kept();
  await run(["sh", "-c", "mkdir -p /tmp/in"], null, new Kept());
  const input = new PassThrough();
  const done = run(["sh", "-c", "cat > /tmp/in/bytes"], input, new Kept());
  input.end(await readFile(source));
  await done;
  await run(["tar", "-cf", "-", "-C", "/tmp/in", "bytes"], null, packed);
  expect(packed.bytes.subarray(512, 512 + bytes.length).equals(bytes)).toBe(true);
});
