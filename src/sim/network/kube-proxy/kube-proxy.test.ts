import { beforeAll, describe, expect, it } from "vitest";
import { inPod, OUTSIDE, onNode, server, service, Town } from "../testing";

const client = inPod("client");
const NODES = ["192.168.49.2", "192.168.49.3", "192.168.49.4"];
const PORTS = [{ port: 80, targetPort: 8080 }];

let town: Town;

beforeAll(() => {
  town = new Town().create(
    server("one", { app: "web" }, "node-1"),
    server("two", { app: "web" }, "node-1"),
    server("three", { app: "web" }, "node-2"),
    server("only", { app: "only" }, "node-2"),
    server("client", { app: "client" }, "node-1"),
    service("web", { selector: { app: "web" }, ports: PORTS }),
    service("nobody", { selector: { app: "nobody" }, ports: PORTS }),
    service("node", {
      type: "NodePort",
      selector: { app: "only" },
      externalTrafficPolicy: "Local",
      ports: [{ ...PORTS[0], nodePort: 31000 }],
    }),
    service("near", { selector: { app: "only" }, internalTrafficPolicy: "Local", ports: PORTS }),
    service("balanced", {
      type: "LoadBalancer",
      selector: { app: "only" },
      externalTrafficPolicy: "Local",
      healthCheckNodePort: 32000,
      ports: PORTS,
    }),
    service("guarded", {
      type: "LoadBalancer",
      selector: { app: "web" },
      loadBalancerSourceRanges: ["203.0.113.0/24"],
      ports: PORTS,
    }),
    service("extra", { selector: { app: "web" }, externalIPs: ["192.0.2.80"], ports: PORTS }),
  );
  town.settle();
});

const hosts = (here: Town, count: number, host = "web") =>
  Array.from({ length: count }, () => here.ask(client, host, 80, "/hostname").http!.body);
const proxy = (here: Town, node: string) =>
  here.pods("kube-system", "k8s-app=kube-proxy").find(({ spec }) => spec.nodeName === node)!;

describe("which backend", () => {
  it("is left to chance by iptables, from the cluster's own seed", () => {
    const one = hosts(town.fork(), 30);
    expect(new Set(one)).toEqual(new Set(["one", "two", "three"]));
    expect(hosts(town.fork(), 30)).toEqual(one);
  });

  it("goes round where kube-proxy was restarted with mode ipvs", () => {
    const here = town.fork();
    here.patch("/api/v1/NS/configmaps", "kube-system", "kube-proxy", { data: { "config.conf": 'mode: "ipvs"\n' } });
    expect(new Set(hosts(here, 3)).size).toBeLessThanOrEqual(3);
    here.delete("/api/v1/NS/pods", "kube-system", proxy(here, "node-1").metadata.name).settle(60);
    const [first, second, third, ...rest] = hosts(here, 6);
    expect(new Set([first, second, third])).toEqual(new Set(["one", "two", "three"]));
    expect(rest).toEqual([first, second, third]);
    expect(here.see(client, here.get("services", "web").spec.clusterIP, 81)).toBe("refused");
  });
});

describe("traffic policies", () => {
  it("Local from outside reaches only nodes that have a backend", () => {
    expect(NODES.map((node) => town.see(OUTSIDE, node, 31000))).toEqual(["timeout", "timeout", 200]);
    expect(NODES.map((node) => town.see(client, node, 31000))).toEqual([200, 200, 200]);
  });

  it("Local inside leaves a node without backends without an answer", () => {
    expect(town.see(client, "near")).toBe("timeout");
    expect(town.see(onNode("node-2"), town.get("services", "near").spec.clusterIP)).toBe(200);
    expect(town.ask(client, "near").why).toBe(
      "Service default/near has no endpoints on node node-1, and its traffic policy is Local",
    );
  });

  it("tells load balancers by the health check port which nodes have backends", () => {
    const [none, local] = ["192.168.49.3", "192.168.49.4"].map(
      (node) => town.ask(OUTSIDE, node, 32000, "/healthz").http!,
    );
    expect([none!.status, local!.status]).toEqual([503, 200]);
    expect(JSON.parse(local!.body)).toEqual({
      service: { namespace: "default", name: "balanced" },
      localEndpoints: 1,
      serviceProxyHealthy: true,
    });
  });
});

describe("addresses", () => {
  it("of a Service without backends refuse, those that nobody has are silent", () => {
    expect(town.see(client, "nobody")).toBe("refused");
    expect(town.see(client, "10.111.222.33")).toBe("timeout");
    expect(town.see(client, town.get("services", "web").spec.clusterIP, 81)).toBe("timeout");
  });

  it("that are external lead to the Service from everywhere", () => {
    expect([town.see(client, "192.0.2.80"), town.see(OUTSIDE, "192.0.2.80")]).toEqual([200, 200]);
  });

  it("of a load balancer with source ranges are closed to others", () => {
    const [{ ip }] = town.get("services", "guarded").status.loadBalancer.ingress;
    expect(town.see(OUTSIDE, ip)).toBe("timeout");
  });
});

describe("without kube-proxy", () => {
  it("a node goes on by the rules that it has, and knows nothing of what is new", () => {
    const here = town.fork();
    const { name } = proxy(here, "node-1").metadata;
    const { image } = proxy(here, "node-1").spec.containers[0];
    const run = (wanted: string) =>
      here
        .patch("/api/v1/NS/pods", "kube-system", name, {
          spec: { containers: [{ name: "kube-proxy", image: wanted }] },
        })
        .settle(60);
    run("registry.k8s.io/kube-proxy:nope");
    expect(here.see(client, "web")).toBe(200);
    here.create(service("new", { selector: { app: "web" }, ports: PORTS })).settle(5);
    expect(here.see(client, here.get("services", "new").spec.clusterIP)).toBe("timeout");
    here.delete("/api/v1/NS/pods", "default", "one").delete("/api/v1/NS/pods", "default", "two").settle(60);
    const outcomes = new Set(Array.from({ length: 20 }, () => here.see(client, "web")));
    expect(outcomes).toEqual(new Set([200, "unreachable"]));
    run(image);
    here.settle(300);
    expect(here.see(client, here.get("services", "new").spec.clusterIP)).toBe(200);
  });
});
