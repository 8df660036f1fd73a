import { beforeAll, describe, expect, it } from "vitest";
import { inPod, OUTSIDE, onNode, policy, server, service, Town } from "../testing";

const client = inPod("client");
const stranger = inPod("stranger", "other");
const all = { podSelector: {} };
const web = { podSelector: { matchLabels: { app: "web" } } };

let town: Town;

beforeAll(() => {
  town = new Town().create({
    apiVersion: "v1",
    kind: "Namespace",
    metadata: { name: "other", labels: { team: "red" } },
  });
  town.settle(1).create(
    server("web", { app: "web" }, "node-1"),
    server("client", { app: "client" }, "node-2"),
    server("stranger", { app: "client" }, "node-2", "other"),
    service("web", {
      type: "NodePort",
      selector: { app: "web" },
      ports: [{ port: 80, targetPort: 8080, nodePort: 31000 }],
    }),
  );
  town.settle();
});

/** What the three see of the web pod: the client of its namespace, the one of another, and the world outside. */
function seen(...policies: any[]): (number | string)[] {
  const here = town.fork().create(...policies);
  return [here.see(client, "web"), here.see(stranger, "web.default"), here.see(OUTSIDE, "192.168.49.3", 31000)];
}

describe("ingress", () => {
  it("is open as long as no policy selects the pod", () => {
    expect(seen()).toEqual([200, 200, 200]);
    expect(seen(policy("p", { podSelector: { matchLabels: { app: "db" } } }))).toEqual([200, 200, 200]);
  });

  it("is closed by a policy without rules; whoever knocks waits in vain", () => {
    expect(seen(policy("deny", all))).toEqual(["timeout", "timeout", "timeout"]);
    const here = town.fork().create(policy("deny", all));
    expect(here.ask(client, "web").why).toBe(
      "NetworkPolicy default/deny lets no connection in to pod default/web port 8080 from pod default/client",
    );
  });

  it("opens by pods, by namespaces, and by both at once", () => {
    const from = (...peers: object[]) => policy("p", { ...web, ingress: [{ from: peers }] });
    const pods = { podSelector: { matchLabels: { app: "client" } } };
    const red = { namespaceSelector: { matchLabels: { team: "red" } } };
    expect(seen(from(pods))).toEqual([200, "timeout", "timeout"]);
    expect(seen(from(red))).toEqual(["timeout", 200, "timeout"]);
    expect(seen(from(red, pods))).toEqual([200, 200, "timeout"]);
    expect(seen(from({ ...red, ...pods }))).toEqual(["timeout", 200, "timeout"]);
    expect(seen(from({ ...red, podSelector: { matchLabels: { app: "x" } } }))).toEqual([
      "timeout",
      "timeout",
      "timeout",
    ]);
  });

  it("opens by address, but for what is excepted", () => {
    const block = (cidr: string, except: string[] = []) =>
      policy("p", { ...web, ingress: [{ from: [{ ipBlock: { cidr, except } }] }] });
    expect(seen(block("192.168.49.0/24"))).toEqual(["timeout", "timeout", 200]);
    expect(seen(block("0.0.0.0/0", ["192.168.49.1/32"]))).toEqual([200, 200, "timeout"]);
  });

  it("opens by port: number, range, name, and protocol of the pod, not of the Service", () => {
    const ports = (...list: object[]) => policy("p", { ...web, ingress: [{ ports: list }] });
    expect(seen(ports({ port: 8080 }))).toEqual([200, 200, 200]);
    expect(seen(ports({ port: 80 }))).toEqual(["timeout", "timeout", "timeout"]);
    expect(seen(ports({ port: 8000, endPort: 8100 }))).toEqual([200, 200, 200]);
    expect(seen(ports({ port: "web" }))).toEqual([200, 200, 200]);
    expect(seen(ports({ port: 8080, protocol: "UDP" }))).toEqual(["timeout", "timeout", "timeout"]);
  });

  it("adds the policies up", () => {
    const from = policy("from", { ...web, ingress: [{ from: [{ podSelector: {} }] }] });
    expect(seen(policy("deny", all), from)).toEqual([200, "timeout", "timeout"]);
  });

  it("never keeps a node from its own pods, so that probes go through", () => {
    const here = town.fork().create(policy("deny", all));
    const { podIP } = here.get("pods", "web").status;
    expect([here.see(onNode("node-1"), podIP, 8080), here.see(onNode("node-2"), podIP, 8080)]).toEqual([
      200,
      "timeout",
    ]);
    expect(here.settle(60).get("pods", "web").status.containerStatuses[0].ready).toBe(true);
  });
});

describe("egress", () => {
  it("closes names too, unless port 53 stays open", () => {
    const closed = town.fork().create(policy("deny", { ...all, policyTypes: ["Egress"] }));
    expect(closed.ask(client, "web")).toMatchObject({ outcome: "unknown-host", latencyMs: 10_000 });
    const { podIP } = closed.get("pods", "web").status;
    expect(closed.see(client, podIP, 8080)).toBe("timeout");

    const names = { ports: [{ port: 53, protocol: "UDP" }] };
    const open = town.fork().create(policy("names", { ...all, policyTypes: ["Egress"], egress: [names] }));
    expect([open.see(client, "web"), open.see(stranger, "web.default")]).toEqual(["timeout", 200]);
    const toWeb = { to: [web], ports: [{ port: 8080 }] };
    open.create(
      policy("web", { podSelector: { matchLabels: { app: "client" } }, policyTypes: ["Egress"], egress: [toWeb] }),
    );
    expect(open.see(client, "web")).toBe(200);
  });

  it("lets replies pass", () => {
    const here = town.fork().create(policy("mute", { ...web, policyTypes: ["Egress"] }));
    expect(here.see(client, "web")).toBe(200);
    expect(here.see(inPod("web"), here.get("pods", "client").status.podIP, 8080)).toBe("timeout");
  });

  it("covers nodes and what lies outside, by address", () => {
    const to = (cidr: string) =>
      town.fork().create(policy("p", { ...all, policyTypes: ["Egress"], egress: [{ to: [{ ipBlock: { cidr } }] }] }));
    const kubelet = (here: Town) =>
      here.cluster.apply({
        kind: "network",
        request: { from: client, host: "192.168.49.3", port: 10_250, payload: { kind: "connect" } },
      }).outcome;
    expect([kubelet(to("192.168.49.3/32")), kubelet(to("10.0.0.0/8"))]).toEqual(["ok", "timeout"]);
  });
});
