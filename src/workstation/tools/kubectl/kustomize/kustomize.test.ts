import { beforeAll, describe, expect, test } from "vitest";
import { Bench } from "../testing/bench";

const FILES = {
  "base/kustomization.yaml":
    "resources: [web.yaml]\nnamePrefix: a-\nconfigMapGenerator:\n- {name: env, literals: [X=1]}\nimages:\n- {name: nginx, newTag: '1.25'}\n",
  "base/web.yaml":
    "apiVersion: v1\nkind: Pod\nmetadata: {name: web}\nspec:\n  containers:\n  - {name: web, image: 'nginx:1.2', envFrom: [{configMapRef: {name: env}}]}\n",
  "prod/kustomization.yaml":
    "resources: [../base]\nnamespace: prod\nlabels:\n- pairs: {tier: front}\nreplicas: []\npatches:\n- target: {kind: Pod, name: web}\n  patch: |-\n    - {op: add, path: /spec/nodeName, value: here}\n",
  "circle/kustomization.yaml": "resources: [../circle]\n",
};

describe("kubectl kustomize", () => {
  let bench: Bench;
  beforeAll(() => {
    bench = new Bench(FILES);
  });

  test("names, references, images and hashes", async () => {
    expect((await bench.run("kustomize base")).stdout).toBe(`apiVersion: v1
data:
  X: "1"
kind: ConfigMap
metadata:
  name: a-env-4f64tg9ch6
---
apiVersion: v1
kind: Pod
metadata:
  name: a-web
spec:
  containers:
  - envFrom:
    - configMapRef:
        name: a-env-4f64tg9ch6
    image: nginx:1.25
    name: web
`);
  });

  test("an overlay finds what its base has renamed", async () => {
    expect((await bench.run("kustomize prod")).stdout).toBe(`apiVersion: v1
data:
  X: "1"
kind: ConfigMap
metadata:
  labels:
    tier: front
  name: a-env-4f64tg9ch6
  namespace: prod
---
apiVersion: v1
kind: Pod
metadata:
  labels:
    tier: front
  name: a-web
  namespace: prod
spec:
  containers:
  - envFrom:
    - configMapRef:
        name: a-env-4f64tg9ch6
    image: nginx:1.25
    name: web
  nodeName: here
`);
  });

  test.each([
    ["kustomize nope", /^error: must build at directory: not a valid directory: /],
    ["kustomize circle", /cycle detected: candidate root '\S+\/circle' contains visited root/],
    ["apply -k base -f base", /^error: only one of -f or -k can be specified\n$/],
  ])("kubectl %s is refused", async (line, stderr) => {
    expect(await bench.run(line)).toEqual({ code: 1, stdout: "", stderr: expect.stringMatching(stderr) });
  });

  test("-k applies and deletes", async () => {
    expect((await bench.run("apply -k base")).stdout).toBe("configmap/a-env-4f64tg9ch6 created\npod/a-web created\n");
    expect((await bench.run("delete -k base --wait=false")).stdout).toBe(
      'configmap "a-env-4f64tg9ch6" deleted\npod "a-web" deleted\n',
    );
  });
});
