import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { controllerOf, type OwnerReference, resolve } from "../controller-ref";

export class ScaleError extends Error {}

/** Kinds that say how many pods they want, with their resources. */
const SCALED: Readonly<Record<string, string>> = {
  Deployment: "deployments.apps",
  ReplicaSet: "replicasets.apps",
  ReplicationController: "replicationcontrollers",
  StatefulSet: "statefulsets.apps",
};
const UNSCALED: Readonly<Record<string, string>> = { DaemonSet: "daemonsets.apps", Job: "jobs.batch" };

/** The owner that sets the scale: a Deployment's ReplicaSets have theirs from it. */
function scaledOwner(sim: Sim, namespace: string, reference: OwnerReference): KubeObject | undefined {
  const resource = SCALED[reference.kind];
  const owner = resource ? resolve<KubeObject>(sim, resource, namespace, reference) : undefined;
  const above = owner && controllerOf(owner);
  return (above?.kind === "Deployment" && scaledOwner(sim, namespace, above)) || owner;
}

/** How many pods the owners of these want in all; a share of the pods is a share of that. Throws `ScaleError`. */
export function expectedScale(sim: Sim, pods: readonly KubeObject[]): { expected: number; unmanaged: boolean } {
  const scales = new Map<string, number>();
  let unmanaged = false;
  for (const pod of pods) {
    const reference = controllerOf(pod);
    if (!reference) {
      unmanaged = true;
      continue;
    }
    const owner = scaledOwner(sim, pod.metadata.namespace!, reference);
    if (owner) {
      scales.set(owner.metadata.uid, owner.spec.replicas ?? 1);
      continue;
    }
    const resource = UNSCALED[reference.kind];
    if (resource) throw new ScaleError(`${resource} does not implement the scale subresource`);
    throw new ScaleError(`found no controllers for pod ${JSON.stringify(pod.metadata.name)}`);
  }
  return { expected: [...scales.values()].reduce((sum, scale) => sum + scale, 0), unmanaged };
}
