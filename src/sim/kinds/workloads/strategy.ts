import { deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";

/** What Deployments, ReplicaSets and ReplicationControllers share in their dealings with the server. */

export function prepareWorkloadForCreate(draft: KubeObject, emptyStatus: object): void {
  draft.status = { ...emptyStatus };
  (draft.metadata as any).generation = 1;
}

/** Generation counts the wishes: it rises with the spec, and with what else `alsoCounts` tells. */
export function prepareWorkloadForUpdate(draft: KubeObject, old: KubeObject, alsoCounts = false): void {
  draft.status = old.status;
  const generation = Number(old.metadata.generation ?? 0);
  if (alsoCounts || !deepEqual(draft.spec, old.spec)) (draft.metadata as any).generation = generation + 1;
}

export const SCALE = {
  specReplicasPath: ".spec.replicas",
  statusReplicasPath: ".status.replicas",
  selectorPath: ".spec.selector",
};
