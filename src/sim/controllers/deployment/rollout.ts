import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { replicasAnnotationsNeedUpdate, setReplicasAnnotations } from "./annotations";
import { maxSurge, specReplicas } from "./replica-sets";

export const CONTROLLER = "deployment-controller";
export const DEPLOYMENTS = "deployments.apps";
export const REPLICA_SETS = "replicasets.apps";

/** One sync of one Deployment: what all its steps share. `deployment` is the newest state that this sync has written. */
export interface Rollout {
  readonly sim: Sim;
  deployment: KubeObject;
  /** ReplicaSets that the Deployment owns, as this sync has left them. */
  replicaSets: readonly KubeObject[];
}

/** The ReplicaSets of one sync in their roles. */
export interface Roles {
  current: KubeObject | undefined;
  old: readonly KubeObject[];
}

export const allOf = ({ current, old }: Roles): KubeObject[] => (current ? [...old, current] : [...old]);

export function recordEvent(rollout: Rollout, type: "Normal" | "Warning", reason: string, message: string): void {
  rollout.sim.recorder.event(rollout.deployment, type, reason, message, { component: CONTROLLER });
}

/** Writes the status (and the annotations that go with it) unless it is what the Deployment has. */
export function writeStatus(rollout: Rollout, edit: (draft: KubeObject) => void): void {
  const draft = clone(rollout.deployment);
  edit(draft);
  if (deepEqual(draft, rollout.deployment)) return;
  rollout.deployment = rollout.sim.api(CONTROLLER).updateStatus(DEPLOYMENTS, draft);
}

/** Scales a ReplicaSet and says so; gives it back as it is then, and whether its size changed. */
export function scale(
  rollout: Rollout,
  replicaSet: KubeObject,
  replicas: number,
): { scaled: boolean; replicaSet: KubeObject } {
  const { deployment, sim } = rollout;
  const before = specReplicas(replicaSet);
  const max = deployment.spec.replicas + maxSurge(deployment);
  const sizeChanges = before !== replicas;
  if (!sizeChanges && !replicasAnnotationsNeedUpdate(replicaSet, deployment.spec.replicas, max))
    return { scaled: false, replicaSet };
  const draft = clone(replicaSet);
  draft.spec.replicas = replicas;
  setReplicasAnnotations(draft, deployment.spec.replicas, max);
  const written = sim.api(CONTROLLER).update(REPLICA_SETS, draft);
  if (sizeChanges) {
    const direction = before < replicas ? "up" : "down";
    recordEvent(
      rollout,
      "Normal",
      "ScalingReplicaSet",
      `Scaled ${direction} replica set ${replicaSet.metadata.name} from ${before} to ${replicas}`,
    );
  }
  return { scaled: sizeChanges, replicaSet: written };
}

/** Scales where the size differs; the annotations alone are no reason here. */
export function scaleTo(rollout: Rollout, replicaSet: KubeObject, replicas: number): boolean {
  return specReplicas(replicaSet) !== replicas && scale(rollout, replicaSet, replicas).scaled;
}
