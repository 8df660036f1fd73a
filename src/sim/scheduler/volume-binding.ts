import type { Sim } from "../component";
import { SELECTED_NODE } from "../controllers/persistent-volume/claims";
import { clone } from "../kernel/freeze";
import { classNameOf } from "../kinds/storage/class-name";
import type { KubeObject } from "../types";

/** VolumeBinding: a pod waits for its claims, and those that wait for their first consumer learn the node of it. */

export const claimsOf = (pod: KubeObject): string[] =>
  (pod.spec.volumes ?? []).flatMap(({ persistentVolumeClaim }: any) => persistentVolumeClaim?.claimName ?? []);

const isBound = (claim: KubeObject) => claim.status?.phase === "Bound";

const waitsForConsumer = (sim: Sim, claim: KubeObject): boolean =>
  sim.store.get("storageclasses.storage.k8s.io", undefined, classNameOf(claim))?.volumeBindingMode ===
  "WaitForFirstConsumer";

/** Why no node will do, whatever it has. */
export function refusalOfClaims(sim: Sim, pod: KubeObject): string | undefined {
  for (const name of claimsOf(pod)) {
    const claim = sim.store.get("persistentvolumeclaims", pod.metadata.namespace, name);
    if (!claim) return `persistentvolumeclaim "${name}" not found`;
    if (claim.status?.phase === "Lost")
      return `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec.volumeName}"`;
    if (claim.metadata.deletionTimestamp) return `persistentvolumeclaim "${name}" is being deleted`;
    if (!isBound(claim) && !waitsForConsumer(sim, claim)) return "pod has unbound immediate PersistentVolumeClaims";
  }
  return undefined;
}

/** Tells claims the node; true where the pod has to wait until they are bound. */
export function selectNodeForClaims(sim: Sim, scheduler: string, pod: KubeObject, node: string): boolean {
  let waiting = false;
  for (const name of claimsOf(pod)) {
    const claim = sim.store.get("persistentvolumeclaims", pod.metadata.namespace, name);
    if (!claim || isBound(claim)) continue;
    waiting = true;
    if (claim.metadata.annotations?.[SELECTED_NODE] !== undefined) continue;
    const draft = clone(claim);
    (draft.metadata as any).annotations = { ...draft.metadata.annotations, [SELECTED_NODE]: node };
    sim.api(scheduler).update("persistentvolumeclaims", draft);
  }
  return waiting;
}
