import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedCluster, serveCluster } from "./serve";

const FOLDER = "/usr/lib/google-cloud-sdk/bin";

/** 1.27 speaks SPDY alone, 1.30 WebSocket for commands only, 1.33 WebSocket throughout. Skipped where they are not installed. */
describe.each(["1.27", "1.30", "1.33"])("a stock kubectl %s", (version) => {
  const stock = `${FOLDER}/kubectl.${version}`;
  let served: ServedCluster;
  let home: string;
  beforeAll(async () => {
    if (!existsSync(stock)) return;
    home = await mkdtemp(path.join(tmpdir(), "stock-streams-"));
    served = await serveCluster({ port: 0, speed: 20, seed: "stock" });
    await writeFile(path.join(home, "config"), served.kubeconfig);
    await kubectl(["run", "web", "--image=nginx:1.25"]);
    await kubectl(["wait", "--for=condition=Ready", "pod/web", "--timeout=30s"]);
  });
  afterAll(async () => {
    await served?.close();
    if (home) await rm(home, { recursive: true });
  });

  const environment = () => ({ ...process.env, HOME: home, KUBECONFIG: path.join(home, "config") });

  function kubectl(words: string[], input = ""): Promise<string> {
    return new Promise((resolve) => {
      const child = execFile(stock, words, { cwd: home, env: environment(), timeout: 30_000 }, (_, stdout, stderr) =>
        resolve(stdout + stderr),
      );
      child.stdin?.end(input);
    });
  }

  test.skipIf(!existsSync(stock))("runs commands: input, output, exit code", { timeout: 60_000 }, async () => {
    expect([
      await kubectl(["exec", "-i", "web", "--", "sh", "-c", "cat; echo oops >&2"], "gruß\n"),
      await kubectl(["exec", "web", "--", "sh", "-c", "exit 7"]),
      await kubectl(["exec", "web", "--", "nope"]),
    ]).toEqual([
      "gruß\noops\n",
      "command terminated with exit code 7\n",
      expect.stringContaining('exec: "nope": executable file not found in $PATH'),
    ]);
  });

  test.skipIf(!existsSync(stock))("copies any bytes both ways", { timeout: 60_000 }, async () => {
    const bytes = Buffer.from(Array.from({ length: 200_000 }, (_, at) => (at * 7919) % 256));
    await writeFile(path.join(home, "there"), bytes);
    const told = [await kubectl(["cp", "there", "web:/tmp/there"]), await kubectl(["cp", "web:/tmp/there", "back"])];
    expect(told).toEqual(["", "tar: Removing leading `/' from member names\n"]);
    expect((await readFile(path.join(home, "back"))).equals(bytes)).toBe(true);
  });

  test.skipIf(!existsSync(stock))("forwards ports until one is refused", { timeout: 60_000 }, async () => {
    const child = spawn(stock, ["port-forward", "pod/web", ":80", ":81"], { cwd: home, env: environment() });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (chunk) => {
        text += chunk;
      });
    const ended = new Promise((resolve) => child.on("close", resolve));
    const portOf = (remote: number) => new RegExp(`127\\.0\\.0\\.1:(\\d+) -> ${remote}`).exec(text)?.[1];
    while (!portOf(81)) await new Promise((resolve) => setTimeout(resolve, 20));
    const status = (remote: number) =>
      new Promise<unknown>((resolve) => {
        const asked = request(`http://127.0.0.1:${portOf(remote)}/`, (response) => resolve(response.statusCode));
        asked.on("error", () => resolve("broken"));
        asked.end();
      });
    expect(await Promise.all([status(80), status(80), status(80)])).toEqual([200, 200, 200]);
    expect(await status(81)).toBe("broken");
    await ended;
    expect(text).toMatch(/connect: connection refused[\s\S]*error: lost connection to pod/);
  });

  test.skipIf(!existsSync(stock))("reaches a pod through the API server", { timeout: 60_000 }, async () => {
    expect([
      (await kubectl(["get", "--raw", "/api/v1/namespaces/default/pods/web:80/proxy/"])).split("\n")[3],
      await kubectl(["get", "--raw", "/api/v1/namespaces/default/pods/web:81/proxy/"]),
    ]).toEqual([
      "<title>Welcome to nginx!</title>",
      expect.stringMatching(/error trying to reach service: dial tcp 10\..*:81: connect: connection refused/),
    ]);
  });
});
