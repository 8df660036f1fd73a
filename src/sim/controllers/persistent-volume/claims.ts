import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import { classNameOf } from "../../kinds/storage/class-name";
import type { KubeObject } from "../../types";
import { bestVolume, isBoundTo, mismatch } from "./matching";
import { provision } from "./provisioner";

export const NAME = "persistentvolume-controller";
const BIND_COMPLETED = "pv.kubernetes.io/bind-completed";
const BOUND_BY_CONTROLLER = "pv.kubernetes.io/bound-by-controller";
export const SELECTED_NODE = "volume.kubernetes.io/selected-node";

/** Brings a claim to its volume: one that is there, or one that is made. */
export function syncClaim(sim: Sim, claim: KubeObject): void {
  const { volumeName } = claim.spec;
  const volume = volumeName ? sim.store.get("persistentvolumes", undefined, volumeName) : undefined;
  if (claim.metadata.annotations?.[BIND_COMPLETED] !== undefined) {
    if (!volume || !isBoundTo(volume, claim)) lose(sim, claim, volume !== undefined);
    else finish(sim, claim, volume);
    return;
  }
  if (claim.metadata.deletionTimestamp) return;
  if (volumeName) {
    if (!volume || (volume.spec.claimRef && !isBoundTo(volume, claim))) {
      if (volume)
        tell(sim, claim, "Warning", "FailedBinding", `volume "${volumeName}" already bound to a different claim.`);
      return;
    }
    const reason = mismatch(volume, claim);
    if (reason)
      tell(sim, claim, "Warning", "VolumeMismatch", `Cannot bind to requested volume "${volumeName}": ${reason}`);
    else bind(sim, claim, volume, false);
    return;
  }
  const found = waits(sim, claim) ? undefined : bestVolume(sim.store.list("persistentvolumes"), claim);
  if (found) bind(sim, claim, found, true);
  else unmatched(sim, claim);
}

const classOf = (sim: Sim, claim: KubeObject) =>
  sim.store.get("storageclasses.storage.k8s.io", undefined, classNameOf(claim));

/** A class may want to know the node first, which the scheduler tells. */
export const waits = (sim: Sim, claim: KubeObject): boolean =>
  classOf(sim, claim)?.volumeBindingMode === "WaitForFirstConsumer" &&
  claim.metadata.annotations?.[SELECTED_NODE] === undefined;

function unmatched(sim: Sim, claim: KubeObject): void {
  const name = classNameOf(claim);
  const found = classOf(sim, claim);
  if (waits(sim, claim)) {
    tell(sim, claim, "Normal", "WaitForFirstConsumer", "waiting for first consumer to be created before binding");
  } else if (!name) {
    tell(
      sim,
      claim,
      "Normal",
      "FailedBinding",
      "no persistent volumes available for this claim and no storage class is set",
    );
  } else if (!found) {
    tell(sim, claim, "Warning", "ProvisioningFailed", `storageclass.storage.k8s.io "${name}" not found`);
  } else if (found.provisioner === "kubernetes.io/no-provisioner") {
    tell(sim, claim, "Warning", "ProvisioningFailed", "no volume plugin matched name: kubernetes.io/no-provisioner");
  } else {
    provision(sim, claim, found);
  }
}

export const tell = (sim: Sim, about: KubeObject, type: "Normal" | "Warning", reason: string, message: string) =>
  sim.recorder.event(about, type, reason, message, { component: NAME });

function bind(sim: Sim, claim: KubeObject, volume: KubeObject, byController: boolean): void {
  const { name, namespace, uid, resourceVersion } = claim.metadata;
  const api = sim.api(NAME);
  if (volume.spec.claimRef?.uid !== uid) {
    const draft = clone(volume);
    if (!volume.spec.claimRef) annotate(draft, BOUND_BY_CONTROLLER);
    draft.spec.claimRef = { kind: "PersistentVolumeClaim", namespace, name, uid, apiVersion: "v1", resourceVersion };
    api.update("persistentvolumes", draft);
  }
  const draft = clone(claim);
  draft.spec.volumeName = volume.metadata.name;
  annotate(draft, BIND_COMPLETED);
  if (byController) annotate(draft, BOUND_BY_CONTROLLER);
  api.update("persistentvolumeclaims", draft);
  finish(sim, sim.store.get("persistentvolumeclaims", namespace, name)!, volume);
}

function annotate(draft: KubeObject, key: string): void {
  (draft.metadata as any).annotations = { ...draft.metadata.annotations, [key]: "yes" };
}

function finish(sim: Sim, claim: KubeObject, volume: KubeObject): void {
  const { accessModes, capacity } = volume.spec;
  if (claim.status?.phase === "Bound") return;
  setStatus(sim, claim, { ...claim.status, phase: "Bound", accessModes, capacity: { storage: capacity.storage } });
}

function lose(sim: Sim, claim: KubeObject, misbound: boolean): void {
  if (claim.status?.phase === "Lost") return;
  if (misbound)
    tell(
      sim,
      claim,
      "Warning",
      "ClaimMisbound",
      "Two claims are bound to the same volume, this one is bound incorrectly",
    );
  else
    tell(sim, claim, "Warning", "ClaimLost", "Bound claim has lost its PersistentVolume. Data on the volume is lost!");
  setStatus(sim, claim, { phase: "Lost" });
}

function setStatus(sim: Sim, claim: KubeObject, status: object): void {
  if (deepEqual(claim.status, status)) return;
  const draft = clone(claim);
  draft.status = status;
  sim.api(NAME).updateStatus("persistentvolumeclaims", draft);
}
