import { beforeAll, describe, expect, test } from "vitest";
import { Bench } from "../testing/bench";

const POD =
  "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\n  labels: {app: web}\nspec:\n  containers:\n  - name: nginx\n    image: nginx:1.25\n    ports: [{containerPort: 80}]\n";
const DEPLOYMENT =
  "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: api}\nspec:\n  replicas: 2\n  selector: {matchLabels: {app: api}}\n  template:\n    metadata: {labels: {app: api}}\n    spec: {containers: [{name: nginx, image: nginx:1.25}]}\n";

describe("files, apply and delete", () => {
  let bench: Bench;
  beforeAll(() => {
    bench = new Bench({ "pod.yaml": POD, "dir/a.yaml": POD, "dir/b.yml": DEPLOYMENT, "dir/notes.txt": "no" });
  });
  const lines: [string, number, string, string?][] = [
    ["apply -f dir", 0, "pod/web created\ndeployment.apps/api created\n"],
    ["apply -f dir", 0, "pod/web unchanged\ndeployment.apps/api unchanged\n"],
    [
      "create -f pod.yaml",
      1,
      "",
      'Error from server (AlreadyExists): error when creating "pod.yaml": pods "web" already exists\n',
    ],
    ["label pod web tier=front", 0, "pod/web labeled\n"],
    ["label pod web tier=back", 1, "", "error: 'tier' already has a value (front), and --overwrite is false\n"],
    ["label pod web tier-", 0, "pod/web unlabeled\n"],
    ["get pod web -o jsonpath={.metadata.labels}", 0, '{"app":"web"}'],
    ["scale deployment api --replicas=3 --current-replicas=5", 1, "", "error: Expected replicas to be 5, was 2\n"],
    ["scale deployment api --replicas=3", 0, "deployment.apps/api scaled\n"],
    ["apply -f dir/b.yml", 0, "deployment.apps/api configured\n"],
    ["get deploy api -o jsonpath={.spec.replicas}", 0, "2"],
    ["get all -o name", 0, expect.stringContaining("deployment.apps/api\n") as never],
    ["delete -f pod.yaml", 0, 'pod "web" deleted\n'],
    [
      "delete -f pod.yaml",
      1,
      "",
      'Error from server (NotFound): error when deleting "pod.yaml": pods "web" not found\n',
    ],
    ["delete -f pod.yaml --ignore-not-found", 0, ""],
    ["delete pods -l app=nothing", 0, "No resources found\n"],
  ];
  test.each(lines)("kubectl %s", async (line, code, stdout, stderr = "") => {
    expect(await bench.run(line)).toEqual({ code, stdout, stderr });
  });
});

describe("rollouts", () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = new Bench({ "api.yaml": DEPLOYMENT });
    await bench.run("create -f api.yaml");
  });
  const lines: [string, number, unknown, string?][] = [
    [
      "rollout status deployment/api",
      0,
      expect.stringMatching(
        /^(?:Waiting for deployment spec update to be observed\.\.\.\n)?[\s\S]*rollout to finish: 0 of 2 updated replicas are available\.\.\.\n[\s\S]*deployment "api" successfully rolled out\n$/,
      ),
    ],
    ["set image deployment/api nginx=nginx:1.26", 0, "deployment.apps/api image updated\n"],
    ["annotate deployment api kubernetes.io/change-cause=newer", 0, "deployment.apps/api annotated\n"],
    ["rollout status deployment api", 0, expect.stringMatching(/deployment "api" successfully rolled out\n$/)],
    [
      "rollout history deployment api",
      0,
      "deployment.apps/api \nREVISION  CHANGE-CAUSE\n1         <none>\n2         newer\n\n",
    ],
    ["rollout undo deployment api", 0, "deployment.apps/api rolled back\n"],
    ["get deploy api -o jsonpath={.spec.template.spec.containers[0].image}", 0, "nginx:1.25"],
    ["rollout undo deployment/api --to-revision=99", 1, "", "error: unable to find specified revision 99 in history\n"],
    ["rollout pause deployment/api", 0, "deployment.apps/api paused\n"],
    [
      "rollout restart deployment/api",
      1,
      "",
      'error: deployments.apps "api" can\'t restart paused deployment (run rollout resume first)\n',
    ],
    ["rollout resume deployment/api", 0, "deployment.apps/api resumed\n"],
    ["rollout status pod/x", 1, "", 'Error from server (NotFound): pods "x" not found\n'],
    ["wait --for=condition=Available deployment/api", 0, "deployment.apps/api condition met\n"],
    [
      "wait --for=condition=Nothing deployment/api --timeout=5s",
      1,
      "",
      "error: timed out waiting for the condition on deployments/api\n",
    ],
    ["wait --for=jsonpath={.spec.replicas}=2 deployment/api", 0, "deployment.apps/api condition met\n"],
  ];
  test.each(lines)("kubectl %s", async (line, code, stdout, stderr = "") => {
    expect(await bench.run(line)).toEqual({ code, stdout, stderr });
  });
});

/** Discovery is tried five times before a type counts as unknown. */
const REFUSED = `E0105 09:00:00.000000      42 memcache.go:265] "Unhandled Error" err="couldn't get current server API group list: Get \\"https://10.0.0.9:6443/api?timeout=32s\\": dial tcp 10.0.0.9:6443: connect: connection refused"\n`;

describe("kubeconfig", () => {
  const bench = new Bench();
  const lines: [string, number, string, string?][] = [
    ["config current-context", 0, "podium\n"],
    ["config set-context --current --namespace=kube-system", 0, 'Context "podium" modified.\n'],
    ["get sa coredns -o name", 0, "serviceaccount/coredns\n"],
    [
      "config get-contexts",
      0,
      "CURRENT   NAME     CLUSTER   AUTHINFO   NAMESPACE\n*         podium   podium    podium     kube-system\n",
    ],
    ["config set-cluster far --server=https://10.0.0.9:6443", 0, 'Cluster "far" set.\n'],
    ["config set-context far --cluster=far --user=podium", 0, 'Context "far" created.\n'],
    ["config use-context far", 0, 'Switched to context "far".\n'],
    [
      "get pods",
      1,
      "",
      `${REFUSED.repeat(5)}The connection to the server 10.0.0.9:6443 was refused - did you specify the right host or port?\n`,
    ],
    ["--context podium get sa coredns -o name", 0, "serviceaccount/coredns\n"],
    ["config use-context nope", 1, "", 'error: no context exists with the name: "nope"\n'],
    ["--kubeconfig /none get pods", 1, "", "error: stat /none: no such file or directory\n"],
  ];
  test.each(lines)("kubectl %s", async (line, code, stdout, stderr = "") => {
    expect(await bench.run(line)).toEqual({ code, stdout, stderr });
  });
});

test("edit: the editor gets the object, what was changed is sent, refusals reopen it with their reasons", async () => {
  const bench = new Bench({ "api.yaml": DEPLOYMENT });
  await bench.run("create -f api.yaml");
  const seen: string[] = [];
  bench.editor = (content) => {
    seen.push(content);
    return seen.length === 1
      ? content.replace("replicas: 2", "replicas: -2")
      : content.replace("replicas: -2", "replicas: 3");
  };
  expect(await bench.run("edit deployment api")).toEqual({
    code: 0,
    stdout: "deployment.apps/api edited\n",
    stderr: 'error: deployments.apps "api" is invalid\n',
  });
  expect(seen[0]).toMatch(/^# Please edit the object below\. Lines beginning with a '#' will be ignored,\n/);
  expect(seen[1]).toContain(
    '# deployments.apps "api" was not valid:\n# * spec.replicas: Invalid value: -2: must be greater than or equal to 0\n#\n',
  );
  expect((await bench.run("get deploy api -o jsonpath={.spec.replicas}")).stdout).toBe("3");
  bench.editor = (content) => content;
  expect(await bench.run("edit deployment api")).toEqual({
    code: 0,
    stdout: "",
    stderr: "Edit cancelled, no changes made.\n",
  });
});

test("the classic mode makes a Deployment of run, and says that this is deprecated", async () => {
  const bench = new Bench();
  bench.kubectlMode = "classic";
  expect(await bench.run("run nginx-app-demo --image=nginx:1.7.9 --port=80 --replicas=3")).toEqual({
    code: 0,
    stdout: "deployment.apps/nginx-app-demo created\n",
    stderr:
      "kubectl run --generator=deployment/apps.v1 is DEPRECATED and will be removed in a future version. Use kubectl run --generator=run-pod/v1 or kubectl create instead.\n",
  });
  expect((await bench.run("get deploy --show-all -o jsonpath={.items[0].spec.replicas}")).stdout).toBe("3");
});

test("completion knows commands, flags, kinds and live names", async () => {
  const bench = new Bench({ "pod.yaml": POD });
  await bench.run("create -f pod.yaml");
  const offers = async (line: string) =>
    (await bench.complete(line)).filter((value) => value.startsWith(line.split(" ").at(-1)!));
  expect(await offers("kubectl desc")).toEqual(["describe"]);
  expect(await offers("kubectl get deplo")).toEqual(["deployments"]);
  expect(await offers("kubectl describe pod w")).toEqual(["web"]);
  expect(await offers("kubectl logs -n kube-system etcd")).toEqual(["etcd-control-plane"]);
  expect(await offers("kubectl logs web -c n")).toEqual(["nginx"]);
  expect(await offers("kubectl get pods -n kube-s")).toEqual(["kube-system"]);
  expect(await offers("kubectl rollout st")).toEqual(["status"]);
  expect(await offers("kubectl get --show-l")).toEqual(["--show-labels"]);
  expect(await offers("kubectl get pod/w")).toEqual(["pod/web"]);
});
