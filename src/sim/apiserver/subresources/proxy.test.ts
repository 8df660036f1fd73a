import { expect, test } from "vitest";
import { Cluster } from "../../cluster";

const PODS = "/api/v1/namespaces/default/pods";
const SERVICES = "/api/v1/namespaces/default/services";

function served(): Cluster {
  const cluster = Cluster.create({ seed: "proxy" });
  const create = (path: string, body: unknown) =>
    expect(cluster.request({ method: "POST", path, body }).status).toBe(201);
  create(PODS, {
    metadata: { name: "web", labels: { app: "web" } },
    spec: { containers: [{ name: "web", image: "nginx:1.25", ports: [{ containerPort: 80, name: "http" }] }] },
  });
  create(SERVICES, {
    metadata: { name: "web" },
    spec: {
      selector: { app: "web" },
      ports: [
        { name: "http", port: 8080, targetPort: 80 },
        { name: "other", port: 81 },
      ],
    },
  });
  create(SERVICES, {
    metadata: { name: "plain" },
    spec: { selector: { app: "web" }, ports: [{ port: 8000, targetPort: 80 }] },
  });
  create(SERVICES, { metadata: { name: "nobody" }, spec: { selector: { app: "nobody" }, ports: [{ port: 80 }] } });
  cluster.advanceTo(cluster.nowMs + 60_000);
  return cluster;
}

const cluster = served();
const { podIP } = cluster.store.get("pods", "default", "web")!.status;
const ask = (path: string, method: "GET" | "POST" | "HEAD" = "GET") => {
  const { status, body, headers } = cluster.request({ method, path });
  const text =
    typeof body === "string" ? body.split("\n").slice(0, 4).join("\n") : (body as { message: string }).message;
  return { status, text, ...(headers?.location && { location: headers.location }) };
};

const WELCOME = "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>";

test.each([
  [`${PODS}/web/proxy/`, 200, WELCOME],
  [`${PODS}/web:80/proxy/`, 200, WELCOME],
  [`${PODS}/http:web:80/proxy/`, 200, WELCOME],
  [`${SERVICES}/web:http/proxy/`, 200, WELCOME],
  [`${SERVICES}/web:8080/proxy/`, 200, WELCOME],
  [`${SERVICES}/plain/proxy/`, 200, WELCOME],
  [`${SERVICES}/plain:8000/proxy/`, 200, WELCOME],
  [`${PODS}/web:81/proxy/`, 503, `error trying to reach service: dial tcp ${podIP}:81: connect: connection refused`],
  [
    `${PODS}/https:web:80/proxy/`,
    503,
    "error trying to reach service: http: server gave HTTP response to HTTPS client",
  ],
  [`${PODS}/gopher:web:80/proxy/`, 400, 'invalid pod request "gopher:web:80"'],
  [`${PODS}/none/proxy/`, 404, 'pods "none" not found'],
  [`${SERVICES}/web:82/proxy/`, 503, 'no service port 82 found for service "web"'],
  [`${SERVICES}/web:nope/proxy/`, 503, 'no endpoints available for service "web:nope"'],
  [`${SERVICES}/nobody/proxy/`, 503, 'no endpoints available for service "nobody"'],
])("GET %s", (path, status, text) => {
  expect(ask(path)).toEqual({ status, text });
});

test("a path that ends with proxy is sent to its root", () => {
  expect(ask(`${PODS}/web/proxy`)).toEqual({ status: 301, text: "", location: `${PODS}/web/proxy/` });
});

test("what was asked stands in the program's own log, and the way is told", () => {
  const { traffic } = cluster.request({ method: "GET", path: `${PODS}/web/proxy/a/b`, query: { x: "1 2" } });
  const log = cluster.request({ method: "GET", path: `${PODS}/web/log`, query: { tailLines: "2" } }).body;
  expect(log).toContain('"GET /a/b?x=1%202 HTTP/1.1" 404');
  expect(traffic?.hops.at(-1)).toEqual({ kind: "pod", namespace: "default", name: "web" });
});
