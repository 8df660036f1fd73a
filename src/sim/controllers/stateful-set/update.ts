import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { templateOf } from "../history/revisions";
import { hasEnded, isAvailable, isTerminating } from "./health";
import { firstOrdinal, ordinalOf, podWithOrdinal, revisionOfPod } from "./identity";
import { createClaims, createPod, deletePod, mendPod } from "./pods";
import type { Revisions } from "./revisions";

/** A StatefulSet as one sync sees it. */
interface Scene {
  sim: Sim;
  set: KubeObject;
  revisions: Revisions;
  /** By ordinal, from the first on; undefined where there is no pod. */
  replicas: readonly (KubeObject | undefined)[];
  /** Beyond the wanted ordinals, the highest first. */
  condemned: readonly KubeObject[];
  /** One after the other (OrderedReady), or all at once (Parallel). */
  ordered: boolean;
}

function sceneOf(sim: Sim, set: KubeObject, revisions: Revisions, pods: readonly KubeObject[]): Scene {
  const count: number = set.spec.replicas ?? 1;
  const start = firstOrdinal(set);
  const replicas: (KubeObject | undefined)[] = new Array(count).fill(undefined);
  const condemned: KubeObject[] = [];
  for (const pod of pods) {
    const ordinal = ordinalOf(pod);
    if (ordinal >= start && ordinal < start + count) replicas[ordinal - start] = pod;
    else if (ordinal >= 0) condemned.push(pod);
  }
  condemned.sort((a, b) => ordinalOf(b) - ordinalOf(a));
  return { sim, set, revisions, replicas, condemned, ordered: set.spec.podManagementPolicy !== "Parallel" };
}

/** Takes the next steps towards what the set wants; returns how many pods of the current revision have just gone. */
export function updatePods(sim: Sim, set: KubeObject, revisions: Revisions, pods: readonly KubeObject[]): number {
  const scene = sceneOf(sim, set, revisions, pods);
  const mayGoOn = keepReplicas(scene) && removeCondemned(scene);
  if (!mayGoOn || set.spec.updateStrategy?.type === "OnDelete") return 0;
  return replaceOne(scene);
}

/** In order: none before all those below it are available. False where the sync has to wait. */
function keepReplicas(scene: Scene): boolean {
  const { replicas, ordered } = scene;
  for (const index of replicas.keys()) if (mustWaitFor(scene, index) && ordered) return false;
  return true;
}

function mustWaitFor(scene: Scene, index: number): boolean {
  const { sim, set } = scene;
  const pod = scene.replicas[index];
  if (!pod) {
    createPod(sim, set, newPod(scene, firstOrdinal(set) + index));
    return true;
  }
  if (hasEnded(pod)) {
    if (!isTerminating(pod)) deletePod(sim, set, pod);
    return true;
  }
  if (pod.status?.phase === "Pending") createClaims(sim, set, pod.metadata.name);
  if (scene.ordered && (isTerminating(pod) || !isAvailable(set, pod, sim.kernel.nowMs))) return true;
  mendPod(sim, set, pod);
  return false;
}

/** Below the partition a pod comes back as it was (https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#partitions). */
function newPod({ set, revisions: { current, update } }: Scene, ordinal: number) {
  const { type, rollingUpdate } = set.spec.updateStrategy ?? {};
  const isOld = type === "RollingUpdate" && ordinal < firstOrdinal(set) + (rollingUpdate?.partition ?? 0);
  const revision = isOld ? current : update;
  return podWithOrdinal(set, templateOf(revision), revision.metadata.name, ordinal);
}

/** The highest first, and one only when the last has gone. */
function removeCondemned(scene: Scene): boolean {
  const { sim, set, condemned, replicas, ordered } = scene;
  const isUnavailable = (pod: KubeObject) => isTerminating(pod) || !isAvailable(set, pod, sim.kernel.nowMs);
  const firstUnavailable = [...replicas, ...[...condemned].reverse()].find((pod) => pod && isUnavailable(pod));
  for (const pod of condemned) {
    if (isTerminating(pod)) {
      if (ordered) return false;
      continue;
    }
    if (ordered && pod !== firstUnavailable && !isAvailable(set, pod, sim.kernel.nowMs)) return false;
    deletePod(sim, set, pod);
    if (ordered) return false;
  }
  return true;
}

/** From the highest ordinal down to the partition: one that is of an old revision goes, one that is not up is waited for. */
function replaceOne({ sim, set, revisions: { current, update }, replicas }: Scene): number {
  const partition: number = set.spec.updateStrategy?.rollingUpdate?.partition ?? 0;
  for (let target = replicas.length - 1; target >= partition; target--) {
    const pod = replicas[target];
    if (!pod) return 0;
    if (revisionOfPod(pod) !== update.metadata.name && !isTerminating(pod)) {
      deletePod(sim, set, pod);
      return revisionOfPod(pod) === current.metadata.name ? 1 : 0;
    }
    if (isTerminating(pod) || !isAvailable(set, pod, sim.kernel.nowMs)) return 0;
  }
  return 0;
}
