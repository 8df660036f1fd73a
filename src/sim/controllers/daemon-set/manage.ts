import type { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { REVISION_HASH } from "../history/revisions";
import { scaledValue } from "../int-or-percent";
import { createPod, deletePod } from "../pod-control";
import { isPodAvailable, isPodReady } from "../pod-state";
import { waitOfFailed } from "./failed-pods";
import { CONTROLLER } from "./names";
import { type Placement, podForNode } from "./placement";

/** At most this many pods are made or deleted at once. */
const BURST_REPLICAS = 250;

/** A DaemonSet as one sync sees it. */
export interface Scene {
  sim: Sim;
  daemonSet: KubeObject;
  nodes: readonly { node: KubeObject; placement: Placement }[];
  /** By the node that they are on or meant for; those that have ended and are going do not count. */
  podsByNode: ReadonlyMap<string, readonly KubeObject[]>;
  hash: string;
}

/** What is to be done, and when to look again though nothing happens. */
export interface Plan {
  remove: KubeObject[];
  /** Names of nodes. */
  create: string[];
  waitMs?: number;
}

const hasGone = ({ metadata }: KubeObject) => metadata.deletionTimestamp !== undefined;

const byAge = (a: KubeObject, b: KubeObject): number => {
  // One that is bound comes before one that is not.
  const bound = Number(Boolean(b.spec.nodeName)) - Number(Boolean(a.spec.nodeName));
  if (bound !== 0) return bound;
  const [first, second] = [a.metadata.creationTimestamp ?? "", b.metadata.creationTimestamp ?? ""];
  return first < second ? -1 : first > second ? 1 : a.metadata.name < b.metadata.name ? -1 : 1;
};

export const oldestFirst = (pods: readonly KubeObject[]): KubeObject[] => [...pods].sort(byAge);

export function maxSurge({ spec }: KubeObject, desired: number): number {
  if (spec.updateStrategy?.type !== "RollingUpdate") return 0;
  return scaledValue(spec.updateStrategy.rollingUpdate?.maxSurge ?? 0, desired, true);
}

/** Which nodes lack a pod and which pods are too many (upstream's podsShouldBeOnNode, for all nodes). */
export function planNodes(scene: Scene): Plan {
  const plan: Plan = { remove: [], create: [] };
  for (const { node, placement } of scene.nodes) planNode(scene, plan, node.metadata.name, placement);
  const known = new Set(scene.nodes.map(({ node }) => node.metadata.name));
  for (const [name, pods] of scene.podsByNode)
    if (!known.has(name)) plan.remove.push(...pods.filter((pod) => !pod.spec.nodeName && !hasGone(pod)));
  return plan;
}

function planNode(scene: Scene, plan: Plan, node: string, { shouldRun, mayStay }: Placement): void {
  const pods = scene.podsByNode.get(node);
  if (!mayStay) {
    plan.remove.push(...(pods ?? []).filter((pod) => !hasGone(pod)));
    return;
  }
  if (!pods) {
    if (shouldRun) plan.create.push(node);
    return;
  }
  const running = pods.filter((pod) => !hasGone(pod) && !isEnded(scene, plan, node, pod));
  if (maxSurge(scene.daemonSet, scene.nodes.length) === 0) plan.remove.push(...oldestFirst(running).slice(1));
  else if (running.length === 0 && shouldRun) plan.create.push(node);
  else if (running.length > 1) plan.remove.push(...surplusOfSurge(scene, running));
}

/** One that has ended is deleted, so that a new one may come; one that fails again and again, after a while. */
function isEnded({ sim, daemonSet }: Scene, plan: Plan, node: string, pod: KubeObject): boolean {
  const phase = pod.status?.phase;
  if (phase !== "Failed" && phase !== "Succeeded") return false;
  const where = `${pod.metadata.namespace}/${pod.metadata.name} on node ${node}`;
  if (phase === "Failed") {
    const waitMs = waitOfFailed(sim, daemonSet, node);
    if (waitMs > 0) {
      plan.waitMs = Math.min(plan.waitMs ?? waitMs, waitMs);
      return true;
    }
    const text = `Found failed daemon pod ${where}, will try to kill it`;
    sim.recorder.event(daemonSet, "Warning", "FailedDaemonPod", text, { component: CONTROLLER });
  } else {
    const text = `Found succeeded daemon pod ${where}, will try to delete it`;
    sim.recorder.event(daemonSet, "Normal", "SucceededDaemonPod", text, { component: CONTROLLER });
  }
  plan.remove.push(pod);
  return true;
}

/** While surging a node may have two: an old one that is ready, and a new one that is not yet available. */
function surplusOfSurge({ sim, daemonSet, hash }: Scene, running: readonly KubeObject[]): KubeObject[] {
  const sorted = oldestFirst(running);
  const isNew = (pod: KubeObject) => pod.metadata.labels?.[REVISION_HASH] === hash;
  const newPod = sorted.find(isNew);
  const oldPod = sorted.find((pod) => !isNew(pod));
  const surplus = sorted.filter((pod) => pod !== newPod && pod !== oldPod);
  if (!newPod || !oldPod) return surplus;
  const available = isPodAvailable(newPod, daemonSet.spec.minReadySeconds ?? 0, sim.kernel.nowMs);
  return isPodReady(oldPod) && !available ? surplus : [...surplus, oldPod];
}

export interface Done {
  changed: boolean;
  error?: StatusError;
}

/** Carries a plan out. The first refusal ends it. */
export function carryOut({ sim, daemonSet, hash }: Scene, { remove, create }: Plan): Done {
  for (const node of create.slice(0, BURST_REPLICAS)) {
    const made = createPod(sim, CONTROLLER, daemonSet, podForNode(daemonSet, node, hash));
    if (made instanceof Error) return { changed: true, error: made };
  }
  for (const pod of remove.slice(0, BURST_REPLICAS)) {
    const error = deletePod(sim, CONTROLLER, daemonSet, pod);
    if (error) return { changed: true, error };
  }
  return { changed: create.length + remove.length > 0 };
}
