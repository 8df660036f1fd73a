import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { serveCluster } from "./serve";

const STOCK = "/usr/lib/google-cloud-sdk/bin/kubectl.1.33";

const MANIFEST = `apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: settings}
  data: {colour: blue}
- apiVersion: v1
  kind: Pod
  metadata: {name: talker}
  spec:
    terminationGracePeriodSeconds: 0
    containers:
    - {name: main, image: busybox, command: [sh, -c, "echo started; sleep 100000"]}
`;

const STORY: [line: string[], output: string][] = [
  [["create", "deployment", "web", "--image=nginx", "--replicas=2"], "deployment.apps/web created\n"],
  [["create", "secret", "generic", "s", "--from-literal=a=b"], "secret/s created\n"],
  [["apply", "-f", "list.yaml"], "configmap/settings created\npod/talker created\n"],
  [["apply", "-f", "list.yaml"], "configmap/settings unchanged\npod/talker unchanged\n"],
  [["wait", "--for=condition=Ready", "pod/talker", "--timeout=30s"], "pod/talker condition met\n"],
  [["logs", "talker"], "started\n"],
  [["exec", "talker", "--", "echo", "hello"], "hello\n"],
  [["get", "secret", "s", "-o", "jsonpath={.data.a}"], "Yg=="],
  [["wait", "--for=condition=Available", "deployment/web", "--timeout=30s"], "deployment.apps/web condition met\n"],
  [["scale", "deployment", "web", "--replicas=1"], "deployment.apps/web scaled\n"],
  [["get", "nope"], `error: the server doesn't have a resource type "nope"\n`],
  [["delete", "pod", "talker"], 'pod "talker" deleted\n'],
];

test.skipIf(!existsSync(STOCK))(
  "a stock kubectl 1.33 works with it (skipped where there is none)",
  { timeout: 60_000 },
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), "stock-"));
    const served = await serveCluster({ port: 0, speed: 20, seed: "stock", token: "secret" });
    await writeFile(path.join(folder, "config"), served.kubeconfig);
    await writeFile(path.join(folder, "list.yaml"), MANIFEST);
    const printed: typeof STORY = [];
    for (const [words] of STORY) printed.push([words, await kubectl(folder, words)]);
    await served.close();
    await rm(folder, { recursive: true });
    expect(printed).toEqual(STORY);
  },
);

function kubectl(folder: string, words: string[]): Promise<string> {
  const env = { ...process.env, HOME: folder, KUBECONFIG: path.join(folder, "config") };
  return new Promise((resolve) => {
    execFile(STOCK, words, { cwd: folder, env, timeout: 40_000 }, (_, stdout, stderr) => resolve(stdout + stderr));
  });
}
