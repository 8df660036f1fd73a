import { expect, test } from "vitest";
import { deployment, TestCluster } from "../testing";

const SHOP = "/apis/apps/v1/namespaces/shop/deployments";

function start(): TestCluster {
  const lab = new TestCluster();
  lab.request("POST", "/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
  lab.settle();
  lab.request("POST", SHOP, deployment("web"));
  lab.settle();
  return lab;
}

test("a namespace gets its account and certificate, and again when they are deleted", () => {
  const lab = start();
  const certificate = lab.get("configmaps", "kube-root-ca.crt", "shop").data["ca.crt"];
  expect(certificate).toMatch(/^-----BEGIN CERTIFICATE-----/);
  lab.request("DELETE", "/api/v1/namespaces/shop/serviceaccounts/default");
  lab.request("DELETE", "/api/v1/namespaces/shop/configmaps/kube-root-ca.crt");
  lab.settle();
  expect(lab.find("serviceaccounts", "default", "shop")).toBeDefined();
  expect(lab.get("configmaps", "kube-root-ca.crt", "shop").data["ca.crt"]).toBe(certificate);
});

test("deleting a namespace empties it first, and takes nothing new", () => {
  const lab = start();
  lab.request("DELETE", "/api/v1/namespaces/shop");
  lab.pass(50);
  expect(lab.get("namespaces", "shop", "").status.phase).toBe("Terminating");
  const remaining = lab
    .get("namespaces", "shop", "")
    .status.conditions.find(({ type }: any) => type === "NamespaceContentRemaining");
  expect(remaining).toMatchObject({
    status: "True",
    reason: "SomeResourcesRemain",
    message: "Some resources are remaining: pods. has 3 resource instances",
  });
  expect(() => lab.request("POST", SHOP, deployment("api"))).toThrow(
    "unable to create new content in namespace shop because it is being terminated",
  );
  lab.settle();
  expect(lab.find("namespaces", "shop", "")).toBeUndefined();
  for (const kind of ["pods", "configmaps", "serviceaccounts", "events"]) expect(lab.list(kind, "shop")).toEqual([]);
});
