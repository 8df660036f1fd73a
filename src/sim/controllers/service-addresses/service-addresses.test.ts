import { expect, it } from "vitest";
import { service, Town } from "../../network/testing";

const ports = [{ port: 80 }];

it("keeps an IPAddress for each address that a Service has", () => {
  const town = new Town().create(service("web", { ports }), service("none", { clusterIP: "None", ports }));
  town.settle(1);
  const { clusterIP } = town.get("services", "web").spec;
  const names = () => town.cluster.store.list("ipaddresses.networking.k8s.io").map(({ metadata }) => metadata.name);
  expect(new Set(names())).toEqual(new Set(["10.96.0.1", "10.96.0.10", clusterIP]));
  expect(town.cluster.store.get("ipaddresses.networking.k8s.io", undefined, clusterIP)!.spec).toEqual({
    parentRef: { group: "", resource: "services", namespace: "default", name: "web" },
  });
  town.delete("/api/v1/NS/services", "default", "web").settle(1);
  expect(names()).not.toContain(clusterIP);
});

it("tells of each range that it may be used", () => {
  const range = new Town().cluster.store.get("servicecidrs.networking.k8s.io", undefined, "kubernetes")!;
  expect(range.spec).toEqual({ cidrs: ["10.96.0.0/12"] });
  expect(range.status!.conditions).toMatchObject([
    { type: "Ready", status: "True", message: "Kubernetes default Service CIDR is ready" },
  ]);
});

it.each([
  [
    { ipFamilyPolicy: "RequireDualStack" },
    'spec.ipFamilyPolicy: Invalid value: "RequireDualStack": this cluster is not configured for dual-stack services',
  ],
  [{ ipFamilies: ["IPv6"] }, 'spec.ipFamilies[0]: Invalid value: "IPv6": not configured on this cluster'],
  [
    { trafficDistribution: "Far" },
    'spec.trafficDistribution: Unsupported value: "Far": supported values: "PreferClose"',
  ],
  [
    { clusterIP: "10.96.0.1" },
    'spec.clusterIPs: Invalid value: []string{"10.96.0.1"}: failed to allocate IP 10.96.0.1: provided IP is already allocated',
  ],
])("refuses %j", (spec, text) => {
  const { cluster } = new Town();
  const body = service("web", { ports, ...spec });
  const answer = cluster.request({ method: "POST", path: "/api/v1/namespaces/default/services", body }).body as any;
  expect(answer.message).toBe(`Service "web" is invalid: ${text}`);
});

it("gives a Service that only prefers both families the one that there is", () => {
  const town = new Town().create(service("web", { ipFamilyPolicy: "PreferDualStack", ports }));
  expect(town.get("services", "web").spec).toMatchObject({ ipFamilyPolicy: "PreferDualStack", ipFamilies: ["IPv4"] });
});
