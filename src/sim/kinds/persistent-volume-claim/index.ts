import type { KindDefinition } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, shown, UNSET, wide } from "../printing";
import { parseQuantity, quantityError, roundUpToMilli } from "../quantity";
import { accessModesText } from "../storage/access-modes";
import { CLASS_ANNOTATION, classNameOf } from "../storage/class-name";
import type { PersistentVolumeClaim } from "../types";
import {
  validatePersistentVolumeClaim,
  validatePersistentVolumeClaimStatus,
  validatePersistentVolumeClaimUpdate,
} from "./validation";

const UNIT = 1_000_000_000n;

/** A wish for storage (https://kubernetes.io/docs/concepts/storage/persistent-volumes). */
export const persistentVolumeClaim: KindDefinition<PersistentVolumeClaim> = {
  group: "",
  version: "v1",
  kind: "PersistentVolumeClaim",
  plural: "persistentvolumeclaims",
  singular: "persistentvolumeclaim",
  shortNames: ["pvc"],
  namespaced: true,
  hasStatus: true,
  setDefaults(draft: any) {
    draft.spec ??= {};
    draft.status ??= {};
    draft.status.phase ||= "Pending";
    defaultClaimSpec(draft.spec);
  },
  prepareForCreate(draft: any) {
    // Behind a feature gate that 1.33 does not set.
    delete draft.spec.volumeAttributesClassName;
    draft.status = { phase: "Pending" };
    normaliseDataSource(draft.spec);
  },
  prepareForUpdate(draft: any, old) {
    draft.status = old.status;
    if (old.spec.volumeAttributesClassName === undefined) delete draft.spec.volumeAttributesClassName;
    normaliseDataSource(draft.spec);
  },
  validate: validatePersistentVolumeClaim,
  validateUpdate: validatePersistentVolumeClaimUpdate,
  validateStatusUpdate: validatePersistentVolumeClaimStatus,
  warnings({ metadata, spec }) {
    const texts: string[] = [];
    if (metadata.annotations?.[CLASS_ANNOTATION] !== undefined)
      texts.push(
        `metadata.annotations[${CLASS_ANNOTATION}]: deprecated since v1.8; use "storageClassName" attribute instead`,
      );
    for (const list of ["requests", "limits"] as const) {
      const size = spec.resources?.[list]?.storage;
      if (size !== undefined && quantityError(size) === undefined && parseQuantity(size).nanos % UNIT !== 0n)
        texts.push(`spec.resources.${list}[storage]: fractional byte value "${size}" is invalid, must be an integer`);
    }
    return texts;
  },
  columns: [
    NAME_COLUMN,
    shown("Status"),
    shown("Volume"),
    shown("Capacity"),
    shown("Access Modes"),
    shown("StorageClass"),
    shown("VolumeAttributesClass"),
    AGE_COLUMN,
    wide("VolumeMode"),
  ],
  row: (object, nowMs) => {
    const { metadata, spec, status } = object;
    const bound = Boolean(spec.volumeName);
    return [
      metadata.name,
      metadata.deletionTimestamp ? "Terminating" : (status?.phase ?? ""),
      spec.volumeName ?? "",
      bound ? String(status?.capacity?.storage ?? "0") : "",
      bound ? accessModesText(status?.accessModes) : "",
      classNameOf(object as never),
      spec.volumeAttributesClassName || UNSET,
      age(metadata.creationTimestamp, nowMs),
      spec.volumeMode || UNSET,
    ];
  },
};

/** SetDefaults_PersistentVolumeClaimSpec, and quantities as the server keeps them. */
export function defaultClaimSpec(spec: any): void {
  spec.volumeMode ??= "Filesystem";
  spec.resources ??= {};
  for (const list of [spec.resources.requests, spec.resources.limits])
    for (const name of Object.keys(list ?? {})) list[name] = roundUpToMilli(list[name]);
}

/** `dataSource` and `dataSourceRef` say the same, whichever was given. */
function normaliseDataSource(spec: any): void {
  if (spec.dataSource && !spec.dataSourceRef) spec.dataSourceRef = { ...spec.dataSource };
  else if (spec.dataSourceRef && !spec.dataSource && !spec.dataSourceRef.namespace)
    spec.dataSource = { ...spec.dataSourceRef };
}
