import type { KubeObject } from "../../types";
import { scaledValue } from "../int-or-percent";
import { isPodAvailable } from "../pod-state";
import { maxSurge, type Plan, type Scene } from "./manage";
import { isUpdated } from "./revision";

/** Which pods give way to new ones now (https://kubernetes.io/docs/tasks/manage-daemon/update-daemon-set/). */
export function planRollingUpdate(scene: Scene): Plan {
  const desired = scene.nodes.filter(({ placement }) => placement.shouldRun);
  const surge = maxSurge(scene.daemonSet, desired.length);
  const { maxUnavailable = 1 } = scene.daemonSet.spec.updateStrategy.rollingUpdate ?? {};
  const unavailable = scaledValue(maxUnavailable, desired.length, true);
  const byNode = new Map<string, readonly KubeObject[]>(desired.map(({ node }) => [node.metadata.name, []]));
  for (const [node, pods] of scene.podsByNode) byNode.set(node, pods);
  // Where both come to nothing, one pod may be unavailable: the rollout could not move otherwise.
  return surge === 0
    ? replaceInPlace(scene, byNode, unavailable === 0 ? 1 : unavailable)
    : replaceBySurge(scene, byNode, surge);
}

interface OnNode {
  oldPod?: KubeObject;
  newPod?: KubeObject;
}

/** Undefined where there are more than one old or one new pod, which the sync of nodes puts in order first. */
function oldAndNew({ daemonSet, hash }: Scene, pods: readonly KubeObject[]): OnNode | undefined {
  const found: OnNode = {};
  for (const pod of pods) {
    if (pod.metadata.deletionTimestamp) continue;
    const which = isUpdated(daemonSet, pod, hash) ? "newPod" : "oldPod";
    if (found[which]) return undefined;
    found[which] = pod;
  }
  return found;
}

const available = ({ sim, daemonSet }: Scene, pod: KubeObject): boolean =>
  isPodAvailable(pod, daemonSet.spec.minReadySeconds ?? 0, sim.kernel.nowMs);

function replaceInPlace(
  scene: Scene,
  byNode: ReadonlyMap<string, readonly KubeObject[]>,
  maxUnavailable: number,
): Plan {
  const broken: KubeObject[] = [];
  const candidates: KubeObject[] = [];
  let unavailable = 0;
  for (const pods of byNode.values()) {
    const { oldPod, newPod } = oldAndNew(scene, pods) ?? {};
    if (Boolean(oldPod) === Boolean(newPod)) unavailable++;
    else if (newPod) unavailable += available(scene, newPod) ? 0 : 1;
    // One that does not work anyway is replaced whatever the limit says.
    else if (!available(scene, oldPod!)) broken.push(oldPod!);
    else if (unavailable < maxUnavailable) candidates.push(oldPod!);
  }
  const more = Math.max(0, maxUnavailable - unavailable);
  return { create: [], remove: [...broken, ...candidates.slice(0, more)] };
}

function replaceBySurge(scene: Scene, byNode: ReadonlyMap<string, readonly KubeObject[]>, surge: number): Plan {
  const broken: string[] = [];
  const candidates: string[] = [];
  const remove: KubeObject[] = [];
  let surging = 0;
  for (const [node, pods] of byNode) {
    const found = oldAndNew(scene, pods);
    if (!found) surging++;
    else if (!found.oldPod) continue;
    else if (found.newPod) {
      if (available(scene, found.newPod)) remove.push(found.oldPod);
      else surging++;
    } else if (!available(scene, found.oldPod)) broken.push(node);
    else if (surging < surge) candidates.push(node);
  }
  return { create: [...broken, ...candidates.slice(0, Math.max(0, surge - surging))], remove };
}
