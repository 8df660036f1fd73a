import { beforeEach, describe, expect, test } from "vitest";
import { Cluster } from "../cluster";
import type { ApiRequest } from "./request";
import { Watch } from "./watch";

let cluster: Cluster;
beforeEach(() => {
  cluster = Cluster.create();
});

const PODS = "/api/v1/namespaces/default/pods";
const MAPS = "/api/v1/namespaces/default/configmaps";
const pod = (name: string, labels: Record<string, string> = {}) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, labels },
  spec: { containers: [{ name: "web", image: "nginx:1.25" }] },
});
const map = (name: string, data: Record<string, string> = {}) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name },
  data,
});
const send = (method: ApiRequest["method"], path: string, body?: unknown, more: Partial<ApiRequest> = {}): any =>
  cluster.request({ method, path, body, ...more });

describe("Status errors carry the real code, reason and text", () => {
  const cases: [string, () => any, number, string, string][] = [
    ["a missing object", () => send("GET", `${PODS}/nope`), 404, "NotFound", 'pods "nope" not found'],
    [
      "a missing object of a group",
      () => send("GET", "/apis/apps/v1/namespaces/default/deployments/nope"),
      404,
      "NotFound",
      'deployments.apps "nope" not found',
    ],
    [
      "an unknown path",
      () => send("GET", "/apis/nope/v1/things"),
      404,
      "NotFound",
      "the server could not find the requested resource",
    ],
    [
      "a name that is taken",
      () => [send("POST", MAPS, map("a")), send("POST", MAPS, map("a"))][1],
      409,
      "AlreadyExists",
      'configmaps "a" already exists',
    ],
    [
      "a namespace that is not there",
      () => send("POST", "/api/v1/namespaces/nope/configmaps", map("a")),
      404,
      "NotFound",
      'namespaces "nope" not found',
    ],
    [
      "a stale version",
      () => {
        const { body } = send("POST", MAPS, map("a"));
        send("PUT", `${MAPS}/a`, { ...body, data: { k: "1" } });
        return send("PUT", `${MAPS}/a`, { ...body, data: { k: "2" } });
      },
      409,
      "Conflict",
      'Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your changes to the latest version and try again',
    ],
    [
      "an unknown field, strictly",
      () =>
        send(
          "POST",
          PODS,
          { ...pod("a"), spec: { ...pod("a").spec, replcas: 1 } },
          { query: { fieldValidation: "Strict" } },
        ),
      400,
      "BadRequest",
      'Pod in version "v1" cannot be handled as a Pod: strict decoding error: unknown field "spec.replcas"',
    ],
    [
      "a field selector that the kind does not have",
      () => send("GET", PODS, undefined, { query: { fieldSelector: "spec.colour=red" } }),
      400,
      "BadRequest",
      "field label not supported: spec.colour",
    ],
    [
      "a patch of an unknown type",
      () => [send("POST", MAPS, map("a")), send("PATCH", `${MAPS}/a`, {})][1],
      415,
      "UnsupportedMediaType",
      expect.stringContaining("application/json-patch+json"),
    ],
    [
      "the system's namespaces",
      () => send("DELETE", "/api/v1/namespaces/default"),
      403,
      "Forbidden",
      'namespaces "default" is forbidden: this namespace may not be deleted',
    ],
  ];
  test.each(cases)("%s", (_title, act, code, reason, message) => {
    const { status, body } = act();
    expect({ status, reason: body.reason, message: body.message }).toEqual({ status: code, reason, message });
    expect(body).toMatchObject({ kind: "Status", apiVersion: "v1", status: "Failure", code });
  });
});

test("an unknown field is a warning where the request asks for no more", () => {
  const response = send("POST", PODS, { ...pod("a"), spec: { ...pod("a").spec, replcas: 1 } });
  expect(response).toMatchObject({ status: 201, warnings: ['unknown field "spec.replcas"'] });
});

test("lists are cut into pages, and labels and fields select", () => {
  for (const name of ["a", "b", "c"]) send("POST", MAPS, map(name));
  const first = send("GET", MAPS, undefined, { query: { limit: "2" } }).body;
  expect(first.items).toHaveLength(2);
  expect(first.metadata.remainingItemCount).toBe(2);
  const rest = send("GET", MAPS, undefined, { query: { limit: "2", continue: first.metadata.continue } }).body;
  expect([...first.items, ...rest.items].map((item: any) => item.metadata.name)).toEqual([
    "a",
    "b",
    "c",
    "kube-root-ca.crt",
  ]);
  send("POST", PODS, pod("web-1", { app: "web" }));
  send("POST", PODS, pod("db-1", { app: "db" }));
  const names = (query: Record<string, string>) =>
    send("GET", PODS, undefined, { query }).body.items.map((item: any) => item.metadata.name);
  expect(names({ labelSelector: "app in (web)" })).toEqual(["web-1"]);
  expect(names({ fieldSelector: "metadata.name=db-1" })).toEqual(["db-1"]);
});

test("a Table carries the kind's columns and partial metadata", () => {
  send("POST", MAPS, map("a", { k: "v" }));
  const accept = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
  const table = send("GET", `${MAPS}/a`, undefined, { headers: { accept } }).body;
  expect(table).toMatchObject({ kind: "Table", apiVersion: "meta.k8s.io/v1" });
  expect(table.columnDefinitions.map((column: any) => column.name)).toEqual(["Name", "Data", "Age"]);
  expect(table.rows[0].cells).toEqual(["a", 1, "0s"]);
  expect(table.rows[0].object).toMatchObject({ kind: "PartialObjectMetadata", metadata: { name: "a" } });
});

test("three kinds of patch", () => {
  send("POST", PODS, pod("a", { app: "a", old: "x" }));
  const patch = (type: string, body: unknown) =>
    send("PATCH", `${PODS}/a`, body, { headers: { "content-type": `application/${type}+json` } }).body.metadata.labels;
  expect(patch("merge-patch", { metadata: { labels: { old: null, tier: "web" } } })).toEqual({ app: "a", tier: "web" });
  expect(patch("json-patch", [{ op: "replace", path: "/metadata/labels/tier", value: "db" }])).toEqual({
    app: "a",
    tier: "db",
  });
  expect(patch("strategic-merge-patch", { metadata: { labels: { zone: "z" } } })).toEqual({
    app: "a",
    tier: "db",
    zone: "z",
  });
});

test("a dry run answers as if, and changes nothing", () => {
  const before = cluster.store.resourceVersion;
  expect(send("POST", MAPS, map("a"), { query: { dryRun: "All" } }).status).toBe(201);
  expect(cluster.store.resourceVersion).toBe(before);
  expect(send("GET", `${MAPS}/a`).status).toBe(404);
});

test("generateName makes a name of it and five characters", () => {
  const { body } = send("POST", MAPS, { apiVersion: "v1", kind: "ConfigMap", metadata: { generateName: "log-" } });
  expect(body.metadata.name).toMatch(/^log-[bcdfghjklmnpqrstvwxz2456789]{5}$/);
});

test("a finalizer holds a deleted object until it is taken off", () => {
  send("POST", MAPS, { ...map("a"), metadata: { name: "a", finalizers: ["example.com/hold"] } });
  const marked = send("DELETE", `${MAPS}/a`).body;
  expect(marked.metadata.deletionTimestamp).toBeDefined();
  send(
    "PATCH",
    `${MAPS}/a`,
    { metadata: { finalizers: null } },
    { headers: { "content-type": "application/merge-patch+json" } },
  );
  expect(send("GET", `${MAPS}/a`).status).toBe(404);
});

test("a watch tells what comes, changes, stops matching and goes", () => {
  const start = String(cluster.store.resourceVersion);
  const watch = cluster.watch({
    method: "GET",
    path: PODS,
    query: { watch: "true", resourceVersion: start, labelSelector: "app=web" },
  });
  if (!(watch instanceof Watch)) throw new Error("refused");
  send("POST", PODS, pod("a", { app: "web" }));
  send(
    "PATCH",
    `${PODS}/a`,
    { metadata: { labels: { x: "1" } } },
    { headers: { "content-type": "application/merge-patch+json" } },
  );
  send(
    "PATCH",
    `${PODS}/a`,
    { metadata: { labels: { app: "db" } } },
    { headers: { "content-type": "application/merge-patch+json" } },
  );
  expect(watch.poll().map((event) => event.type)).toEqual(["ADDED", "MODIFIED", "DELETED"]);
  expect(watch.poll()).toEqual([]);
});

test("a watch from too long ago is told to list again", () => {
  const watch = cluster.watch({ method: "GET", path: PODS, query: { watch: "true", resourceVersion: "1" } });
  if (!(watch instanceof Watch)) throw new Error("refused");
  expect(watch.poll()).toMatchObject([{ type: "ERROR", object: { code: 410, reason: "Expired" } }]);
});

test("the scale of a Deployment is read and written", () => {
  const path = "/apis/apps/v1/namespaces/default/deployments";
  const template = { metadata: { labels: { app: "web" } }, spec: pod("x").spec };
  send("POST", path, {
    apiVersion: "apps/v1",
    kind: "Deployment",
    metadata: { name: "web" },
    spec: { replicas: 1, selector: { matchLabels: { app: "web" } }, template },
  });
  expect(send("GET", `${path}/web/scale`).body).toMatchObject({
    kind: "Scale",
    spec: { replicas: 1 },
    status: { selector: "app=web" },
  });
  expect(send("PATCH", `${path}/web/scale`, { spec: { replicas: 3 } }).body.spec.replicas).toBe(3);
  expect(send("GET", `${path}/web`).body).toMatchObject({ spec: { replicas: 3 }, metadata: { generation: 2 } });
  expect(send("PATCH", `${path}/web/scale`, { spec: { replicas: -1 } }).body.message).toBe(
    'Scale.autoscaling "web" is invalid: spec.replicas: Invalid value: -1: must be greater than or equal to 0',
  );
});

test("discovery names groups, kinds and the version", () => {
  expect(send("GET", "/apis").body.groups.map((group: any) => group.name)).toContain("apps");
  const pods = send("GET", "/api/v1").body.resources.find((resource: any) => resource.name === "pods");
  expect(pods).toMatchObject({ kind: "Pod", namespaced: true, shortNames: ["po"], categories: ["all"] });
  expect(send("GET", "/version").body).toMatchObject({ gitVersion: "v1.33.4" });
});
