import { describe, expect, test } from "vitest";
import { PODS_PATH, TestCluster } from "../controllers/testing";

const CLAIMS = "/api/v1/namespaces/default/persistentvolumeclaims";
const VOLUMES = "/api/v1/persistentvolumes";
const CLASSES = "/apis/storage.k8s.io/v1/storageclasses";

const claim = (name: string, spec: object = {}) => ({
  apiVersion: "v1",
  kind: "PersistentVolumeClaim",
  metadata: { name },
  spec: { accessModes: ["ReadWriteOnce"], resources: { requests: { storage: "1Gi" } }, ...spec },
});
const volume = (name: string, spec: object = {}) => ({
  apiVersion: "v1",
  kind: "PersistentVolume",
  metadata: { name },
  spec: { accessModes: ["ReadWriteOnce"], capacity: { storage: "2Gi" }, hostPath: { path: `/data/${name}` }, ...spec },
});
const late = {
  apiVersion: "storage.k8s.io/v1",
  kind: "StorageClass",
  metadata: { name: "late" },
  provisioner: "k8s.io/minikube-hostpath",
  volumeBindingMode: "WaitForFirstConsumer",
};
const pod = (name: string, command: string, source: object) => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: { name },
  spec: {
    restartPolicy: "Never",
    containers: [
      {
        name: "c",
        image: "busybox:1.36",
        command: ["sh", "-c", command],
        volumeMounts: [{ name: "data", mountPath: "/data" }],
      },
    ],
    volumes: [{ name: "data", ...source }],
  },
});
const phase = (cluster: TestCluster, name: string) => cluster.get("persistentvolumeclaims", name).status.phase;
const volumePhase = (cluster: TestCluster, name: string) => cluster.find("persistentvolumes", name, "")?.status.phase;

describe("claims", () => {
  test("a volume is bound that is large enough, and is released with its claim", () => {
    const cluster = new TestCluster();
    cluster.request("POST", VOLUMES, volume("small", { capacity: { storage: "500Mi" } }));
    cluster.request("POST", VOLUMES, volume("large"));
    cluster.request("POST", CLAIMS, claim("db", { storageClassName: "" }));
    cluster.settle();
    expect(cluster.get("persistentvolumeclaims", "db").spec.volumeName).toBe("large");
    expect([phase(cluster, "db"), volumePhase(cluster, "large"), volumePhase(cluster, "small")]).toEqual([
      "Bound",
      "Bound",
      "Available",
    ]);
    cluster.request("DELETE", `${CLAIMS}/db`);
    cluster.settle();
    expect(volumePhase(cluster, "large")).toBe("Released");
    cluster.request("PATCH", `${VOLUMES}/large`, { spec: { claimRef: null } });
    cluster.settle();
    expect(volumePhase(cluster, "large")).toBe("Available");
  });

  test("without a volume and without a class a claim waits, and its pod with it", () => {
    const cluster = new TestCluster();
    cluster.request("POST", CLAIMS, claim("db", { storageClassName: "" }));
    cluster.request("POST", PODS_PATH, pod("db", "sleep 1000", { persistentVolumeClaim: { claimName: "db" } }));
    cluster.settle();
    expect(phase(cluster, "db")).toBe("Pending");
    expect(cluster.events("PersistentVolumeClaim")).toEqual([
      "Normal FailedBinding no persistent volumes available for this claim and no storage class is set",
    ]);
    expect(cluster.events("Pod")[0]).toContain(
      "nodes are available: pod has unbound immediate PersistentVolumeClaims.",
    );
    cluster.request("POST", VOLUMES, volume("large"));
    cluster.settle();
    expect([phase(cluster, "db"), cluster.get("pods", "db").status.phase]).toEqual(["Bound", "Running"]);
  });

  test.each([
    ["the default class, at once", {}, "standard", "Bound"],
    ["a class that waits for the first consumer", { storageClassName: "late" }, "late", "Pending"],
  ])("volumes are made: %s", (_, spec, className, first) => {
    const cluster = new TestCluster();
    cluster.request("POST", CLASSES, late);
    cluster.request("POST", CLAIMS, claim("db", spec));
    cluster.settle();
    expect(cluster.get("persistentvolumeclaims", "db").spec.storageClassName).toBe(className);
    expect(phase(cluster, "db")).toBe(first);
    cluster.request("POST", PODS_PATH, pod("db", "sleep 1000", { persistentVolumeClaim: { claimName: "db" } }));
    cluster.settle();
    expect([phase(cluster, "db"), cluster.get("pods", "db").status.phase]).toEqual(["Bound", "Running"]);
  });

  test("a claim in use stays until its pod is gone, and its volume goes with it", () => {
    const cluster = new TestCluster();
    cluster.request("POST", CLAIMS, claim("db"));
    cluster.request("POST", PODS_PATH, pod("db", "sleep 1000", { persistentVolumeClaim: { claimName: "db" } }));
    cluster.settle();
    const { volumeName } = cluster.get("persistentvolumeclaims", "db").spec;
    cluster.request("DELETE", `${CLAIMS}/db`);
    cluster.settle();
    expect(cluster.get("persistentvolumeclaims", "db").metadata.finalizers).toEqual(["kubernetes.io/pvc-protection"]);
    cluster.request("DELETE", `${PODS_PATH}/db`);
    cluster.settle();
    expect(cluster.find("persistentvolumeclaims", "db")).toBeUndefined();
    expect(cluster.find("persistentvolumes", volumeName, "")).toBeUndefined();
  });
});

test.each([
  ["without a volume data are lost", { emptyDir: {} }, "Failed"],
  ["with a volume they are kept", { persistentVolumeClaim: { claimName: "db" } }, "Succeeded"],
])("N28: %s", (_, source, end) => {
  const cluster = new TestCluster();
  cluster.request("POST", CLAIMS, claim("db"));
  cluster.request("POST", PODS_PATH, pod("writer", "echo kept > /data/file", source));
  cluster.settle();
  cluster.request("DELETE", `${PODS_PATH}/writer`);
  cluster.settle();
  cluster.request("POST", PODS_PATH, pod("reader", "cat /data/file", source));
  cluster.settle();
  expect(cluster.get("pods", "reader").status.phase).toBe(end);
});
