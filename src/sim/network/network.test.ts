import { beforeAll, describe, expect, test } from "vitest";
import { Cluster } from "../cluster";
import { clusterPki } from "./pki/cluster-pki";
import { verifyChain } from "./pki/verify";
import type { NetworkRequest, NetworkResponse, Place } from "./types";

const workstation: Place = { kind: "workstation" };
const client: Place = { kind: "pod", namespace: "default", pod: "client" };
const node = (name: string): Place => ({ kind: "node", node: name });
const NODE_1 = "192.168.49.3";
const NODE_2 = "192.168.49.4";

let shared: Cluster;

const pod = (
  name: string,
  labels: Record<string, string>,
  spec: object = {},
  image = "registry.k8s.io/e2e-test-images/agnhost:2.53",
) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name, namespace: "default", labels },
  spec: {
    containers: [{ name: "main", image, args: ["netexec"], ports: [{ containerPort: 8080, name: "web" }] }],
    ...spec,
  },
});
const service = (name: string, spec: object) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name, namespace: "default" },
  spec,
});

function create(cluster: Cluster, ...objects: { kind: string; metadata: { name: string } }[]): void {
  for (const object of objects) {
    const path = `/api/v1/namespaces/default/${object.kind.toLowerCase()}s`;
    const response = cluster.request({ method: "POST", path, body: object });
    if (response.status >= 300) throw new Error(JSON.stringify(response.body));
  }
}

const settle = (cluster: Cluster, seconds = 40) => cluster.advanceTo(cluster.nowMs + seconds * 1000);

beforeAll(() => {
  shared = Cluster.create({ seed: "network" });
  create(
    shared,
    pod("one", { app: "web" }, { nodeName: "node-1", hostname: "first", subdomain: "peers" }),
    pod("two", { app: "web" }, { nodeName: "node-2" }),
    pod(
      "client",
      { app: "client" },
      { nodeName: "node-1", hostAliases: [{ ip: "10.1.2.3", hostnames: ["elsewhere"] }] },
    ),
    pod("deaf", { app: "deaf" }, { nodeName: "node-1" }),
    service("web", {
      type: "NodePort",
      selector: { app: "web" },
      ports: [{ name: "http", port: 80, targetPort: "web", nodePort: 31000 }],
    }),
    service("sticky", {
      selector: { app: "web" },
      sessionAffinity: "ClientIP",
      ports: [{ port: 80, targetPort: 8080 }],
    }),
    service("peers", { clusterIP: "None", selector: { app: "web" }, ports: [{ name: "http", port: 8080 }] }),
    service("nobody", { selector: { app: "nobody" }, ports: [{ port: 80 }] }),
    service("mistaken", { selector: { app: "deaf" }, ports: [{ port: 80, targetPort: 81 }] }),
    service("local", {
      type: "NodePort",
      selector: { app: "deaf" },
      externalTrafficPolicy: "Local",
      ports: [{ port: 80, targetPort: 8080, nodePort: 31001 }],
    }),
    service("inside", {
      selector: { app: "deaf" },
      internalTrafficPolicy: "Local",
      ports: [{ port: 80, targetPort: 8080 }],
    }),
    service("alias", { type: "ExternalName", externalName: "web.default.svc.cluster.local" }),
    service("balanced", {
      type: "LoadBalancer",
      selector: { app: "web" },
      externalIPs: ["203.0.113.7"],
      ports: [{ port: 80, targetPort: 8080 }],
    }),
  );
  settle(shared);
});

const ask = (from: Place, host: string, port = 80, path = "/hostname", cluster = shared): NetworkResponse =>
  cluster.apply({
    kind: "network",
    request: {
      from,
      host,
      port,
      payload: { kind: "http", http: { method: "GET", path, headers: [["Host", host]], body: "" } },
    },
  });
const clusterIp = (name: string) => shared.store.get("services", "default", name)!.spec.clusterIP as string;
const podIp = (name: string, cluster = shared) => cluster.store.get("pods", "default", name)!.status!.podIP as string;
const resolve = (name: string, type?: "A" | "SRV" | "PTR", from: Place = client) => {
  const answer = shared.inside.network.resolve(from, name, type);
  return [answer.outcome, answer.name, ...answer.records.map((record) => `${record.type} ${record.data}`)];
};

describe("names", () => {
  test.each([
    "web",
    "web.default",
    "web.default.svc",
    "web.default.svc.cluster.local",
    "web.default.svc.cluster.local.",
  ])("%s", (name) => {
    expect(resolve(name)).toEqual(["ok", "web.default.svc.cluster.local", `A ${clusterIp("web")}`]);
  });
  test("headless Services have a record for each pod, and for its host name", () => {
    expect(resolve("peers").slice(2).sort()).toEqual([`A ${podIp("one")}`, `A ${podIp("two")}`].sort());
    expect(resolve("first.peers")).toEqual(["ok", "first.peers.default.svc.cluster.local", `A ${podIp("one")}`]);
  });
  test("aliases, ports, pods, backwards", () => {
    expect(resolve("alias")).toEqual([
      "ok",
      "alias.default.svc.cluster.local",
      "CNAME web.default.svc.cluster.local",
      `A ${clusterIp("web")}`,
    ]);
    expect(resolve("_http._tcp.web", "SRV").slice(2)).toEqual(["SRV 0 100 80 web.default.svc.cluster.local."]);
    expect(resolve("10-244-1-9.default.pod.cluster.local").slice(2)).toEqual(["A 10.244.1.9"]);
    expect(resolve("10.96.0.1", "PTR")).toEqual([
      "ok",
      "1.0.96.10.in-addr.arpa",
      "PTR kubernetes.default.svc.cluster.local.",
    ]);
    expect(resolve(podIp("one"), "PTR")).toContain("PTR first.peers.default.svc.cluster.local.");
  });
  test("what is unknown", () => {
    expect(resolve("none")).toEqual(["nxdomain", "none"]);
    expect(resolve("web.other")).toEqual(["nxdomain", "web.other"]);
    expect(resolve("example.com")).toEqual(["nxdomain", "example.com"]);
    expect(resolve("web", "A", workstation)).toEqual(["nxdomain", "web"]);
    expect(resolve("node-1", "A", workstation)).toEqual(["ok", "node-1", `A ${NODE_1}`]);
    expect(shared.inside.network.lookup(client, "elsewhere").records[0]!.data).toBe("10.1.2.3");
    expect(shared.inside.network.lookup(client, "client").records[0]!.data).toBe(podIp("client"));
  });
  test("without CoreDNS there are no names", () => {
    const broken = shared.fork();
    broken.apply({ kind: "fault", fault: { fault: "component-down", component: "coredns" } });
    expect(ask(client, "web", 80, "/", broken)).toMatchObject({
      outcome: "unknown-host",
      latencyMs: 10_000,
      why: "no answer from the DNS server 10.96.0.10: CoreDNS does not work",
    });
    expect(ask(client, clusterIp("web"), 80, "/", broken).outcome).toBe("ok");
  });
});

describe("ways", () => {
  test("a Service spreads requests over its pods", () => {
    const answers = Array.from({ length: 20 }, () => ask(client, "web").http!.body);
    expect(new Set(answers)).toEqual(new Set(["first", "two"]));
    expect(ask(client, "web").hops.map((hop) => hop.kind)).toEqual(["pod", "service", "pod"]);
  });
  test("with session affinity a client stays, until its time is over", () => {
    const answers = Array.from({ length: 20 }, () => ask(client, "sticky").http!.body);
    expect(new Set(answers).size).toBe(1);
    const later = shared.fork();
    const seen = new Set(answers);
    for (let round = 0; round < 20; round++) {
      later.advanceTo(later.nowMs + 10_801_000);
      seen.add(ask(client, clusterIp("sticky"), 80, "/hostname", later).http!.body);
    }
    expect(seen.size).toBe(2);
  });
  test("node ports answer on every node, from inside and outside", () => {
    for (const address of [NODE_1, NODE_2, "node-1"]) expect(ask(workstation, address, 31000).outcome).toBe("ok");
    expect(ask(node("node-2"), "127.0.0.1", 31000).outcome).toBe("ok");
    expect(ask(workstation, NODE_1, 31999)).toMatchObject({
      outcome: "refused",
      why: "no Service has the node port 31999",
    });
  });
  test("the outside reaches external addresses, but neither cluster IPs nor pods", () => {
    expect(ask(workstation, "203.0.113.7").outcome).toBe("ok");
    expect(ask(workstation, clusterIp("web"))).toMatchObject({
      outcome: "timeout",
      why: expect.stringContaining("inside the cluster only"),
    });
    expect(ask(workstation, podIp("one"), 8080)).toMatchObject({
      outcome: "timeout",
      why: expect.stringContaining("inside the cluster only"),
    });
    expect(ask(workstation, "example.com")).toMatchObject({ outcome: "unknown-host" });
    expect(ask(node("node-2"), podIp("one"), 8080).http!.body).toBe("first");
    expect(ask(client, podIp("two"), 8080)).toMatchObject({ outcome: "ok", latencyMs: 2 });
  });
  test("who asks is seen as in a cluster", () => {
    const from = (place: Place, host: string, port = 80) =>
      ask(place, host, port, "/clientip").http!.body.split(":")[0];
    expect(from(client, "sticky")).toBe(podIp("client"));
    expect(from(workstation, NODE_1, 31001)).toBe("192.168.49.1");
    expect(from(node("node-1"), podIp("one"), 8080)).toBe(podIp("one").replace(/\d+$/, "1"));
  });
  test("traffic policies keep to the node", () => {
    expect(ask(workstation, NODE_1, 31001).outcome).toBe("ok");
    expect(ask(workstation, NODE_2, 31001)).toMatchObject({
      outcome: "timeout",
      why: expect.stringContaining("no endpoints on node node-2"),
    });
    expect(ask(client, "inside").outcome).toBe("ok");
    expect(ask(node("node-2"), clusterIp("inside")).outcome).toBe("timeout");
  });
  test("causes are named", () => {
    const why = (host: string, port = 80) => {
      const { outcome, why: text } = ask(client, host, port);
      return [outcome, text];
    };
    expect(why("nobody")).toEqual([
      "refused",
      "Service default/nobody has no endpoints, because no pod has the labels app=nobody",
    ]);
    expect(why("mistaken")).toEqual(["refused", "nothing listens on port 81 in pod default/deaf (it listens on 8080)"]);
    expect(why("web", 81)).toEqual(["timeout", "Service default/web has no port 81 (it has 80)"]);
    expect(why("10.244.9.9")).toEqual(["unreachable", "no pod has the address 10.244.9.9"]);
    expect(why("localhost", 81)).toEqual([
      "refused",
      "nothing listens on port 81 in pod default/client (it listens on 8080)",
    ]);
  });
  test("a node without power is silent", () => {
    const broken = shared.fork();
    broken.apply({ kind: "fault", fault: { fault: "node-down", node: "node-2" } });
    expect(ask(client, podIp("two"), 8080, "/", broken)).toMatchObject({
      outcome: "timeout",
      why: "node node-2 is down",
    });
    expect(ask(workstation, NODE_2, 31000, "/", broken).outcome).toBe("timeout");
    expect(ask(client, podIp("one"), 8080, "/", broken).outcome).toBe("ok");
  });
  test("straight into a pod, as port-forward and probes go", () => {
    const into = (from: Place, port: number): NetworkRequest => ({
      from,
      host: "127.0.0.1",
      port,
      payload: { kind: "http", http: { method: "GET", path: "/clientip", headers: [], body: "" } },
      intoPod: { namespace: "default", pod: "one" },
    });
    const send = (request: NetworkRequest) => shared.apply({ kind: "network", request });
    expect(send(into(workstation, 8080)).http!.body).toMatch(/^127\.0\.0\.1:/);
    expect(send({ ...into(node("node-1"), 8080), host: podIp("one") }).http!.body).toMatch(/\.1:/);
    expect(send(into(workstation, 8081)).outcome).toBe("refused");
    expect(send({ ...into(workstation, 8080), payload: { kind: "connect" } }).outcome).toBe("ok");
    expect(
      send({
        ...into(workstation, 8080),
        payload: { kind: "http", http: { method: "GET", path: "/", headers: [], body: "" }, tls: {} },
      }).outcome,
    ).toBe("tls-not-spoken");
  });
  test("the API server's Service answers in TLS", () => {
    const http = { method: "GET", path: "/api", headers: [] as [string, string][], body: "" };
    const answer = shared.apply({
      kind: "network",
      request: { from: client, host: "kubernetes", port: 443, payload: { kind: "http", http, tls: {} } },
    });
    expect(answer.http!.status).toBe(403);
    expect(JSON.parse(answer.http!.body).message).toBe('forbidden: User "system:anonymous" cannot get path "/api"');
    const trusted = clusterPki().caCertificatePem;
    expect(verifyChain(answer.tls!.chainPem, trusted, { atMs: shared.nowMs, host: "kubernetes" })).toMatchObject({
      ok: true,
    });
  });
});

test("requests are part of the replayed state", () => {
  const copies = [shared.fork(), shared.fork()];
  for (const copy of copies) for (let round = 0; round < 5; round++) ask(client, "web", 80, "/hostname", copy);
  expect(copies[0]!.hash()).toBe(copies[1]!.hash());
});
