import type { KubeObject } from "../../types";

/** Annotations by which the controller remembers what it cannot derive (kubectl reads them too). */
export const REVISION = "deployment.kubernetes.io/revision";
export const REVISION_HISTORY = "deployment.kubernetes.io/revision-history";
export const DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";
export const MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";
export const ROLLBACK_TO = "deprecated.deployment.rollback.to";

/** Annotations that belong to the Deployment or to one ReplicaSet alone and are not copied. */
const NOT_COPIED = new Set([
  "kubectl.kubernetes.io/last-applied-configuration",
  REVISION,
  REVISION_HISTORY,
  DESIRED_REPLICAS,
  MAX_REPLICAS,
  ROLLBACK_TO,
]);

/** At most this many characters of past revisions are kept. */
const REVISION_HISTORY_LIMIT = 2000;

export const revisionOf = (object: KubeObject): number => {
  const text = object.metadata.annotations?.[REVISION];
  return text && /^\d+$/.test(text) ? Number(text) : 0;
};

function annotationsOf(draft: KubeObject): Record<string, string> {
  const metadata = draft.metadata as any;
  metadata.annotations ??= {};
  return metadata.annotations;
}

/** The latest revision of any of these ReplicaSets. */
export const maxRevision = (replicaSets: readonly KubeObject[]): number => Math.max(0, ...replicaSets.map(revisionOf));

/** Brings a ReplicaSet's annotations in line with its Deployment and makes it the newest revision. Changes the draft. */
export function setNewReplicaSetAnnotations(
  deployment: KubeObject,
  draft: KubeObject,
  revision: number,
  exists: boolean,
  maxReplicas: number,
): void {
  const annotations = annotationsOf(draft);
  for (const [key, value] of Object.entries(deployment.metadata.annotations ?? {})) {
    if (!NOT_COPIED.has(key)) annotations[key] = value as string;
  }
  const before = annotations[REVISION];
  if (revisionOf(draft) < revision) {
    annotations[REVISION] = String(revision);
    if (before) annotations[REVISION_HISTORY] = extendHistory(annotations[REVISION_HISTORY], before);
  }
  if (!exists) setReplicasAnnotations(draft, deployment.spec.replicas, maxReplicas);
}

function extendHistory(history: string | undefined, revision: string): string {
  if (!history) return revision;
  const revisions = [...history.split(","), revision];
  while (revisions.length > 1 && revisions.join(",").length > REVISION_HISTORY_LIMIT) revisions.shift();
  return revisions.join(",");
}

/** Notes what the Deployment wanted when this ReplicaSet was last scaled: proportional scaling starts from there. */
export function setReplicasAnnotations(draft: KubeObject, desired: number, max: number): void {
  const annotations = annotationsOf(draft);
  annotations[DESIRED_REPLICAS] = String(desired);
  annotations[MAX_REPLICAS] = String(max);
}

export const replicasAnnotationsNeedUpdate = (replicaSet: KubeObject, desired: number, max: number): boolean =>
  replicaSet.metadata.annotations?.[DESIRED_REPLICAS] !== String(desired) ||
  replicaSet.metadata.annotations?.[MAX_REPLICAS] !== String(max);

function numberAnnotation(object: KubeObject, name: string): number | undefined {
  const text = object.metadata.annotations?.[name];
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
export const desiredReplicasOf = (replicaSet: KubeObject) => numberAnnotation(replicaSet, DESIRED_REPLICAS);
export const maxReplicasOf = (replicaSet: KubeObject) => numberAnnotation(replicaSet, MAX_REPLICAS);
