import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { WebSocket } from "ws";
import { type PageSocket, type Site, startSite, type Visitor } from "../testing/site";
import { OPEN_LIMIT } from "./kube-gateway";
import { WorkerPool } from "./pool";

let site: Site<WorkerPool>;
let teacher: Visitor;
let learner: Visitor;
let page: PageSocket;
let labId: string;
let classId: string;
let server: string;
let token: string;

const PODS = "/api/v1/namespaces/default/pods";
const MAPS = "/api/v1/namespaces/default/configmaps";

beforeAll(async () => {
  const entry = pathToFileURL(path.resolve("scripts/lab-worker.mjs"));
  site = await startSite({ pool: (databaseUrl) => new WorkerPool(entry, { databaseUrl, threads: 1 }) });
  teacher = site.visitor();
  await teacher.api.auth.signUp({ username: "teacher", password: "correct horse" });
  const made = await teacher.api.classes.create({ name: "Harbour" });
  classId = made.id;
  await teacher.api.assignments.add({ classId, challengeId: "tests/make-map" });
  learner = site.visitor();
  await learner.api.auth.guest({});
  await learner.api.classes.join({ joinCode: made.joinCode, nickname: "Ann" });
  ({ labId } = await learner.api.labs.start({ challengeId: "tests/make-map", classId }));
  ({ token } = await learner.api.labs.kubeconfig({ labId, origin: site.origin }));
  server = `${site.origin}/labs/${labId}/kube`;
  page = await learner.connect();
}, 60_000);
afterAll(async () => {
  page?.close();
  await site?.close();
});

const ask = (url: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
  fetch(`${server}${url}`, { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
const send = (method: string, url: string, body: unknown) =>
  ask(url, { method, body: JSON.stringify(body), headers: { "content-type": "application/json" } });

async function until(condition: () => unknown, limitMs = 10_000): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error("it did not come about");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it("lets in who has the lab's token, by header or by path, and tells others nothing", async () => {
  const status = async (url: string, headers: Record<string, string> = {}) => (await fetch(url, { headers })).status;
  expect([
    await status(`${server}/version`),
    await status(`${server}/version`, { authorization: "Bearer wrong" }),
    await status(`${site.origin}/labs/nothing/kube/version`, { authorization: `Bearer ${token}` }),
    await status(`${server}/version`, { authorization: `Bearer ${token}` }),
    await status(`${server}/token/${token}/version`),
  ]).toEqual([401, 401, 401, 200, 200]);
});

it("gives a kubeconfig whose address holds the token where nothing is encrypted", async () => {
  const plain = await learner.api.labs.kubeconfig({ labId, origin: site.origin });
  const encrypted = await learner.api.labs.kubeconfig({ labId, origin: "https://podium.example" });
  expect(plain.server).toBe(`${server}/token/${token}`);
  expect(encrypted).toMatchObject({ server: `https://podium.example/labs/${labId}/kube`, token });
  expect(plain.kubeconfig).toContain(`server: ${JSON.stringify(plain.server)}`);
});

it("answers after the journal holds what was done; map, checks and room hear of it", async () => {
  await page.ask("lab:open", { labId });
  const deltas: any[] = [];
  const checks: any[] = [];
  page.socket.on("cluster:delta", (delta) => deltas.push(delta));
  page.socket.on("checks", (told) => checks.push(told));
  const room = await teacher.connect();
  await room.ask("class:watch", { classId });
  const tiles: any[] = [];
  room.socket.on("class:tile", (tile) => tiles.push(tile));
  const created = await send("POST", MAPS, {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: "harbour" },
    data: { colour: "blue" },
  });
  expect(created.status).toBe(201);
  const rows = await site.app.services.db.journalEntry.findMany({ where: { labId } });
  const written = rows.map(({ data }) => data as any).find(({ input }) => input?.request?.method === "POST");
  expect(written.input.request.path).toBe(MAPS);
  // No token of ours is kept.
  expect(JSON.stringify(rows.map(({ data }) => data))).not.toContain(token);
  expect((await send("POST", PODS, pod("web"))).status).toBe(201);
  await until(() => JSON.stringify(deltas).includes('"web"'));
  await until(() => checks.some(({ newlyPassed }) => newlyPassed.includes("map-exists")));
  await until(() => tiles.some(({ lastCommand }) => lastCommand === `POST ${PODS}`));
  room.close();
});

const pod = (name: string) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name },
  spec: {
    terminationGracePeriodSeconds: 0,
    containers: [{ name: "main", image: "busybox", command: ["sh", "-c", "echo started; sleep 100000"] }],
  },
});

it("watches, follows logs and runs commands; closed connections free everything", async () => {
  const controller = new AbortController();
  const watch = await ask(`${PODS}?watch=true&fieldSelector=metadata.name=web`, { signal: controller.signal });
  const reader = watch.body!.pipeThrough(new TextDecoderStream()).getReader();
  let seen = "";
  await until(async () => {
    seen += (await reader.read()).value;
    return seen.includes('"phase":"Running"');
  });
  controller.abort();
  const log = await ask(`${PODS}/web/log?follow=true`);
  const first = await log.body!.getReader().read();
  expect(new TextDecoder().decode(first.value)).toBe("started\n");
  const socket = new WebSocket(
    `${server.replace("http", "ws")}${PODS}/web/exec?command=echo&command=hello&stdout=true`,
    ["v5.channel.k8s.io"],
    { headers: { authorization: `Bearer ${token}` } },
  );
  const frames: string[] = [];
  socket.on("message", (data: Buffer) => frames.push(data.toString()));
  await new Promise((resolve) => socket.on("close", resolve));
  expect(frames[0]).toBe("\x01hello\n");
});

it("keeps a frozen class from writing, not from looking", async () => {
  await site.app.services.rooms.freeze(classId, true);
  const [written, read] = await Promise.all([ask(`${PODS}/web`, { method: "DELETE" }), ask(PODS)]);
  expect([written.status, ((await written.json()) as any).reason, read.status]).toEqual([403, "Forbidden", 200]);
  const refused = await new Promise<number | undefined>((resolve) => {
    const socket = new WebSocket(`${server.replace("http", "ws")}${PODS}/web/exec?command=sh`, ["v5.channel.k8s.io"], {
      headers: { authorization: `Bearer ${token}` },
    });
    socket.on("unexpected-response", (_, response) => resolve(response.statusCode));
    socket.on("error", () => {});
  });
  expect(refused).toBe(403);
  await site.app.services.rooms.freeze(classId, false);
});

it("takes back what was done from outside, and ends the watches of what was", async () => {
  const watch = await ask(`${MAPS}?watch=true&resourceVersion=0`);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await send("POST", MAPS, { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "late" } });
  expect((await ask(`${MAPS}/late`)).status).toBe(200);
  expect((await page.ask("lab:undo", { labId })).ok).toBe(true);
  expect(await watch.text()).toContain('"late"');
  expect((await ask(`${MAPS}/late`)).status).toBe(404);
  expect((await ask(`${MAPS}/harbour`)).status).toBe(200);
});

it("wakes a lab that sleeps, as it was", async () => {
  await site.pool.call("sleep", { labId });
  expect(site.pool.holds(labId)).toBe(false);
  expect((await ask(`${MAPS}/harbour`)).status).toBe(200);
  expect(site.pool.holds(labId)).toBe(true);
});

it("limits how many requests of one lab are under way; closed connections make room", async () => {
  const controller = new AbortController();
  const answers = await Promise.all(
    Array.from({ length: OPEN_LIMIT + 5 }, () => ask(`${PODS}?watch=true`, { signal: controller.signal })),
  );
  expect(answers.filter(({ status }) => status === 200).length).toBe(OPEN_LIMIT);
  const refused = answers.find(({ status }) => status !== 200)!;
  expect([refused.status, refused.headers.get("retry-after"), ((await refused.json()) as any).reason]).toEqual([
    429,
    "1",
    "TooManyRequests",
  ]);
  controller.abort();
  await until(async () => (await ask("/version")).status === 200);
});

it("is gone with the lab", async () => {
  await learner.api.labs.close({ labId });
  await until(async () => (await ask("/version")).status === 401);
});
