import { request as httpRequest } from "node:http";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WebSocket } from "ws";
import { type ServedCluster, serveCluster } from "./serve";

let served: ServedCluster;

beforeAll(async () => {
  served = await serveCluster({ port: 0, speed: 20, seed: "wire", token: "secret" });
});
afterAll(() => served.close());

const bearer = { authorization: "Bearer secret" };
const json = { ...bearer, "content-type": "application/json" };
const ask = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${served.url}${path}`, { ...init, headers: { ...bearer, ...init.headers } });

const PODS = "/api/v1/namespaces/default/pods";
const pod = (name: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: "main", image: "busybox", command: ["sh", "-c", "echo started; sleep 100000"] }],
  },
});

async function running(name: string): Promise<void> {
  for (;;) {
    const { status } = (await (await ask(`${PODS}/${name}`)).json()) as { status: { phase: string } };
    if (status.phase === "Running") return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

test("only who has the token is let in, by header or by path", async () => {
  const none = await fetch(`${served.url}/api`);
  expect([none.status, await none.json()]).toEqual([
    401,
    {
      kind: "Status",
      apiVersion: "v1",
      metadata: {},
      status: "Failure",
      message: "Unauthorized",
      reason: "Unauthorized",
      code: 401,
    },
  ]);
  const codes = await Promise.all(
    ["/token/secret/version", "/token/wrong/version", "/token//version", "/version"].map(
      async (path) => (await fetch(`${served.url}${path}`)).status,
    ),
  );
  expect(codes).toEqual([200, 401, 401, 401]);
});

test.each([
  ["GET", "/nope", 404, "text/plain; charset=utf-8", "404 page not found\n"],
  ["GET", "/apis/nope/v1/things", 404, "text/plain; charset=utf-8", "404 page not found\n"],
  ["GET", "/healthz", 200, "text/plain; charset=utf-8", "ok"],
  ["HEAD", PODS, 200, "application/json", ""],
  ["OPTIONS", PODS, 405, "text/plain; charset=utf-8", "405: Method Not Allowed"],
])("%s %s", async (method, path, status, type, body) => {
  const response = await ask(path, { method });
  expect([response.status, response.headers.get("content-type"), await response.text()]).toEqual([status, type, body]);
});

test.each([
  ["a body that is no JSON", "{", {}, 400, "BadRequest"],
  ["a body of an unknown type", "x", { "content-type": "text/csv" }, 415, "UnsupportedMediaType"],
  ["a body that is too large", " ".repeat(3_200_000), {}, 413, "RequestEntityTooLarge"],
  ["broken protobuf", "k8s\0\x0a\x7f", { "content-type": "application/vnd.kubernetes.protobuf" }, 400, "BadRequest"],
  ["an answer that nobody can give", "{}", { accept: "image/png" }, 406, "NotAcceptable"],
])("%s is refused with a Status", async (_, body, headers, status, reason) => {
  const response = await ask(PODS, { method: "POST", body, headers: { ...json, ...headers } });
  expect([response.status, await response.json()]).toMatchObject([status, { kind: "Status", code: status, reason }]);
});

test("YAML comes in, unknown fields come back as warnings", async () => {
  const response = await ask("/api/v1/namespaces/default/configmaps", {
    method: "POST",
    body: "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {a: b}\nspek: 1\n",
    headers: { "content-type": "application/yaml" },
  });
  expect([response.status, response.headers.get("warning")]).toEqual([201, '299 - "unknown field \\"spek\\""']);
  expect(await response.json()).toMatchObject({ kind: "ConfigMap", data: { a: "b" } });
});

test("discovery is aggregated for who asks for it, in the newest form asked for", async () => {
  const form = (version: string) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`;
  const types = await Promise.all(
    [`${form("v2")},${form("v2beta1")},application/json`, form("v2beta1"), "application/json"].map(async (accept) => {
      const response = await ask("/apis", { headers: { accept } });
      return [response.headers.get("content-type"), ((await response.json()) as { kind: string }).kind];
    }),
  );
  expect(types).toEqual([
    [form("v2"), "APIGroupDiscoveryList"],
    [form("v2beta1"), "APIGroupDiscoveryList"],
    ["application/json", "APIGroupList"],
  ]);
});

test("the OpenAPI document of a group tells how lists merge", async () => {
  const { paths } = (await (await ask("/openapi/v3")).json()) as {
    paths: Record<string, { serverRelativeURL: string }>;
  };
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(["api/v1", "apis/apps/v1", "apis/discovery.k8s.io/v1"]));
  const core: any = await (await ask(paths["api/v1"]!.serverRelativeURL)).json();
  const { containers } = core.components.schemas["io.k8s.api.core.v1.PodSpec"].properties;
  expect(containers).toMatchObject({
    type: "array",
    items: { allOf: [{ $ref: "#/components/schemas/io.k8s.api.core.v1.Container" }] },
    "x-kubernetes-patch-merge-key": "name",
    "x-kubernetes-patch-strategy": "merge",
  });
  const names = new Set(Object.keys(core.components.schemas));
  const references = [...JSON.stringify(core).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name!);
  expect(references.filter((name) => !names.has(name))).toEqual([]);
});

test("a watch tells at once that it is open, then every change", async () => {
  const controller = new AbortController();
  const response = await ask(`${PODS}?watch=true&fieldSelector=metadata.name=seen`, { signal: controller.signal });
  expect(response.status).toBe(200);
  await ask(PODS, { method: "POST", body: JSON.stringify(pod("seen")), headers: json });
  await running("seen");
  await ask(`${PODS}/seen`, { method: "DELETE" });
  const types: string[] = [];
  let text = "";
  for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    const lines = text.split("\n");
    text = lines.pop()!;
    types.push(...lines.map((line) => JSON.parse(line).type));
    if (types.includes("DELETED")) break;
  }
  expect([types[0], types.at(-1), new Set(types.slice(1, -1))]).toEqual(["ADDED", "DELETED", new Set(["MODIFIED"])]);
  const old = await ask(`${PODS}?watch=true&resourceVersion=999999&timeoutSeconds=5`);
  expect(await old.json()).toMatchObject({ type: "ERROR", object: { code: 410 } });
  const over = await ask(`${PODS}?watch=true&timeoutSeconds=1&fieldSelector=metadata.name=nobody`);
  expect([over.status, await over.text()]).toEqual([200, ""]);
});

test("logs are followed, commands are run over WebSocket", async () => {
  await ask(PODS, { method: "POST", body: JSON.stringify(pod("talker")), headers: json });
  await running("talker");
  const log = await ask(`${PODS}/talker/log?follow=true`);
  const first = await log.body!.getReader().read();
  expect([log.headers.get("content-type"), new TextDecoder().decode(first.value)]).toEqual(["text/plain", "started\n"]);
  const query = "command=sh&command=-c&command=cat;exit 3&stdin=true&stdout=true&stderr=true";
  const socket = new WebSocket(
    `${served.url.replace("http", "ws")}${PODS}/talker/exec?${query}`,
    ["v5.channel.k8s.io"],
    {
      headers: bearer,
    },
  );
  const frames: [number, string][] = [];
  socket.on("message", (data: Buffer) => frames.push([data[0]!, data.subarray(1).toString()]));
  socket.on("open", () => {
    socket.send(Buffer.from("\0gruß\n"));
    socket.send(Buffer.from([255, 0]));
  });
  await new Promise((resolve) => socket.on("close", resolve));
  expect(frames[0]).toEqual([1, "gruß\n"]);
  expect([frames[1]?.[0], JSON.parse(frames[1]![1]).details]).toEqual([
    3,
    { causes: [{ reason: "ExitCode", message: "3" }] },
  ]);
});

test("an upgrade that cannot be is refused with a Status", async () => {
  const answer = await new Promise<[number | undefined, string]>((resolve) => {
    const request = httpRequest(`${served.url}${PODS}/talker/exec?command=true`, {
      headers: { ...bearer, connection: "upgrade", upgrade: "h2c" },
    });
    request.on("response", (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve([response.statusCode, JSON.parse(text).kind]));
    });
    request.end();
  });
  expect(answer).toEqual([400, "Status"]);
});

test("without a token, programs may ask and web pages may not", async () => {
  const open = await serveCluster({ port: 0, speed: 1, seed: "wire" });
  const [program, itself, page] = await Promise.all([
    fetch(`${open.url}/version`),
    fetch(`${open.url}/version`, { headers: { origin: open.url } }),
    fetch(`${open.url}/version`, { headers: { origin: "https://elsewhere.example" } }),
  ]);
  expect([program.status, itself.status, page.status]).toEqual([200, 200, 401]);
  await open.close();
});
