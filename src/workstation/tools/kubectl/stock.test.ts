import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { Bench, cut } from "./testing/bench";

const STOCK = "/usr/lib/google-cloud-sdk/bin/kubectl.1.33";

/** What needs no server: generators and complaints. Help texts are our own, so they are not compared. */
const LINES = [
  "create deployment web --image=nginx --dry-run=client -o yaml",
  "create deployment web --image=nginx --dry-run=client -o json",
  "create deployment web --image=nginx:1.25 --image=redis --replicas=3 --port=80 --dry-run=client -o yaml",
  "create deployment web --image=nginx --dry-run=client -o yaml -- sleep 10",
  "create deployment web --image=nginx --dry-run=client",
  "create deployment web",
  "create deploy a b --image=x",
  "create deployment x --image=a -r abc",
  "create ns foo --dry-run=client -o yaml",
  "create sa foo --dry-run=client -o yaml -n bar",
  "create cm foo --from-literal=a=b --from-literal=zz=c=d --dry-run=client -o json",
  "create cm foo --from-literal=a --dry-run=client",
  "create cm foo --from-literal=a=b --from-literal=a=c --dry-run=client",
  "create cm foo --from-literal=a=b --append-hash --dry-run=client -o yaml",
  "create secret generic foo --from-literal=a=b --append-hash --dry-run=client -o name",
  "create secret docker-registry foo --docker-username=u --docker-password=p --docker-email=e@x --dry-run=client -o yaml",
  "create secret tls foo",
  "create secret tls foo --cert=nope --key=nope",
  "create service clusterip foo --tcp=80:http --tcp=443:8443 --dry-run=client -o yaml",
  "create service clusterip foo --clusterip=None --dry-run=client -o yaml",
  "create service clusterip foo",
  "create service nodeport foo --tcp=80:8080 --node-port=30001 --dry-run=client -o yaml",
  "create service externalname foo --external-name=a.b --dry-run=client -o yaml",
  "create job foo --image=busybox --dry-run=client -o yaml -- date",
  "create cronjob foo --image=busybox --schedule='* * * * *' --dry-run=client -o yaml -- date",
  "create quota foo --hard=pods=2,cpu=1 --dry-run=client -o yaml",
  "create foo",
  "create",
  "gte",
  "get --foo",
  "get pods -x",
  "get -o",
  "get pods --watch=maybe",
  "run x",
  "run x --image=a --restart=foo",
  "run x --image=a --dry-run=foo",
  "delete",
  "delete pod x --cascade=foo",
  "expose",
  "logs",
  "exec",
  "exec x",
  "label",
  "scale",
  "patch",
  "apply",
  "replace",
  "wait",
  "attach",
  "rollout foo",
  "rollout status",
  "config use-context nope",
  "completion",
  "explain",
  "describe",
  "cordon",
  "port-forward x",
  "create -f nope.yaml",
];

test.skipIf(!existsSync(STOCK))(
  "without a server, all is as a stock kubectl 1.33 prints it (skipped where there is none)",
  async () => {
    const bench = new Bench();
    bench.files.remove("/home/learner/.kube/config");
    const failures: unknown[] = [];
    for (const line of LINES) {
      const words = cut(line);
      const real = stock(words);
      const ours = await bench.run(words);
      if (JSON.stringify(real) !== JSON.stringify(ours)) failures.push({ line, real, ours });
    }
    expect(failures).toEqual([]);
  },
);

function stock(words: string[]) {
  const options: ExecFileSyncOptionsWithStringEncoding = {
    env: { HOME: "/nonexistent", PATH: "/usr/bin" } as unknown as NodeJS.ProcessEnv,
    cwd: "/tmp",
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
  };
  try {
    return { code: 0, stdout: execFileSync(STOCK, words, options), stderr: "" };
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string };
    return { code: status, stdout, stderr };
  }
}
