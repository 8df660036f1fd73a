import type { Change } from "../../apiserver/request";
import { labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { claim, controllerOf, resolve } from "../controller-ref";
import { REVISIONS } from "../history/revisions";
import { isPodTerminal } from "../pod-state";
import { nextAvailabilityMs } from "../replica-set/status";
import { forgetFailed } from "./failed-pods";
import { carryOut, planNodes, type Scene } from "./manage";
import { CONTROLLER, DAEMON_SETS } from "./names";
import { placementOn, targetNode } from "./placement";
import { cleanHistory, hashOf, historyOf } from "./revision";
import { planRollingUpdate } from "./rolling";
import { writeStatus } from "./status";

/** DaemonSets, as upstream's controller of that name keeps them (https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/). */
export const daemonSetController: Controller = {
  name: CONTROLLER,

  *keysFor(change, sim) {
    const { resource, object } = change;
    if (resource === DAEMON_SETS) yield keyOf(object);
    else if (resource === "nodes") yield* keysForNode(change, sim);
    else if (resource === "pods" || resource === REVISIONS) yield* keysForOwned(change, sim);
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const daemonSet = sim.store.get(DAEMON_SETS, namespace, name);
    if (!daemonSet) {
      forgetFailed(sim, key);
      return;
    }
    if (Object.keys(daemonSet.spec.selector ?? {}).length === 0) {
      const text = "This daemon set is selecting all pods. A non-empty selector is required.";
      sim.recorder.event(daemonSet, "Warning", "SelectingAll", text, { component: CONTROLLER });
      return;
    }
    if (daemonSet.metadata.deletionTimestamp) return;
    return syncDaemonSet(sim, daemonSet);
  },
};

/** A node that came, or whose labels or taints now let a daemon on it or bar it. */
function* keysForNode({ type, object, previous }: Change, sim: Sim): Iterable<string> {
  if (type === "DELETED") return;
  if (previous && previous.spec === object.spec && previous.metadata.labels === object.metadata.labels) return;
  for (const daemonSet of sim.store.list(DAEMON_SETS)) {
    const after = placementOn(daemonSet, object);
    const before = previous && type === "MODIFIED" ? placementOn(daemonSet, previous) : undefined;
    const changed = before && (before.shouldRun !== after.shouldRun || before.mayStay !== after.mayStay);
    if (before ? changed : after.shouldRun) yield keyOf(daemonSet);
  }
}

function* keysForOwned({ type, object, previous }: Change, sim: Sim): Iterable<string> {
  for (const owned of previous && type === "MODIFIED" ? [previous, object] : [object]) {
    const owner = controllerOf(owned);
    const found = owner?.kind === "DaemonSet" ? resolve(sim, DAEMON_SETS, owned.metadata.namespace!, owner) : undefined;
    if (found) yield keyOf(found);
    if (owner || type === "DELETED") continue;
    for (const daemonSet of sim.store.list(DAEMON_SETS, owned.metadata.namespace)) {
      const selector = labelSelectorOf(daemonSet.spec.selector);
      if (selector && matchesLabels(selector, owned.metadata.labels)) yield keyOf(daemonSet);
    }
  }
}

function sceneOf(sim: Sim, daemonSet: KubeObject, hash: string): { scene: Scene; pods: readonly KubeObject[] } {
  const selector = labelSelectorOf(daemonSet.spec.selector);
  const pods = claim<KubeObject>(sim, CONTROLLER, daemonSet, "pods", selector).filter(
    (pod) => !(isPodTerminal(pod) && pod.metadata.deletionTimestamp),
  );
  const podsByNode = new Map<string, KubeObject[]>();
  for (const pod of pods) {
    const node = targetNode(pod);
    if (node === undefined) continue;
    const there = podsByNode.get(node);
    if (there) there.push(pod);
    else podsByNode.set(node, [pod]);
  }
  const nodes = sim.store.list("nodes").map((node) => ({ node, placement: placementOn(daemonSet, node) }));
  return { scene: { sim, daemonSet, nodes, podsByNode, hash }, pods };
}

function syncDaemonSet(sim: Sim, stored: KubeObject): { requeueAfterMs: number } | undefined {
  const history = historyOf(sim, stored);
  const daemonSet = sim.store.get(DAEMON_SETS, stored.metadata.namespace, stored.metadata.name) ?? stored;
  const { scene, pods } = sceneOf(sim, daemonSet, hashOf(history.current));
  const plan = planNodes(scene);
  let done = carryOut(scene, plan);
  // A rollout goes on when what has just been done is seen, which these writes ask for.
  if (!done.changed && daemonSet.spec.updateStrategy.type === "RollingUpdate")
    done = carryOut(scene, planRollingUpdate(scene));
  if (!done.error) cleanHistory(sim, daemonSet, history, pods);
  writeStatus(scene, !done.error);
  if (done.error) throw done.error;
  const waits = [plan.waitMs, nextAvailabilityMs(daemonSet, pods, sim.kernel.nowMs)].filter((ms) => ms !== undefined);
  return waits.length > 0 ? { requeueAfterMs: Math.min(...waits) } : undefined;
}
