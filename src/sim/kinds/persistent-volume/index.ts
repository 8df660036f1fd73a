import type { KindDefinition } from "../../apiserver/kind";
import { rfc3339 } from "../../kernel/time";
import { AGE_COLUMN, age, NAME_COLUMN, shown, UNSET, wide } from "../printing";
import { roundUpToMilli } from "../quantity";
import { accessModesText } from "../storage/access-modes";
import { CLASS_ANNOTATION, classNameOf } from "../storage/class-name";
import type { PersistentVolume } from "../types";
import { validatePersistentVolume, validatePersistentVolumeStatus, validatePersistentVolumeUpdate } from "./validation";

/** A piece of storage (https://kubernetes.io/docs/concepts/storage/persistent-volumes). */
export const persistentVolume: KindDefinition<PersistentVolume> = {
  group: "",
  version: "v1",
  kind: "PersistentVolume",
  plural: "persistentvolumes",
  singular: "persistentvolume",
  shortNames: ["pv"],
  namespaced: false,
  hasStatus: true,
  setDefaults(draft: any) {
    draft.spec ??= {};
    draft.status ??= {};
    draft.status.phase ||= "Pending";
    draft.spec.persistentVolumeReclaimPolicy ||= "Retain";
    draft.spec.volumeMode ??= "Filesystem";
    const { capacity, hostPath, iscsi, rbd, scaleIO, azureDisk } = draft.spec;
    for (const name of Object.keys(capacity ?? {})) capacity[name] = roundUpToMilli(capacity[name]);
    if (hostPath) hostPath.type ??= "";
    if (iscsi) iscsi.iscsiInterface ||= "default";
    if (rbd) Object.assign(rbd, { pool: "rbd", user: "admin", keyring: "/etc/ceph/keyring", ...rbd });
    if (scaleIO) Object.assign(scaleIO, { storageMode: "ThinProvisioned", fsType: "xfs", ...scaleIO });
    if (azureDisk)
      Object.assign(azureDisk, {
        cachingMode: "ReadWrite",
        kind: "Shared",
        fsType: "ext4",
        readOnly: false,
        ...azureDisk,
      });
  },
  prepareForCreate(draft: any, context) {
    delete draft.spec.volumeAttributesClassName;
    draft.status = {
      phase: "Pending",
      lastPhaseTransitionTime: rfc3339(context.nowMs),
    };
  },
  prepareForUpdate(draft: any, old) {
    if (old.spec.volumeAttributesClassName === undefined) delete draft.spec.volumeAttributesClassName;
    draft.status = old.status;
  },
  validate: validatePersistentVolume,
  validateUpdate: validatePersistentVolumeUpdate,
  validateStatusUpdate: validatePersistentVolumeStatus,
  warnings({ metadata, spec }) {
    const texts: string[] = [];
    if (metadata.annotations?.[CLASS_ANNOTATION] !== undefined)
      texts.push(
        `metadata.annotations[${CLASS_ANNOTATION}]: deprecated since v1.8; use "storageClassName" attribute instead`,
      );
    if (spec.persistentVolumeReclaimPolicy === "Recycle")
      texts.push(
        "spec.persistentVolumeReclaimPolicy: The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.",
      );
    return texts;
  },
  columns: [
    NAME_COLUMN,
    shown("Capacity"),
    shown("Access Modes"),
    shown("Reclaim Policy"),
    shown("Status"),
    shown("Claim"),
    shown("StorageClass"),
    shown("VolumeAttributesClass"),
    shown("Reason"),
    AGE_COLUMN,
    wide("VolumeMode"),
  ],
  row: (object, nowMs) => {
    const { metadata, spec, status } = object;
    const { claimRef } = spec;
    return [
      metadata.name,
      String(spec.capacity?.storage ?? "0"),
      accessModesText(spec.accessModes),
      spec.persistentVolumeReclaimPolicy ?? "",
      metadata.deletionTimestamp ? "Terminating" : (status?.phase ?? ""),
      claimRef ? `${claimRef.namespace ?? ""}/${claimRef.name ?? ""}` : "",
      classNameOf(object as never),
      spec.volumeAttributesClassName || UNSET,
      status?.reason ?? "",
      age(metadata.creationTimestamp, nowMs),
      spec.volumeMode || UNSET,
    ];
  },
};
