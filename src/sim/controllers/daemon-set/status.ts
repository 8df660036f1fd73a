import { clone, deepEqual } from "../../kernel/freeze";
import { isPodAvailable, isPodReady } from "../pod-state";
import { oldestFirst, type Scene } from "./manage";
import { CONTROLLER, DAEMON_SETS } from "./names";
import { isUpdated } from "./revision";

/** Counts of nothing that Go leaves out; the other four are always said. */
const OPTIONAL = ["updatedNumberScheduled", "numberAvailable", "numberUnavailable"] as const;

function countNodes(scene: Scene) {
  const { sim, daemonSet, nodes, podsByNode, hash } = scene;
  const counts = {
    currentNumberScheduled: 0,
    numberMisscheduled: 0,
    desiredNumberScheduled: 0,
    numberReady: 0,
    updatedNumberScheduled: 0,
    numberAvailable: 0,
    numberUnavailable: 0,
  };
  for (const { node, placement } of nodes) {
    const [oldest] = oldestFirst(podsByNode.get(node.metadata.name) ?? []);
    if (!placement.shouldRun) {
      if (oldest) counts.numberMisscheduled++;
      continue;
    }
    counts.desiredNumberScheduled++;
    if (!oldest) continue;
    counts.currentNumberScheduled++;
    if (isPodReady(oldest)) counts.numberReady++;
    if (isPodAvailable(oldest, daemonSet.spec.minReadySeconds ?? 0, sim.kernel.nowMs)) counts.numberAvailable++;
    if (isUpdated(daemonSet, oldest, hash)) counts.updatedNumberScheduled++;
  }
  counts.numberUnavailable = counts.desiredNumberScheduled - counts.numberAvailable;
  return counts;
}

/** Writes the status if it has changed. The generation counts as seen only where the whole sync went through. */
export function writeStatus(scene: Scene, observed: boolean): void {
  const { sim, daemonSet } = scene;
  const { namespace, name, uid } = daemonSet.metadata;
  const current = sim.store.get(DAEMON_SETS, namespace, name);
  if (current?.metadata.uid !== uid) return;
  const status: Record<string, unknown> = { ...clone(current.status ?? {}), ...countNodes(scene) };
  for (const field of OPTIONAL) if (status[field] === 0) delete status[field];
  if (observed) status.observedGeneration = daemonSet.metadata.generation;
  if (deepEqual(status, current.status)) return;
  const draft = clone(current);
  draft.status = status;
  sim.api(CONTROLLER).updateStatus(DAEMON_SETS, draft);
}
