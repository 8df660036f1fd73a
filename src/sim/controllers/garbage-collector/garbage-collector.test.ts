import { expect, test } from "vitest";
import { DEPLOYMENTS_PATH, deployment, PODS_PATH, TestCluster } from "../testing";

function start(): TestCluster {
  const lab = new TestCluster();
  lab.request("POST", DEPLOYMENTS_PATH, deployment("web", { replicas: 2 }));
  lab.settle();
  return lab;
}
const deleted = (lab: TestCluster, since: number) =>
  lab
    .actions(since, ["deployments.apps", "replicasets.apps", "pods"])
    .filter(({ type }) => type === "DELETED")
    .map(({ resource }) => resource);

test.each([
  ["Background", ["deployments.apps", "replicasets.apps", "pods", "pods"]],
  ["Foreground", ["pods", "pods", "replicasets.apps", "deployments.apps"]],
])("%s deletion", (propagationPolicy, order) => {
  const lab = start();
  const since = lab.resourceVersion;
  lab.request("DELETE", `${DEPLOYMENTS_PATH}/web`, { propagationPolicy });
  lab.settle();
  expect(deleted(lab, since)).toEqual(order);
});

test("orphans stay, and belong to nobody", () => {
  const lab = start();
  lab.request("DELETE", `${DEPLOYMENTS_PATH}/web`, { propagationPolicy: "Orphan" });
  lab.settle();
  expect(lab.find("deployments.apps", "web")).toBeUndefined();
  expect(lab.list("replicasets.apps").map(({ metadata }) => metadata.ownerReferences)).toEqual([undefined]);
  expect(lab.list("pods").length).toBe(2);
});

const configMap = (name: string, owners: object[]) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name, ownerReferences: owners },
});
const CONFIG_MAPS = "/api/v1/namespaces/default/configmaps";

test("an object whose owners are absent goes; one with a living owner only loses the others", () => {
  const lab = start();
  const absent = { apiVersion: "v1", kind: "ConfigMap", name: "gone", uid: "11111111-2222-3333-4444-555555555555" };
  const { uid } = lab.get("deployments.apps", "web").metadata;
  const living = { apiVersion: "apps/v1", kind: "Deployment", name: "web", uid };
  const unknown = {
    apiVersion: "example.com/v1",
    kind: "Widget",
    name: "w",
    uid: "99999999-2222-3333-4444-555555555555",
  };
  lab.request("POST", CONFIG_MAPS, configMap("a", [absent]));
  lab.request("POST", CONFIG_MAPS, configMap("b", [absent, living]));
  lab.request("POST", CONFIG_MAPS, configMap("c", [unknown]));
  lab.settle();
  expect(lab.find("configmaps", "a")).toBeUndefined();
  expect(lab.get("configmaps", "b").metadata.ownerReferences).toEqual([living]);
  expect(lab.get("configmaps", "c").metadata.ownerReferences).toEqual([unknown]);
});

test("without the controller manager nothing heals; when it is back everything does", () => {
  const lab = start();
  lab.cluster.apply({ kind: "fault", fault: { fault: "component-down", component: "kube-controller-manager" } });
  lab.request("DELETE", `${PODS_PATH}/${lab.list("pods")[0]!.metadata.name}`, { gracePeriodSeconds: 0 });
  lab.request("POST", "/api/v1/namespaces", { apiVersion: "v1", kind: "Namespace", metadata: { name: "shop" } });
  lab.settle();
  expect(lab.list("pods").length).toBe(1);
  expect(lab.find("serviceaccounts", "default", "shop")).toBeUndefined();
  expect(lab.cluster.nextEventMs()).toBeUndefined();
  lab.cluster.apply({ kind: "fault", fault: { fault: "component-up", component: "kube-controller-manager" } });
  lab.settle();
  expect(lab.list("pods").length).toBe(2);
  expect(lab.find("serviceaccounts", "default", "shop")).toBeDefined();
});
