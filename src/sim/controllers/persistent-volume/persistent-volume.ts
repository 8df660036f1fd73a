import type { Change } from "../../apiserver/request";
import type { Sim } from "../../component";
import { clone } from "../../kernel/freeze";
import { classNameOf } from "../../kinds/storage/class-name";
import { persistentData } from "../../kubelet/runtime/volume-rows";
import type { KubeObject } from "../../types";
import type { Controller } from "../controller";
import { NAME, syncClaim, tell } from "./claims";
import { PROVISIONED_BY } from "./provisioner";

/** Keys: `volume:name` and `claim:namespace/name`. */
const volumeKey = (name: string) => `volume:${name}`;
const claimKey = (claim: { namespace?: string; name: string }) => `claim:${claim.namespace}/${claim.name}`;

/** Binds claims and volumes, and takes volumes back (kubernetes.io/docs/concepts/storage/persistent-volumes). */
export const persistentVolumeController: Controller = {
  name: NAME,
  *keysFor({ type, resource, object }: Change, sim: Sim) {
    if (resource === "persistentvolumes") {
      if (type !== "DELETED") yield volumeKey(object.metadata.name);
      if (object.spec.claimRef) yield claimKey(object.spec.claimRef);
      yield* pending(sim);
    } else if (resource === "persistentvolumeclaims") {
      if (type !== "DELETED") yield claimKey(object.metadata);
      if (object.spec.volumeName) yield volumeKey(object.spec.volumeName);
    } else if (resource === "storageclasses.storage.k8s.io" && type === "ADDED") {
      yield* pending(sim, object.metadata.name);
    }
  },
  sync(sim, key) {
    const [what, rest = ""] = key.split(":");
    if (what === "volume") {
      const volume = sim.store.get("persistentvolumes", undefined, rest);
      if (volume) syncVolume(sim, volume);
      return undefined;
    }
    const [namespace, name = ""] = rest.split("/");
    const claim = sim.store.get("persistentvolumeclaims", namespace, name);
    if (claim) syncClaim(sim, claim);
    return undefined;
  },
};

function* pending(sim: Sim, className?: string): Iterable<string> {
  for (const claim of sim.store.list("persistentvolumeclaims"))
    if (claim.status?.phase === "Pending" && (className === undefined || classNameOf(claim) === className))
      yield claimKey(claim.metadata);
}

function syncVolume(sim: Sim, volume: KubeObject): void {
  const ref = volume.spec.claimRef;
  if (!ref?.uid) {
    setPhase(sim, volume, "Available");
    return;
  }
  const claim = sim.store.get("persistentvolumeclaims", ref.namespace, ref.name);
  if (claim?.metadata.uid === ref.uid) {
    if (claim?.spec.volumeName === volume.metadata.name) setPhase(sim, volume, "Bound");
    return;
  }
  setPhase(sim, volume, "Released");
  reclaim(sim, sim.store.get("persistentvolumes", undefined, volume.metadata.name)!);
}

function reclaim(sim: Sim, volume: KubeObject): void {
  if (volume.spec.persistentVolumeReclaimPolicy !== "Delete" || volume.metadata.deletionTimestamp) return;
  const { name } = volume.metadata;
  if (volume.metadata.annotations?.[PROVISIONED_BY] === undefined) {
    const message = `error getting deleter volume plugin for volume "${name}": no deletable volume plugin matched`;
    if (volume.status?.phase === "Failed") return;
    setPhase(sim, volume, "Failed", message);
    tell(sim, volume, "Warning", "VolumeFailedDelete", message);
    return;
  }
  sim.api(NAME).delete("persistentvolumes", undefined, name);
  persistentData(sim).delete(name);
}

function setPhase(sim: Sim, volume: KubeObject, phase: string, message?: string): void {
  if (volume.status?.phase === phase || (phase === "Released" && volume.status?.phase === "Failed")) return;
  const draft = clone(volume);
  draft.status = { phase, lastPhaseTransitionTime: sim.kernel.now(), ...(message && { message }) };
  sim.api(NAME).updateStatus("persistentvolumes", draft);
}
