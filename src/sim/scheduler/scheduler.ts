import type { Change } from "../apiserver/request";
import { StatusError } from "../apiserver/status";
import type { Component, Sim } from "../component";
import { relist } from "../controllers/controller";
import { isPodTerminal } from "../controllers/pod-state";
import { isApiDown, isDown, isStorageDown } from "../faults";
import { clone, deepEqual } from "../kernel/freeze";
import { updatePodCondition } from "../kinds/pod/conditions";
import type { Pod } from "../kinds/types";
import type { KubeObject } from "../types";
import { defaultSelector } from "./default-selector";
import { fitError } from "./fit-error";
import { priorityOf } from "./fits";
import type { Cycle } from "./framework";
import { addPod, snapshotNodes } from "./node-info";
import { forgetNomination, type Nominations, nominate } from "./nominations";
import { findPreemption } from "./preemption";
import { evict } from "./preemption/evict";
import { type Attempt, backoffMs, byPriority } from "./queue";
import { selectNode } from "./select-node";
import { claimsOf, refusalOfClaims, selectNodeForClaims } from "./volume-binding";

const COMPONENT = "kube-scheduler";
/** The scheduler's name in events, in `spec.schedulerName` and as a client. */
export const SCHEDULER_NAME = "default-scheduler";
/** How long a pod waits until the scheduler gets to it, in lab time. */
const CYCLE_DELAY_MS = 4;
const CYCLE = "cycle";

/** Pods that wait to be looked at, and those that found no node, with their attempts so far. */
const active = (sim: Sim) => sim.kernel.table<Attempt>("scheduler.active");
const unschedulable = (sim: Sim) => sim.kernel.table<Attempt>("scheduler.unschedulable");
/** Where among the nodes of a large cluster the next pod's search begins. */
const position = (sim: Sim) => sim.kernel.table<number>("scheduler.position");
const FIRST_NODE = "first-node";
const BUDGETS = "poddisruptionbudgets.policy";

/** A cycle in which room is promised and taken as it goes on. */
type SchedulingCycle = Cycle & { nominated: Nominations };

/** Puts pods on nodes (kubernetes.io/docs/concepts/scheduling-eviction/kube-scheduler). */
export const kubeScheduler: Component = {
  name: COMPONENT,
  onChange(sim, change) {
    if (change.resource === "pods") onPod(sim, change);
    else if (change.resource === "nodes" && mayHelp(change)) retryAll(sim);
    else if (change.resource === "services" && change.type === "ADDED") retryAll(sim);
    else if (change.resource === "persistentvolumeclaims") retryClaimants(sim, change);
  },
  onTimer(sim, timer) {
    // Pods stay in the queue while the scheduler is down, and are listed anew when it comes up.
    if (isDown(sim, "component", COMPONENT) || isApiDown(sim) || isStorageDown(sim)) return;
    if (timer.key === CYCLE) runCycle(sim);
    else if (timer.key === "resume") for (const change of relist(sim)) kubeScheduler.onChange?.(sim, change);
    else activate(sim, timer.key);
  },
};

const keyOf = (pod: KubeObject) => `${pod.metadata.namespace}/${pod.metadata.name}`;

/** Gated pods wait until their last gate is taken away. */
const isWaiting = (pod: KubeObject): boolean =>
  !pod.spec.nodeName &&
  !pod.metadata.deletionTimestamp &&
  !isPodTerminal(pod) &&
  (pod.spec.schedulerName ?? SCHEDULER_NAME) === SCHEDULER_NAME &&
  (pod.spec.schedulingGates ?? []).length === 0;

function onPod(sim: Sim, { type, object, previous }: Change): void {
  const key = keyOf(object);
  if (type !== "DELETED" && isWaiting(object)) {
    const known = unschedulable(sim).get(key);
    if (known?.uid !== object.metadata.uid) enqueue(sim, key, { uid: object.metadata.uid, attempts: 0, lastMs: 0 });
    else if (!deepEqual(previous?.spec, object.spec) || !deepEqual(previous?.metadata.labels, object.metadata.labels))
      retry(sim, key, known);
    return;
  }
  forget(sim, key);
  // A pod that came to a node may satisfy another's affinity; one that left made room.
  const arrived = Boolean(object.spec.nodeName) && !previous?.spec.nodeName;
  const left =
    Boolean(object.spec.nodeName) &&
    (type === "DELETED" || (isPodTerminal(object) && previous !== undefined && !isPodTerminal(previous)));
  if (left) retryAll(sim);
  else if (arrived) retryAffine(sim);
}

/** Heartbeats change nothing for the scheduler. */
function mayHelp({ type, object, previous }: Change): boolean {
  if (type === "DELETED" || !previous) return type === "ADDED";
  return (
    !deepEqual(previous.spec, object.spec) ||
    !deepEqual(previous.metadata.labels, object.metadata.labels) ||
    !deepEqual(previous.status?.allocatable, object.status?.allocatable)
  );
}

function enqueue(sim: Sim, key: string, attempt: Attempt): void {
  unschedulable(sim).delete(key);
  active(sim).set(key, attempt);
  if (!sim.kernel.queue.get(COMPONENT, CYCLE)) sim.kernel.schedule(CYCLE_DELAY_MS, COMPONENT, CYCLE);
}

function forget(sim: Sim, key: string): void {
  active(sim).delete(key);
  if (unschedulable(sim).delete(key)) sim.kernel.cancel(COMPONENT, key);
}

/** Looks again at a pod, but not before its back-off has passed. */
function retry(sim: Sim, key: string, attempt: Attempt): void {
  if (sim.kernel.queue.get(COMPONENT, key)) return;
  sim.kernel.schedule(attempt.lastMs + backoffMs(attempt) - sim.kernel.nowMs, COMPONENT, key);
}

function retryAll(sim: Sim): void {
  for (const [key, attempt] of unschedulable(sim).entries()) retry(sim, key, attempt);
}

/** A claim has come, or has been bound: pods may have waited for it. */
function retryClaimants(sim: Sim, { object }: Change): void {
  for (const [key, attempt] of unschedulable(sim).entries()) {
    const slash = key.indexOf("/");
    const pod = sim.store.get("pods", key.slice(0, slash), key.slice(slash + 1));
    if (pod && pod.metadata.namespace === object.metadata.namespace && claimsOf(pod).includes(object.metadata.name))
      retry(sim, key, attempt);
  }
}

function retryAffine(sim: Sim): void {
  for (const [key, attempt] of unschedulable(sim).entries()) {
    const slash = key.indexOf("/");
    const pod = sim.store.get("pods", key.slice(0, slash), key.slice(slash + 1));
    if (pod?.spec.affinity?.podAffinity) retry(sim, key, attempt);
  }
}

function activate(sim: Sim, key: string): void {
  const attempt = unschedulable(sim).get(key);
  if (attempt) enqueue(sim, key, attempt);
}

/** Schedules all pods that wait, the most important first. */
function runCycle(sim: Sim): void {
  const nodes = snapshotNodes(sim);
  const waiting = [...active(sim).entries()].flatMap(([key, attempt]) => {
    const slash = key.indexOf("/");
    const pod = sim.store.get("pods", key.slice(0, slash), key.slice(slash + 1));
    active(sim).delete(key);
    return pod && isWaiting(pod) ? [{ key, attempt, pod }] : [];
  });
  waiting.sort((a, b) => byPriority(a.pod, b.pod));
  const namespaceLabels = (namespace: string) =>
    sim.store.get("namespaces", undefined, namespace)?.metadata.labels ?? {};
  const selectors = new Map<string, Cycle["defaultSelector"]>();
  const firstNode = position(sim).get(FIRST_NODE) ?? 0;
  const nominated = nominations(
    sim,
    waiting.map(({ pod }) => pod),
  );
  const cycle: SchedulingCycle = { nodes, firstNode, namespaceLabels, defaultSelector: [], nominated };
  for (const { key, attempt, pod } of waiting) {
    // Replicas of one owner have one selector.
    const like = `${pod.metadata.namespace}/${pod.metadata.ownerReferences?.[0]?.uid ?? pod.metadata.uid}`;
    let selector = selectors.get(like);
    if (!selector) {
      selector = defaultSelector(sim, pod as unknown as Pod);
      selectors.set(like, selector);
    }
    cycle.defaultSelector = selector;
    scheduleOne(sim, key, attempt, pod, cycle);
  }
  if (cycle.firstNode !== firstNode) position(sim).set(FIRST_NODE, cycle.firstNode);
}

function scheduleOne(sim: Sim, key: string, attempt: Attempt, pod: KubeObject, cycle: SchedulingCycle): void {
  // A pod before it in this cycle may have taken its nomination away.
  const current = sim.store.get("pods", pod.metadata.namespace, pod.metadata.name) ?? pod;
  const unbound = refusalOfClaims(sim, current);
  if (unbound) {
    const all = `0/${cycle.nodes.length} nodes are available: `;
    const preemption = `${all}${cycle.nodes.length} Preemption is not helpful for scheduling.`;
    fail(sim, key, attempt, pod, `${all}${unbound}. preemption: ${preemption}`);
    return;
  }
  const random = (below: number) => sim.kernel.randomInt(below);
  const selection = selectNode(current as unknown as Pod, cycle, random);
  if ("refusals" in selection) {
    const { refusals } = selection;
    const budgets = sim.kinds.findResource(BUDGETS) ? sim.store.list(BUDGETS) : [];
    const preemption = findPreemption(current as unknown as Pod, cycle, refusals, budgets, random);
    const reasons = [...refusals.values()];
    if ("candidate" in preemption) {
      const node = preemption.candidate.info.node.metadata.name;
      for (const victim of preemption.candidate.victims)
        evict(sim, SCHEDULER_NAME, victim, current as unknown as Pod, node);
      outrank(sim, cycle, current as unknown as Pod, node);
      fail(sim, key, attempt, pod, fitError(reasons), node);
      const waiter = sim.store.get("pods", pod.metadata.namespace, pod.metadata.name) as unknown as Pod | undefined;
      if (waiter) nominate(cycle.nominated, waiter);
    } else {
      const nomination = preemption.keepsNomination ? current.status?.nominatedNodeName : undefined;
      fail(sim, key, attempt, pod, fitError(reasons, preemption.message), nomination);
    }
    return;
  }
  const { info } = selection;
  const node = info.node.metadata.name;
  const { name, namespace, uid } = pod.metadata;
  if (selectNodeForClaims(sim, SCHEDULER_NAME, pod, node)) {
    unschedulable(sim).set(key, attempt);
    return;
  }
  try {
    sim.api(SCHEDULER_NAME).createSubresource("pods", namespace!, name, "binding", {
      apiVersion: "v1",
      kind: "Binding",
      metadata: { name, namespace, uid },
      target: { kind: "Node", name: node },
    });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    fail(sim, key, attempt, pod, error.message, current.status?.nominatedNodeName);
    return;
  }
  forgetNomination(cycle.nominated, current as unknown as Pod);
  addPod(info, sim.store.get("pods", namespace, name) as unknown as Pod);
  sim.recorder.event(pod, "Normal", "Scheduled", `Successfully assigned ${namespace}/${name} to ${node}`, {
    component: SCHEDULER_NAME,
  });
}

function fail(sim: Sim, key: string, attempt: Attempt, pod: KubeObject, message: string, nominatedNode?: string): void {
  unschedulable(sim).set(key, { uid: attempt.uid, attempts: attempt.attempts + 1, lastMs: sim.kernel.nowMs });
  sim.recorder.event(pod, "Warning", "FailedScheduling", message, { component: SCHEDULER_NAME });
  const current = sim.store.get("pods", pod.metadata.namespace, pod.metadata.name);
  if (!current) return;
  const draft = clone(current);
  const { nominatedNodeName: before, ...status } = draft.status ?? {};
  const condition = { type: "PodScheduled", status: "False", reason: "Unschedulable", message };
  const isNews = updatePodCondition(status, condition, sim.kernel.now());
  if (!isNews && before === nominatedNode) return;
  draft.status = { ...status, ...(nominatedNode && { nominatedNodeName: nominatedNode }) };
  sim.api(SCHEDULER_NAME).updateStatus("pods", draft);
}

/** The pods that preemption has promised a node, of those that wait now and of those that found none before. */
function nominations(sim: Sim, waiting: readonly KubeObject[]): Nominations {
  const found: Nominations = new Map();
  for (const pod of waiting) nominate(found, pod as unknown as Pod);
  for (const [key] of unschedulable(sim).entries()) {
    const slash = key.indexOf("/");
    const pod = sim.store.get("pods", key.slice(0, slash), key.slice(slash + 1));
    if (pod) nominate(found, pod as unknown as Pod);
  }
  return found;
}

/** Less important pods that were promised room on the same node look for it anew. */
function outrank(sim: Sim, cycle: SchedulingCycle, pod: Pod, node: string): void {
  for (const other of cycle.nominated.get(node) ?? []) {
    if (priorityOf(other) >= priorityOf(pod)) continue;
    forgetNomination(cycle.nominated, other);
    const stored = sim.store.get("pods", other.metadata.namespace, other.metadata.name!);
    if (!stored) continue;
    const { nominatedNodeName: _, ...status } = clone(stored).status;
    sim.api(SCHEDULER_NAME).updateStatus("pods", { ...clone(stored), status });
  }
}
