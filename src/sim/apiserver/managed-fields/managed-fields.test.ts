import { expect, test } from "vitest";
import { Cluster } from "../../cluster";
import type { KubeObject } from "../../types";

const DEPLOYMENTS = "/apis/apps/v1/namespaces/default/deployments";

const deployment = (spec: object = {}, image = "nginx:1.27") => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata: { name: "web", namespace: "default" },
  spec: {
    ...spec,
    selector: { matchLabels: { app: "web" } },
    template: { metadata: { labels: { app: "web" } }, spec: { containers: [{ name: "web", image }] } },
  },
});

function lab() {
  const cluster = Cluster.create({ seed: "managed-fields" });
  const create = (body: object, fieldManager = "kubectl-create") =>
    cluster.request({ method: "POST", path: DEPLOYMENTS, query: { fieldManager }, body });
  const apply = (body: object, query: Record<string, string> = {}, path = `${DEPLOYMENTS}/web`) =>
    cluster.request({
      method: "PATCH",
      path,
      query: { fieldManager: "kubectl", ...query },
      headers: { "content-type": "application/apply-patch+yaml" },
      body,
    });
  const patch = (body: unknown, type = "merge-patch", fieldManager = "kubectl-patch") =>
    cluster.request({
      method: "PATCH",
      path: `${DEPLOYMENTS}/web`,
      query: { fieldManager },
      headers: { "content-type": `application/${type}+json` },
      body,
    });
  const get = () => cluster.request({ method: "GET", path: `${DEPLOYMENTS}/web` }).body as KubeObject;
  /** Who manages, without what. */
  const managers = () =>
    ((get().metadata.managedFields ?? []) as any[]).map(
      ({ manager, operation, subresource }) => `${manager} ${operation}${subresource ? ` ${subresource}` : ""}`,
    );
  const fieldsOf = (name: string) =>
    ((get().metadata.managedFields ?? []) as any[]).find(({ manager }) => manager === name)?.fieldsV1;
  return { cluster, create, apply, patch, get, managers, fieldsOf };
}

test("a create owns what was sent and what was defaulted, not what the type has anyway", () => {
  const { create, fieldsOf } = lab();
  create(deployment());
  expect(fieldsOf("kubectl-create")).toEqual({
    "f:spec": {
      "f:progressDeadlineSeconds": {},
      "f:replicas": {},
      "f:revisionHistoryLimit": {},
      "f:selector": {},
      "f:strategy": { "f:rollingUpdate": { ".": {}, "f:maxSurge": {}, "f:maxUnavailable": {} }, "f:type": {} },
      "f:template": {
        "f:metadata": { "f:labels": { ".": {}, "f:app": {} } },
        "f:spec": {
          "f:containers": {
            'k:{"name":"web"}': {
              ".": {},
              "f:image": {},
              "f:imagePullPolicy": {},
              "f:name": {},
              "f:resources": {},
              "f:terminationMessagePath": {},
              "f:terminationMessagePolicy": {},
            },
          },
          "f:dnsPolicy": {},
          "f:restartPolicy": {},
          "f:schedulerName": {},
          "f:securityContext": {},
          "f:terminationGracePeriodSeconds": {},
        },
      },
    },
  });
});

test("an apply that changes what others set is refused, and names all of it", () => {
  const { create, apply } = lab();
  create(deployment({ replicas: 3 }));
  expect(apply(deployment({ replicas: 5 })).body).toEqual({
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Failure",
    message: 'Apply failed with 1 conflict: conflict with "kubectl-create" using apps/v1: .spec.replicas',
    reason: "Conflict",
    details: {
      causes: [
        {
          reason: "FieldManagerConflict",
          message: 'conflict with "kubectl-create" using apps/v1',
          field: ".spec.replicas",
        },
      ],
    },
    code: 409,
  });
  expect((apply(deployment({ replicas: 5 }, "nginx:1.28")).body as { message: string }).message).toBe(
    'Apply failed with 2 conflicts: conflicts with "kubectl-create" using apps/v1:\n- .spec.replicas\n- .spec.template.spec.containers[name="web"].image',
  );
});

test("the same value is shared, and force takes over", () => {
  const { cluster, create, apply, get, managers, fieldsOf } = lab();
  create(deployment({ replicas: 3 }));
  expect(apply(deployment({ replicas: 3 })).status).toBe(200);
  expect(fieldsOf("kubectl-create")["f:spec"]["f:replicas"]).toEqual({});
  expect(apply(deployment({ replicas: 5 }), { force: "true" }).status).toBe(200);
  expect(get().spec.replicas).toBe(5);
  expect(fieldsOf("kubectl-create")["f:spec"]["f:replicas"]).toBeUndefined();
  cluster.advanceTo(cluster.nowMs + 60_000);
  expect(managers()).toEqual(["kubectl Apply", "kubectl-create Update", "kube-controller-manager Update status"]);
});

test("what an applier no longer lists goes, unless somebody else has it too", () => {
  const { apply, get } = lab();
  const labelled = (labels: object) => ({ ...deployment(), metadata: { name: "web", labels } });
  expect(apply(labelled({ a: "1", b: "1" })).status).toBe(201);
  apply(labelled({ b: "1" }), { fieldManager: "other" });
  apply(labelled({}));
  expect(get().metadata.labels).toEqual({ b: "1" });
  apply(labelled({}), { fieldManager: "other" });
  expect(get().metadata.labels).toBeUndefined();
});

test("entries of lists merge by their keys", () => {
  const { create, apply, get } = lab();
  create(deployment());
  const sidecar = {
    ...deployment(),
    spec: { template: { spec: { containers: [{ name: "log", image: "busybox" }] } } },
  };
  expect(apply(sidecar, { fieldManager: "sidecar" }).status).toBe(200);
  expect(get().spec.template.spec.containers.map(({ name }: { name: string }) => name)).toEqual(["web", "log"]);
});

test("what kubectl applied on the client's side before is its own", () => {
  const { create, apply, get } = lab();
  const first = deployment({ replicas: 3 });
  const annotation = "kubectl.kubernetes.io/last-applied-configuration";
  create(
    { ...first, metadata: { ...first.metadata, annotations: { [annotation]: JSON.stringify(first) } } },
    "kubectl-client-side-apply",
  );
  expect(apply(deployment({ replicas: 5 })).status).toBe(200);
  expect(JSON.parse(get().metadata.annotations![annotation]!).spec.replicas).toBe(5);
  expect(apply(deployment({ replicas: 7 }), { fieldManager: "somebody" }).status).toBe(409);
});

test("sending no entries takes all away, and an apply then begins with what was there", () => {
  const { create, apply, patch, managers } = lab();
  create(deployment({ replicas: 3 }));
  patch({ metadata: { managedFields: [{}] } });
  expect(managers()).toEqual([]);
  apply(deployment({ replicas: 5 }), { force: "true" });
  expect(managers()).toEqual(["kubectl Apply", "before-first-apply Update"]);
});

test("a JSON patch may rewrite the entries: so kubectl moves its own from client to server", () => {
  const { create, patch, managers } = lab();
  create(deployment());
  patch(
    [
      { op: "replace", path: "/metadata/managedFields/0/manager", value: "kubectl" },
      { op: "replace", path: "/metadata/managedFields/0/operation", value: "Apply" },
    ],
    "json-patch",
  );
  expect(managers()).toEqual(["kubectl Apply"]);
});

test("a write of the scale is told apart from one of the object", () => {
  const { cluster, create, apply } = lab();
  create(deployment({ replicas: 3 }));
  cluster.request({
    method: "PATCH",
    path: `${DEPLOYMENTS}/web/scale`,
    query: { fieldManager: "kubectl" },
    headers: { "content-type": "application/merge-patch+json" },
    body: { spec: { replicas: 2 } },
  });
  expect((apply(deployment({ replicas: 9 })).body as { message: string }).message).toBe(
    'Apply failed with 1 conflict: conflict with "kubectl" with subresource "scale" using apps/v1: .spec.replicas',
  );
});

test("nothing is stored or timed anew where nothing changes", () => {
  const { cluster, apply, get } = lab();
  apply(deployment());
  cluster.advanceTo(cluster.nowMs + 60_000);
  const before = get();
  apply(deployment());
  expect(get()).toEqual(before);
});

const REFUSED: [string, object, Record<string, string>, number, string][] = [
  [
    "no manager",
    deployment(),
    { fieldManager: "" },
    422,
    'PatchOptions.meta.k8s.io "" is invalid: fieldManager: Required value: is required for apply patch',
  ],
  [
    "another version",
    { ...deployment(), apiVersion: "apps/v1beta1" },
    {},
    400,
    "Incorrect version specified in apply patch. Specified patch version: apps/v1beta1, expected: apps/v1",
  ],
  ["another kind", { ...deployment(), kind: "Pod" }, {}, 400, "invalid object type: apps/v1, Kind=Pod"],
  [
    "managed fields",
    { ...deployment(), metadata: { name: "web", managedFields: [] } },
    {},
    400,
    "metadata.managedFields must be nil",
  ],
  [
    "an unknown field",
    deployment({ replica: 1 }),
    {},
    500,
    "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema",
  ],
  [
    "the wrong type",
    deployment({ replicas: "x" }),
    {},
    500,
    "failed to create typed patch object (default/web; apps/v1, Kind=Deployment): .spec.replicas: expected numeric (int or float), got string",
  ],
  [
    "another name",
    { ...deployment(), metadata: { name: "other" } },
    {},
    400,
    "the name of the object (other) does not match the name on the URL (web)",
  ],
];

for (const [what, body, query, code, message] of REFUSED) {
  test(`an apply with ${what} is refused`, () => {
    const { apply } = lab();
    const answer = apply(body, query).body as { code: number; message: string };
    expect([answer.code, answer.message]).toEqual([code, message]);
  });
}
