import type { Change } from "../apiserver/request";
import type { Component, Sim } from "../component";
import { endSilence, isApiDown, isDown, isStorageDown } from "../faults";
import { NODE_LEASE_PERIOD_MS } from "../heartbeats/as-of-now";
import { LEASES, NODE_LEASES } from "../heartbeats/names";
import { renewNodeLease } from "../heartbeats/write";
import { clone, deepEqual } from "../kernel/freeze";
import type { KubeObject } from "../types";
import { NODE_CONDITIONS, reportedImages } from "./node-report";

const NAME = "kubelet-node-status";
const IMAGES = "images/";
const API_UP = "api-up";
const LEASE = "lease";
/** How often the kubelet looks whether its node has changed: --node-status-update-frequency. */
const UPDATE_MS = 10_000;
/** While a machine boots, how often to look whether its kubelet is up. */
const BOOT_POLL_MS = 1000;

/**
 * The kubelets' word about their nodes: conditions when a kubelet comes back, images when they have changed. Nothing is
 * sent while nothing changes; that a kubelet is silent the node lifecycle controller learns from the fault itself.
 */
export const nodeStatus: Component = {
  name: NAME,
  onChange(sim, { type, resource, object, previous }) {
    if (resource === LEASES) keepLease(sim, type, object);
    if (resource !== "pods" || type !== "MODIFIED" || !object.spec.nodeName) return;
    if (imageIds(object) === imageIds(previous!)) return;
    const key = `${IMAGES}${object.spec.nodeName}`;
    if (!sim.kernel.queue.get(NAME, key)) sim.kernel.schedule(UPDATE_MS, NAME, key);
  },
  onTimer(sim, { key }) {
    const [what, subject] = key.split("/");
    const name = subject ?? what!;
    if (isDown(sim, "node", name) || isDown(sim, "kubelet", name)) return;
    // What could not be said is said when the API server is reached again.
    if (isApiDown(sim) || isStorageDown(sim) || isDown(sim, "cut-off", name)) {
      sim.kernel.table<true>("kubelet-node-status.unsaid").set(key, true);
      return;
    }
    if (what === LEASE) {
      renewNodeLease(sim, name);
      return;
    }
    if (what === API_UP) {
      beHeard(sim, name);
      sayUnsaid(sim, name);
      return;
    }
    if (isDown(sim, "runtime", name)) {
      postRuntimeDown(sim, name);
      return;
    }
    if (sim.kernel.table("kubelet.power").has(name)) sim.kernel.schedule(BOOT_POLL_MS, NAME, key);
    else if (key === name) postReady(sim, name);
    else postImages(sim, name);
  },
};

/** A kubelet whose Lease is gone makes a new one when it would have renewed it. */
function keepLease(sim: Sim, type: Change["type"], { metadata }: KubeObject): void {
  if (type !== "DELETED" || metadata.namespace !== NODE_LEASES) return;
  if (sim.options.nodes.some(({ name }) => name === metadata.name))
    sim.kernel.schedule(NODE_LEASE_PERIOD_MS, NAME, `${LEASE}/${metadata.name}`);
}

function beHeard(sim: Sim, name: string): void {
  endSilence(sim, name);
  renewNodeLease(sim, name);
}

function sayUnsaid(sim: Sim, name: string): void {
  const unsaid = sim.kernel.table<true>("kubelet-node-status.unsaid");
  for (const key of [name, `${IMAGES}${name}`, `runtime/${name}`])
    if (unsaid.delete(key)) sim.kernel.schedule(0, NAME, key);
}

const imageIds = (pod: KubeObject): string =>
  (pod.status?.containerStatuses ?? []).map(({ imageID }: { imageID?: string }) => imageID).join();

function postReady(sim: Sim, name: string): void {
  const node = sim.store.get("nodes", undefined, name);
  if (!node) return;
  const now = sim.kernel.now();
  const old: any[] = node.status?.conditions ?? [];
  const draft = clone(node);
  draft.status.conditions = NODE_CONDITIONS.map((condition) => {
    const known = old.find(({ type }) => type === condition.type);
    return {
      ...condition,
      lastHeartbeatTime: now,
      lastTransitionTime: known?.status === condition.status ? known.lastTransitionTime : now,
    };
  });
  sim.api("kubelet").updateStatus("nodes", draft);
  beHeard(sim, name);
  const kubelet = { component: "kubelet", host: name };
  const about = { ...node, metadata: { ...node.metadata, uid: name } };
  sim.recorder.event(about, "Normal", "Starting", "Starting kubelet.", kubelet);
  for (const { type, reason, status } of NODE_CONDITIONS) {
    if (type !== "Ready" && old.find((condition) => condition.type === type)?.status !== status) {
      const word = reason.replace("Kubelet", "Node");
      sim.recorder.event(about, "Normal", word, `Node ${name} status is now: ${word}`, kubelet);
    }
  }
  if (old.find(({ type }) => type === "Ready")?.status !== "True") {
    sim.recorder.event(about, "Normal", "NodeReady", `Node ${name} status is now: NodeReady`, kubelet);
  }
}

/** containerd does not answer: the kubelet says so, and that it cannot vouch for its pods. */
function postRuntimeDown(sim: Sim, name: string): void {
  const node = sim.store.get("nodes", undefined, name);
  const known = node?.status?.conditions?.find(({ type }: { type: string }) => type === "Ready");
  if (!node || known?.status === "False") return;
  const now = sim.kernel.now();
  const draft = clone(node);
  draft.status.conditions = draft.status.conditions.map((condition: any) =>
    condition.type === "Ready"
      ? {
          ...condition,
          status: "False",
          reason: "KubeletNotReady",
          message: "container runtime is down",
          lastHeartbeatTime: now,
          lastTransitionTime: now,
        }
      : condition,
  );
  sim.api("kubelet").updateStatus("nodes", draft);
  const about = { ...node, metadata: { ...node.metadata, uid: name } };
  sim.recorder.event(about, "Normal", "NodeNotReady", `Node ${name} status is now: NodeNotReady`, {
    component: "kubelet",
    host: name,
  });
}

function postImages(sim: Sim, name: string): void {
  const node = sim.store.get("nodes", undefined, name);
  if (!node) return;
  const images = reportedImages(sim, name);
  if (deepEqual(images, node.status?.images ?? [])) return;
  const draft = clone(node);
  draft.status.images = images;
  const now = sim.kernel.now();
  for (const condition of draft.status.conditions) condition.lastHeartbeatTime = now;
  sim.api("kubelet").updateStatus("nodes", draft);
}
