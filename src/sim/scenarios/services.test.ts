import { expect, test } from "vitest";
import type { Place } from "../network/types";
import { Scene } from "./scene";

const client: Place = { kind: "pod", namespace: "default", pod: "client" };

function scene(): Scene {
  const scene = new Scene(["Endpoints/"]);
  scene.deployment("web", 2, { image: "nginx:1.25", ports: [{ name: "http", containerPort: 80 }] });
  scene.pod("client", { image: "busybox:1.36", command: ["sleep", "100000"] });
  const service = (name: string, spec: Record<string, unknown>) => scene.create("Service", name, { spec });
  service("web", { selector: { app: "web" }, ports: [{ port: 80 }] });
  service("named", { selector: { app: "web" }, ports: [{ port: 8000, targetPort: "http" }] });
  service("unnamed", { selector: { app: "web" }, ports: [{ port: 80, targetPort: "https" }] });
  service("wrong-port", { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }] });
  service("wrong-selector", { selector: { app: "wbe" }, ports: [{ port: 80 }] });
  service("headless", { clusterIP: "None", selector: { app: "web" }, ports: [{ port: 80 }] });
  service("elsewhere", { type: "ExternalName", externalName: "web.default.svc.cluster.local" });
  service("node-port", { type: "NodePort", selector: { app: "web" }, ports: [{ port: 80, nodePort: 30080 }] });
  service("balanced", { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] });
  scene.wait(20);
  scene.cut();
  return scene;
}

test("ways to a server, and ways that lead nowhere", () => {
  const play = scene();
  const node = "192.168.49.3";
  const balanced = play.get("services", "balanced").status.loadBalancer.ingress[0].ip;
  const asked = {
    web: play.ask(client, "web"),
    "web.default.svc.cluster.local": play.ask(client, "web.default.svc.cluster.local"),
    named: play.ask(client, "named", 8000),
    unnamed: play.ask(client, "unnamed"),
    "wrong-port": play.ask(client, "wrong-port"),
    "wrong-selector": play.ask(client, "wrong-selector"),
    headless: play.ask(client, "headless"),
    elsewhere: play.ask(client, "elsewhere"),
    "other port of a Service": play.ask(client, "web", 81),
    unknown: play.ask(client, "nobody"),
    "node port from the workstation": play.ask({ kind: "workstation" }, node, 30080),
    "node port from a node": play.ask({ kind: "node", node: "node-1" }, node, 30080),
    "load balancer from the workstation": play.ask({ kind: "workstation" }, balanced),
    "service name from the workstation": play.ask({ kind: "workstation" }, "web"),
  };
  expect(asked).toMatchInlineSnapshot(`
    {
      "elsewhere": 200,
      "headless": 200,
      "load balancer from the workstation": 200,
      "named": 200,
      "node port from a node": 200,
      "node port from the workstation": 200,
      "other port of a Service": "timeout",
      "service name from the workstation": "unknown-host",
      "unknown": "unknown-host",
      "unnamed": "refused",
      "web": 200,
      "web.default.svc.cluster.local": 200,
      "wrong-port": "refused",
      "wrong-selector": "refused",
    }
  `);
});

test("a load balancer's address is pending at first", () => {
  const play = scene();
  play.create("Service", "later", { spec: { type: "LoadBalancer", selector: { app: "web" }, ports: [{ port: 80 }] } });
  expect(play.get("services", "later").status.loadBalancer).toEqual({});
  play.wait(10);
  expect(play.get("services", "later").status.loadBalancer.ingress).toHaveLength(1);
});

test("without coredns names fail and addresses work", () => {
  const play = scene();
  const { clusterIP } = play.get("services", "web").spec;
  play.fault({ fault: "component-down", component: "coredns" });
  expect([play.ask(client, "web"), play.ask(client, clusterIP)]).toEqual(["unknown-host", 200]);
  play.fault({ fault: "component-up", component: "coredns" });
  expect(play.ask(client, "web")).toBe(200);
});

test("session affinity keeps a client with one pod", () => {
  const play = scene();
  play.create("Service", "sticky", {
    spec: { sessionAffinity: "ClientIP", selector: { app: "web" }, ports: [{ port: 80 }] },
  });
  play.wait(5);
  const pods = new Set<string>();
  for (let turn = 0; turn < 10; turn++) {
    const { hops } = play.cluster.apply({
      kind: "network",
      request: { from: client, host: "sticky", port: 80, payload: { kind: "connect" } },
    });
    pods.add(hops.at(-1)!.name);
  }
  expect(pods.size).toBe(1);
});

test("endpoints follow readiness", () => {
  const play = scene();
  play.deployment("slow", 1, {
    image: "nginx:1.25",
    readinessProbe: { httpGet: { path: "/missing", port: 80 }, periodSeconds: 2, failureThreshold: 1 },
  });
  play.create("Service", "slow", { spec: { selector: { app: "slow" }, ports: [{ port: 80 }] } });
  expect(play.play(10)).toMatchInlineSnapshot(`
    [
      "+0 Endpoints/slow none",
      "+1 Endpoints/slow 0 ready 1 not",
    ]
  `);
  expect(play.ask(client, "slow")).toBe("refused");
});
