import { expect, test } from "vitest";
import { Cluster } from "../cluster";
import { parseRfc3339 } from "../kernel/time";
import { DEFAULT_START_MS } from "../options";

const summary = (cluster: Cluster) =>
  cluster.store.list("pods").map(({ metadata, spec, status }) => {
    const ready = status.containerStatuses.filter((one: any) => one.ready).length;
    const name = metadata.generateName?.replace(/(-[a-z0-9]{9,10})?-$/, "") ?? metadata.name;
    return `${name} ${ready}/${spec.containers.length} ${status.phase} ${status.containerStatuses[0].restartCount}`;
  });

test("a new cluster is up: everything runs, and nothing is left to do", () => {
  const cluster = Cluster.create();
  expect(cluster.nowMs).toBe(DEFAULT_START_MS);
  expect(cluster.nextEventMs()).toBeUndefined();
  expect(summary(cluster)).toEqual([
    "coredns 1/1 Running 0",
    "coredns 1/1 Running 0",
    "etcd-control-plane 1/1 Running 0",
    "kindnet 1/1 Running 0",
    "kindnet 1/1 Running 0",
    "kindnet 1/1 Running 0",
    "kube-apiserver-control-plane 1/1 Running 0",
    "kube-controller-manager-control-plane 1/1 Running 0",
    "kube-proxy 1/1 Running 0",
    "kube-proxy 1/1 Running 0",
    "kube-proxy 1/1 Running 0",
    "kube-scheduler-control-plane 1/1 Running 0",
  ]);
  const names = (resource: string) =>
    cluster.store
      .list(resource)
      .map(({ metadata }) => (metadata.namespace ? `${metadata.namespace}/${metadata.name}` : metadata.name));
  expect(names("namespaces")).toEqual(["default", "kube-node-lease", "kube-public", "kube-system"]);
  expect(names("services")).toEqual(["default/kubernetes", "kube-system/kube-dns"]);
  expect(names("configmaps")).toEqual([
    "default/kube-root-ca.crt",
    "kube-node-lease/kube-root-ca.crt",
    "kube-public/cluster-info",
    "kube-public/kube-root-ca.crt",
    "kube-system/coredns",
    "kube-system/kube-proxy",
    "kube-system/kube-root-ca.crt",
    "kube-system/kubeadm-config",
  ]);
  const dns = cluster.store.get("endpoints", "kube-system", "kube-dns")!;
  expect(dns.subsets).toMatchObject([
    { addresses: [{}, {}], ports: [{ name: "dns", port: 53 }, { name: "dns-tcp" }, { name: "metrics", port: 9153 }] },
  ]);
  expect(cluster.store.get("endpoints", "default", "kubernetes")!.subsets).toEqual([
    { addresses: [{ ip: "192.168.49.2" }], ports: [{ name: "https", port: 8443, protocol: "TCP" }] },
  ]);
});

test("its nodes are ready, and only workers take pods", () => {
  const cluster = Cluster.create({
    nodes: [
      { name: "cp", role: "control-plane", cpu: "2", memory: "4Gi" },
      { name: "w", role: "worker", cpu: "1500m", memory: "2Gi", labels: { disk: "ssd" } },
    ],
  });
  const [controlPlane, worker] = cluster.store.list("nodes");
  expect(controlPlane!.spec).toEqual({
    podCIDR: "10.244.0.0/24",
    podCIDRs: ["10.244.0.0/24"],
    taints: [{ key: "node-role.kubernetes.io/control-plane", effect: "NoSchedule" }],
  });
  expect(worker!.spec).toEqual({ podCIDR: "10.244.1.0/24", podCIDRs: ["10.244.1.0/24"] });
  expect(worker!.metadata.labels).toMatchObject({ "kubernetes.io/hostname": "w", disk: "ssd" });
  expect(worker!.status).toMatchObject({
    addresses: [
      { type: "InternalIP", address: "192.168.49.3" },
      { type: "Hostname", address: "w" },
    ],
    capacity: { cpu: "1500m", memory: "2097152Ki", pods: "110" },
    allocatable: { cpu: "1500m", memory: "1994752Ki" },
    nodeInfo: { kubeletVersion: "v1.33.4", containerRuntimeVersion: "containerd://1.7.27" },
  });
  expect(worker!.status.conditions.map(({ type, status }: any) => `${type}=${status}`)).toEqual([
    "MemoryPressure=False",
    "DiskPressure=False",
    "PIDPressure=False",
    "Ready=True",
  ]);
});

test("clusters share what they start with, but for the times", () => {
  const here = Cluster.create();
  const later = Cluster.create({ startMs: DEFAULT_START_MS + 86_400_123 });
  const pod = (cluster: Cluster) => cluster.store.list("pods")[0]!;
  expect(pod(later).spec).toBe(pod(here).spec);
  const started = (cluster: Cluster) => parseRfc3339(pod(cluster).status.containerStatuses[0].state.running.startedAt)!;
  expect(Math.abs(started(later) - started(here) - 86_400_123)).toBeLessThanOrEqual(1000);
  expect(started(here)).toBeLessThan(DEFAULT_START_MS);
  expect(JSON.stringify(later.snapshot())).not.toContain("2001-");
});

test("a cluster starts in well under five milliseconds", () => {
  Cluster.create();
  const times = Array.from({ length: 40 }, (_, index) => {
    const before = performance.now();
    Cluster.create({ seed: `start-${index}` });
    return performance.now() - before;
  }).sort((a, b) => a - b);
  expect(times[20]).toBeLessThan(5);
});

test("events of the start are gone after an hour, and nobody is woken for it", () => {
  const cluster = Cluster.create();
  expect(cluster.store.list("events").length).toBeGreaterThan(30);
  cluster.advanceTo(cluster.nowMs + 4_000_000);
  expect(cluster.store.list("events")).toEqual([]);
});

test("the system's own pods come back when they are deleted", () => {
  const cluster = Cluster.create();
  const before = summary(cluster);
  for (const { metadata } of cluster.store.list("pods")) {
    cluster.request({ method: "DELETE", path: `/api/v1/namespaces/kube-system/pods/${metadata.name}` });
  }
  cluster.advanceTo(cluster.nowMs + 60_000);
  expect(summary(cluster)).toEqual(before);
  expect(cluster.nextEventMs()).toBeUndefined();
});

test("so does the Service of the API server", () => {
  const cluster = Cluster.create();
  const spec = () => cluster.store.get("services", "default", "kubernetes")?.spec;
  const before = spec();
  cluster.request({ method: "DELETE", path: "/api/v1/namespaces/default/services/kubernetes" });
  cluster.advanceTo(cluster.nowMs + 11_000);
  expect(spec()).toEqual(before);
});
