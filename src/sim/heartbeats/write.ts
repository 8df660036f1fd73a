import type { Sim } from "../component";
import { clone } from "../kernel/freeze";
import type { KubeObject } from "../types";
import { leaders } from "./leaders";
import { API_SERVER_IDENTITY, apiServerName, LEASES, NODE_LEASES } from "./names";

/** The kubelet renews its Lease, or makes it. One that finds no Node of its name makes none. */
export function renewNodeLease(sim: Sim, name: string): void {
  const node = sim.store.get("nodes", undefined, name);
  if (!node) return;
  const owner = { apiVersion: "v1", kind: "Node", name, uid: node.metadata.uid };
  write(sim, "kubelet", NODE_LEASES, name, { ownerReferences: [owner] }, () => ({
    holderIdentity: name,
    leaseDurationSeconds: 40,
    renewTime: sim.kernel.nowMicro(),
  }));
}

/** Whoever has been elected writes its name into the Lease that the candidates compete for, and says so. */
export function acquireLease(sim: Sim, component: string): void {
  const leader = leaders(sim).get(component);
  if (!leader) return;
  const { identity: holderIdentity, transitions: leaseTransitions } = leader;
  const now = sim.kernel.nowMicro();
  const lease = write(sim, component, "kube-system", component, {}, () => ({
    acquireTime: now,
    holderIdentity,
    leaseDurationSeconds: 15,
    leaseTransitions,
    renewTime: now,
  }));
  const source = { component: component === "kube-scheduler" ? "default-scheduler" : component };
  sim.recorder.event(lease, "Normal", "LeaderElection", `${holderIdentity} became leader`, source);
}

/** A kube-apiserver tells the others that it is there; `process` tells this start of it from earlier ones. */
export function renewApiServerLease(sim: Sim, host: string, process: string): void {
  const name = apiServerName(host);
  const labels = { "apiserver.kubernetes.io/identity": API_SERVER_IDENTITY, "kubernetes.io/hostname": host };
  write(sim, "kube-apiserver", "kube-system", name, { labels }, () => ({
    holderIdentity: `${name}_${process}`,
    leaseDurationSeconds: 3600,
    renewTime: sim.kernel.nowMicro(),
  }));
}

function write(
  sim: Sim,
  component: string,
  namespace: string,
  name: string,
  metadata: Partial<KubeObject["metadata"]>,
  spec: () => object,
): KubeObject {
  const api = sim.api(component);
  const known = sim.store.get(LEASES, namespace, name);
  if (known) return api.update(LEASES, { ...clone(known), spec: spec() }) as KubeObject;
  const apiVersion = "coordination.k8s.io/v1";
  return api.create(LEASES, {
    apiVersion,
    kind: "Lease",
    metadata: { name, namespace, ...metadata },
    spec: spec(),
  } as any) as KubeObject;
}
