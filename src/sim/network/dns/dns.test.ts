import { beforeAll, describe, expect, it } from "vitest";
import { inPod, server, service, Town } from "../testing";
import { CorefileError, parseCorefile } from "./corefile";

const client = inPod("client");
let town: Town;

beforeAll(() => {
  town = new Town().create(
    server("client", { app: "web" }, "node-1"),
    service("web", { selector: { app: "web" }, ports: [{ name: "http", port: 80, targetPort: 8080 }] }),
    service("alias", { type: "ExternalName", externalName: "web.default.svc.cluster.local" }),
  );
  town.settle();
});

const COREFILE = (here: Town): string => here.get("configmaps", "coredns", "kube-system").data.Corefile;
const corefile = (here: Town, text: string) =>
  here.patch("/api/v1/NS/configmaps", "kube-system", "coredns", { data: { Corefile: text } }).settle(120);
const ask = (here: Town, name: string, type?: Parameters<typeof here.cluster.inside.network.resolve>[2]) => {
  const { outcome, records } = here.cluster.inside.network.resolve(client, name, type);
  return [outcome, ...records.map(({ type: kind, data }) => `${kind} ${data}`)];
};
const dnsPods = (here: Town) => here.pods("kube-system", "k8s-app=kube-dns");
const logs = (here: Town) =>
  dnsPods(here)
    .flatMap(({ metadata }) => here.cluster.inside.runtime.log({ podUid: metadata.uid, container: "coredns" }) ?? [])
    .map(({ text }) => text);

describe("answers", () => {
  it("tells a name without such data from a name that is not", () => {
    const ip = town.get("services", "web").spec.clusterIP;
    expect(ask(town, "web")).toEqual(["ok", `A ${ip}`]);
    expect(ask(town, "web", "AAAA")).toEqual(["no-data"]);
    expect(ask(town, "wbe")).toEqual(["nxdomain"]);
    expect(ask(town, "alias")).toEqual(["ok", "CNAME web.default.svc.cluster.local", `A ${ip}`]);
    expect(ask(town, "alias", "CNAME")).toEqual(["ok", "CNAME web.default.svc.cluster.local"]);
    expect(ask(town, ip, "PTR")).toEqual(["ok", "PTR web.default.svc.cluster.local."]);
    expect(ask(town, "_http._tcp.web", "SRV")).toEqual(["ok", "SRV 0 100 80 web.default.svc.cluster.local."]);
    expect(ask(town, "10-244-1-3.default.pod.cluster.local")).toEqual(["ok", "A 10.244.1.3"]);
  });
});

describe("the Corefile", () => {
  const inside = (lines: string) => COREFILE(town).replace("    ready\n", `    ready\n${lines}`);

  it("gives names of its own, takes others' place, and tells of questions", () => {
    const here = corefile(
      town.fork(),
      inside(
        "    log\n    hosts {\n      10.9.8.7 printer.example.com\n      fallthrough\n    }\n    rewrite name old.default.svc.cluster.local web.default.svc.cluster.local\n",
      ),
    );
    expect(ask(here, "printer.example.com.")).toEqual(["ok", "A 10.9.8.7"]);
    expect(ask(here, "old")).toEqual(["ok", `A ${here.get("services", "web").spec.clusterIP}`]);
    expect(ask(here, "nothing.example.com.")).toEqual(["nxdomain"]);
    const line = logs(here).find((text) => text.includes("old.default"));
    expect(line).toMatch(
      /^\[INFO\] 10\.244\.1\.\d+:\d+ - \d+ "A IN old\.default\.svc\.cluster\.local\. udp 47 false 512" NOERROR qr,aa,rd \d+ 0\.000\d+s$/,
    );
  });

  it("without forward knows nothing beyond the cluster, without kubernetes nothing inside", () => {
    const bare = (plugin: RegExp) => COREFILE(town).replace(plugin, "");
    expect(ask(corefile(town.fork(), bare(/ {4}forward[^}]*\}\n/)), "node-1.")).toEqual(["servfail"]);
    expect(ask(town, "node-1.")).toEqual(["ok", "A 192.168.49.3"]);
    expect(ask(corefile(town.fork(), bare(/ {4}kubernetes[^}]*\}\n/)), "web")).toEqual(["nxdomain"]);
  });

  it("that is wrong is not taken up, and keeps a new server from starting", () => {
    const here = corefile(town.fork(), inside("    frobnicate\n"));
    expect(ask(here, "web")[0]).toBe("ok");
    expect(logs(here)).toContain(
      "[ERROR] Restart failed: /etc/coredns/Corefile:7 - Error during parsing: Unknown directive 'frobnicate'",
    );
    for (const { metadata } of dnsPods(here)) here.delete("/api/v1/NS/pods", "kube-system", metadata.name);
    here.settle(60);
    expect(dnsPods(here).map(({ status }) => status!.containerStatuses[0].state.waiting?.reason ?? "running")).toEqual([
      "CrashLoopBackOff",
      "CrashLoopBackOff",
    ]);
    expect(here.ask(client, "web").outcome).toBe("unknown-host");
    corefile(here, COREFILE(town)).settle(300);
    expect(ask(here, "web")[0]).toBe("ok");
  });

  it.each([
    [
      ".:53 {\n  kubernetes {\n    colour blue\n  }\n}",
      "plugin/kubernetes: F:3 - Error during parsing: unknown property 'colour'",
    ],
    [".:53 {\n  forward . upstream\n}", 'plugin/forward: not an IP address or file: "upstream"'],
    [".:53 {\n  errors\n", "F:2 - Error during parsing: Unexpected EOF"],
  ])("%#", (text, message) => {
    expect(() => parseCorefile("F", text)).toThrow(new CorefileError(message));
  });
});

describe("no server", () => {
  it("is told at once by a Service without endpoints", () => {
    const here = town.fork();
    here.patch("/apis/apps/v1/NS/deployments", "kube-system", "coredns", { spec: { replicas: 0 } }).settle(60);
    const answer = here.cluster.inside.network.resolve(client, "web");
    expect(answer).toMatchObject({ outcome: "timeout", failure: "refused", server: "10.96.0.10" });
    expect(answer.latencyMs).toBeLessThan(100);
    here.patch("/apis/apps/v1/NS/deployments", "kube-system", "coredns", { spec: { replicas: 2 } }).settle(60);
    expect(ask(here, "web")[0]).toBe("ok");
  });
});
