import { PROTECTION } from "../../apiserver/admission/storage";
import type { Sim } from "../../component";
import { clone } from "../../kernel/freeze";
import { claimsOf } from "../../scheduler/volume-binding";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { isPodTerminal } from "../pod-state";

function release(sim: Sim, component: string, resource: string, object: KubeObject): void {
  const held = object.metadata.finalizers ?? [];
  const finalizers = held.filter((one) => one !== PROTECTION[object.kind]);
  if (finalizers.length === held.length) return;
  const draft = clone(object);
  (draft.metadata as any).finalizers = finalizers;
  sim.api(component).update(resource, draft);
}

/** Lets a claim go when no pod uses it any more. */
export const claimProtectionController: Controller = {
  name: "pvc-protection-controller",
  *keysFor({ type, resource, object }) {
    if (resource === "persistentvolumeclaims" && type !== "DELETED" && object.metadata.deletionTimestamp)
      yield keyOf(object);
    else if (resource === "pods" && (type === "DELETED" || isPodTerminal(object)))
      for (const name of claimsOf(object)) yield `${object.metadata.namespace}/${name}`;
  },
  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const claim = sim.store.get("persistentvolumeclaims", namespace, name);
    if (!claim?.metadata.deletionTimestamp) return;
    const used = sim.store.list("pods", namespace).some((pod) => !isPodTerminal(pod) && claimsOf(pod).includes(name));
    if (!used) release(sim, "pvc-protection-controller", "persistentvolumeclaims", claim);
  },
};

/** Lets a volume go when it is not bound to a claim. */
export const volumeProtectionController: Controller = {
  name: "pv-protection-controller",
  *keysFor({ type, resource, object }) {
    if (resource === "persistentvolumes" && type !== "DELETED" && object.metadata.deletionTimestamp)
      yield object.metadata.name;
  },
  sync(sim, name) {
    const volume = sim.store.get("persistentvolumes", undefined, name);
    if (volume?.metadata.deletionTimestamp && volume.status?.phase !== "Bound")
      release(sim, "pv-protection-controller", "persistentvolumes", volume);
  },
};
