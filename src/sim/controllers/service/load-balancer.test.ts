import { expect, test } from "vitest";
import { SERVICES_PATH, TestCluster } from "../testing";

const service = (name: string) => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: { name },
  spec: { type: "LoadBalancer", selector: { app: name }, ports: [{ port: 80 }] },
});

test("a balancer is pending for a moment, then has an address outside the cluster", () => {
  const lab = new TestCluster();
  lab.request("POST", SERVICES_PATH, service("web"));
  lab.pass(1000);
  expect(lab.get("services", "web").status).toEqual({ loadBalancer: {} });
  lab.settle();
  expect(lab.get("services", "web").status).toEqual({
    loadBalancer: { ingress: [{ ip: "192.168.49.240", ipMode: "VIP" }] },
  });
  lab.request("POST", SERVICES_PATH, service("api"));
  lab.settle();
  expect(lab.get("services", "api").status.loadBalancer.ingress[0].ip).toBe("192.168.49.241");
  expect(lab.events("Service").slice(0, 2)).toEqual([
    "Normal EnsuringLoadBalancer Ensuring load balancer",
    "Normal EnsuredLoadBalancer Ensured load balancer",
  ]);
});

test("its address is free again when it goes, or is no balancer any more", () => {
  const lab = new TestCluster();
  lab.request("POST", SERVICES_PATH, service("web"));
  lab.request("POST", SERVICES_PATH, service("api"));
  lab.settle();
  lab.request("DELETE", `${SERVICES_PATH}/web`);
  lab.request("PATCH", `${SERVICES_PATH}/api`, { spec: { type: "ClusterIP" } });
  lab.settle();
  expect(lab.find("services", "web")).toBeUndefined();
  expect(lab.get("services", "api")).toMatchObject({ metadata: { name: "api" }, status: { loadBalancer: {} } });
  expect(lab.get("services", "api").metadata.finalizers).toBeUndefined();
  lab.request("POST", SERVICES_PATH, service("new"));
  lab.settle();
  expect(lab.get("services", "new").status.loadBalancer.ingress[0].ip).toBe("192.168.49.240");
});
