import type { KubeObject } from "../../types";

type Classed = Pick<KubeObject, "metadata"> & { spec?: any };

/** The class as an annotation, which older manifests have; it comes before the field. */
export const CLASS_ANNOTATION = "volume.beta.kubernetes.io/storage-class";

/** Class of a claim or a volume; empty where it has none. */
export function classNameOf({ metadata, spec }: Classed): string {
  return metadata.annotations?.[CLASS_ANNOTATION] ?? spec?.storageClassName ?? "";
}

/** Whether a claim says anything at all of its class: one that says "" wants no provisioning, one that says nothing the default. */
export const saysClass = ({ metadata, spec }: Classed): boolean =>
  metadata.annotations?.[CLASS_ANNOTATION] !== undefined ||
  (spec?.storageClassName !== undefined && spec.storageClassName !== null);

export const DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
const DEFAULT_CLASS_BETA = "storageclass.beta.kubernetes.io/is-default-class";

export const isDefaultClass = ({ metadata }: Pick<KubeObject, "metadata">): boolean =>
  metadata.annotations?.[DEFAULT_CLASS] === "true" || metadata.annotations?.[DEFAULT_CLASS_BETA] === "true";
