import { compareQuantities, parseQuantity } from "../../kinds/quantity";
import { classNameOf } from "../../kinds/storage/class-name";
import { type Selector, selectorMatches } from "../../kinds/validation/labels";
import type { KubeObject } from "../../types";

const sizeOf = (text: unknown) => parseQuantity((text as string | undefined) ?? "0");

/** Whether a volume is reserved for a claim, by a user (without uid) or by the controller. */
export const isBoundTo = (volume: KubeObject, claim: KubeObject): boolean => {
  const ref = volume.spec.claimRef;
  if (!ref || ref.name !== claim.metadata.name || ref.namespace !== claim.metadata.namespace) return false;
  return !ref.uid || ref.uid === claim.metadata.uid;
};

/** Why a volume that was asked for by name does not do, whatever its class: its size, its modes. */
export function mismatch(volume: KubeObject, claim: KubeObject): string | undefined {
  const asked = sizeOf(claim.spec.resources?.requests?.storage);
  if (compareQuantities(sizeOf(volume.spec.capacity?.storage), asked) < 0) return "requested PV is too small";
  if (classNameOf(volume) !== classNameOf(claim)) return "storageClassName does not match";
  if ((volume.spec.volumeMode ?? "Filesystem") !== (claim.spec.volumeMode ?? "Filesystem"))
    return "incompatible volumeMode";
  if (!(claim.spec.accessModes ?? []).every((mode: string) => (volume.spec.accessModes ?? []).includes(mode)))
    return "incompatible accessMode";
  return undefined;
}

/** The volume reserved for the claim, else the smallest free one that does (FindMatchingVolume). */
export function bestVolume(volumes: readonly KubeObject[], claim: KubeObject): KubeObject | undefined {
  const fitting = volumes.filter((volume) => !mismatch(volume, claim) && !volume.metadata.deletionTimestamp);
  const reserved = fitting.find((volume) => isBoundTo(volume, claim));
  if (reserved) return reserved;
  const selector = claim.spec.selector as Selector | undefined;
  return fitting
    .filter((volume) => volume.status?.phase === "Available" && !volume.spec.claimRef)
    .filter((volume) => !selector || selectorMatches(selector, volume.metadata.labels))
    .sort((a, b) => compareQuantities(sizeOf(a.spec.capacity?.storage), sizeOf(b.spec.capacity?.storage)))[0];
}
