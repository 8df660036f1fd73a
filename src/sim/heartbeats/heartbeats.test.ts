import { expect, test } from "vitest";
import { Cluster } from "../cluster";
import { parseRfc3339 } from "../kernel/time";
import { lastBeat, nextBeat } from "./beat";
import { apiServerName } from "./names";

const LEASES = "/apis/coordination.k8s.io/v1/namespaces";
const get = (cluster: Cluster, path: string) => cluster.request({ method: "GET", path }).body as any;
const lease = (cluster: Cluster, path: string) => get(cluster, `${LEASES}/${path}`);
const pass = (cluster: Cluster, seconds: number) => cluster.advanceTo(cluster.nowMs + seconds * 1000);
/** How many seconds ago. */
const ago = (cluster: Cluster, time: string) => (cluster.nowMs - parseRfc3339(time)!) / 1000;
const nodeLease = (cluster: Cluster) => lease(cluster, "kube-node-lease/leases/node-1");
const reported = (cluster: Cluster) => get(cluster, "/api/v1/nodes/node-1").status.conditions[0].lastHeartbeatTime;

test("beats lie whole periods from the first", () => {
  expect([lastBeat(100, 10, 95), lastBeat(100, 10, 109), lastBeat(100, 10, 110)]).toEqual([100, 100, 110]);
  expect([nextBeat(100, 10, 100), nextBeat(100, 10, 101), nextBeat(100, 10, 85)]).toEqual([100, 110, 90]);
});

test("a node's Lease is held by its kubelet and owned by its Node", () => {
  const cluster = Cluster.create();
  const { metadata, spec } = nodeLease(cluster);
  const { uid } = get(cluster, "/api/v1/nodes/node-1").metadata;
  expect(metadata.ownerReferences).toEqual([{ apiVersion: "v1", kind: "Node", name: "node-1", uid }]);
  expect({ ...spec, renewTime: "…" }).toEqual({
    holderIdentity: "node-1",
    leaseDurationSeconds: 40,
    renewTime: "…",
  });
});

test("whoever reads finds the latest heartbeat, though a cluster at rest has nothing to do", () => {
  const cluster = Cluster.create();
  const { resourceVersion } = nodeLease(cluster).metadata;
  const ages: number[] = [];
  for (let step = 0; step < 5; step++) {
    pass(cluster, 7);
    ages.push(ago(cluster, nodeLease(cluster).spec.renewTime));
  }
  expect(ages).toEqual([7, 4, 1, 8, 5]);
  pass(cluster, 3600);
  expect(ago(cluster, nodeLease(cluster).spec.renewTime)).toBe(5);
  expect(ago(cluster, reported(cluster))).toBeLessThan(300);
  const listed = get(cluster, "/api/v1/nodes").items[1].status.conditions[0].lastHeartbeatTime;
  expect(listed).toBe(reported(cluster));
  expect(nodeLease(cluster).metadata.resourceVersion).toBe(resourceVersion);
  expect(cluster.nextEventMs()).toBeUndefined();
});

test("heartbeats of a stopped kubelet stand still, and go on when it is started", () => {
  const cluster = Cluster.create();
  pass(cluster, 12);
  const before = nodeLease(cluster).spec.renewTime;
  expect(ago(cluster, before)).toBe(2);
  cluster.apply({ kind: "fault", fault: { fault: "kubelet-down", node: "node-1" } });
  pass(cluster, 1000);
  expect(nodeLease(cluster).spec.renewTime).toBe(before);
  expect(ago(cluster, reported(cluster))).toBeGreaterThan(1000);
  cluster.apply({ kind: "fault", fault: { fault: "kubelet-up", node: "node-1" } });
  pass(cluster, 1);
  expect([ago(cluster, nodeLease(cluster).spec.renewTime), ago(cluster, reported(cluster))]).toEqual([1, 1]);
});

test("a kubelet makes its Lease anew, with the next heartbeat", () => {
  const cluster = Cluster.create();
  const path = `${LEASES}/kube-node-lease/leases/node-1`;
  cluster.request({ method: "DELETE", path });
  pass(cluster, 5);
  expect(get(cluster, path)).toMatchObject({ reason: "NotFound" });
  pass(cluster, 6);
  expect(ago(cluster, nodeLease(cluster).spec.renewTime)).toBe(1);
});

test("the Lease of a Node that is deleted goes with it", () => {
  const cluster = Cluster.create();
  cluster.request({ method: "DELETE", path: "/api/v1/nodes/node-1" });
  pass(cluster, 30);
  expect(nodeLease(cluster)).toMatchObject({ reason: "NotFound" });
});

test("elected components renew what they hold every two seconds; a successor says that it leads", () => {
  const cluster = Cluster.create();
  const path = "kube-system/leases/kube-scheduler";
  pass(cluster, 600);
  const held = lease(cluster, path).spec;
  expect(held).toMatchObject({ leaseDurationSeconds: 15, leaseTransitions: 0 });
  expect(held.holderIdentity).toMatch(/^control-plane_[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(ago(cluster, held.renewTime)).toBeLessThan(2);
  cluster.apply({ kind: "fault", fault: { fault: "component-down", component: "kube-scheduler" } });
  pass(cluster, 100);
  const stopped = lease(cluster, path).spec.renewTime;
  pass(cluster, 100);
  expect(lease(cluster, path).spec.renewTime).toBe(stopped);
  cluster.apply({ kind: "fault", fault: { fault: "component-up", component: "kube-scheduler" } });
  pass(cluster, 30);
  const next = lease(cluster, path).spec;
  expect(next.holderIdentity).not.toBe(held.holderIdentity);
  expect(next.leaseTransitions).toBe(1);
  expect(ago(cluster, next.renewTime)).toBeLessThan(2);
  const events = cluster.store
    .list("events", "kube-system")
    .filter(({ reason, involvedObject }) => reason === "LeaderElection" && involvedObject.name === "kube-scheduler");
  expect(new Set(events.map(({ message }) => message))).toEqual(
    new Set([`${held.holderIdentity} became leader`, `${next.holderIdentity} became leader`]),
  );
});

test("a kube-apiserver has a Lease by the hash of its host's name", () => {
  const cluster = Cluster.create();
  const { metadata, spec } = lease(cluster, `kube-system/leases/${apiServerName("control-plane")}`);
  expect(metadata.labels).toEqual({
    "apiserver.kubernetes.io/identity": "kube-apiserver",
    "kubernetes.io/hostname": "control-plane",
  });
  expect(spec.leaseDurationSeconds).toBe(3600);
  // The name that documentation shows for a host called kind-control-plane.
  expect(apiServerName("kind-control-plane")).toMatch(/^apiserver-[a-z2-7]{26}$/);
});
