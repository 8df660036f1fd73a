import { StatusError } from "../../apiserver/status";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { controllerOf, controllerRef } from "../controller-ref";
import { POD_TEMPLATE_HASH, podTemplateHash } from "../pod-template-hash";
import { maxRevision, REVISION, setNewReplicaSetAnnotations } from "./annotations";
import { conditionOf, hasProgressDeadline, newCondition, REASON, withCondition } from "./conditions";
import {
  equalIgnoringHash,
  findNewReplicaSet,
  findOldReplicaSets,
  maxSurge,
  newReplicaCount,
  specReplicas,
} from "./replica-sets";
import { CONTROLLER, REPLICA_SETS, type Roles, type Rollout, recordEvent, writeStatus } from "./rollout";

/**
 * Finds the ReplicaSet of the Deployment's template, makes it the newest revision, and creates it where it is missing
 * and `create` says so. Revisions of Deployment and ReplicaSet are in line afterwards.
 */
export function syncRevision(rollout: Rollout, create: boolean): Roles {
  const old = findOldReplicaSets(rollout.deployment, rollout.replicaSets);
  return { current: currentReplicaSet(rollout, old, create), old };
}

function currentReplicaSet(rollout: Rollout, old: readonly KubeObject[], create: boolean): KubeObject | undefined {
  const { deployment, sim } = rollout;
  const existing = findNewReplicaSet(deployment, rollout.replicaSets);
  const revision = maxRevision(old) + 1;
  const max = deployment.spec.replicas + maxSurge(deployment);
  if (existing) {
    const draft = clone(existing);
    setNewReplicaSetAnnotations(deployment, draft, revision, true, max);
    if (deployment.spec.minReadySeconds) draft.spec.minReadySeconds = deployment.spec.minReadySeconds;
    else delete draft.spec.minReadySeconds;
    if (!deepEqual(draft, existing)) return sim.api(CONTROLLER).update(REPLICA_SETS, draft);
    noteRevision(rollout, existing, REASON.found, `Found new replica set "${existing.metadata.name}"`, true);
    return existing;
  }
  return create ? createReplicaSet(rollout, old, revision, max) : undefined;
}

/** The revision of the newest ReplicaSet is the Deployment's, and its existence the first sign of progress. */
function noteRevision(
  rollout: Rollout,
  replicaSet: KubeObject,
  reason: string,
  message: string,
  onlyIfNone: boolean,
): void {
  writeStatus(rollout, (draft) => {
    const revision = replicaSet.metadata.annotations?.[REVISION];
    if (revision) (draft.metadata as any).annotations = { ...draft.metadata.annotations, [REVISION]: revision };
    if (!hasProgressDeadline(draft) || (onlyIfNone && conditionOf(draft.status, "Progressing"))) return;
    const condition = newCondition("Progressing", "True", reason, message, rollout.sim.kernel.now());
    draft.status = { ...draft.status, conditions: withCondition(draft.status?.conditions ?? [], condition) };
  });
}

function createReplicaSet(
  rollout: Rollout,
  old: readonly KubeObject[],
  revision: number,
  max: number,
): KubeObject | undefined {
  const draft = newReplicaSet(rollout.deployment);
  draft.spec.replicas = newReplicaCount(rollout.deployment, [...old, draft], draft);
  setNewReplicaSetAnnotations(rollout.deployment, draft, revision, false, max);
  let created: KubeObject;
  let isNew = true;
  try {
    created = rollout.sim.api(CONTROLLER).create(REPLICA_SETS, draft);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const twin = error.reason === "AlreadyExists" ? adoptedTwin(rollout, draft, error) : undefined;
    if (!twin) return refuse(rollout, draft, error);
    created = twin;
    isNew = false;
  }
  if (isNew && specReplicas(created) > 0) {
    recordEvent(
      rollout,
      "Normal",
      "ScalingReplicaSet",
      `Scaled up replica set ${created.metadata.name} from 0 to ${specReplicas(created)}`,
    );
  }
  noteRevision(rollout, created, REASON.created, `Created new replica set "${created.metadata.name}"`, !isNew);
  return created;
}

function newReplicaSet(deployment: KubeObject): KubeObject {
  const { name, namespace } = deployment.metadata;
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = podTemplateHash(template, deployment.status?.collisionCount);
  const labels = { ...template.metadata?.labels, [POD_TEMPLATE_HASH]: hash };
  return {
    apiVersion: "apps/v1",
    kind: "ReplicaSet",
    metadata: { name: `${name}-${hash}`, namespace, labels, ownerReferences: [controllerRef(deployment)] },
    spec: {
      replicas: 0,
      ...(minReadySeconds && { minReadySeconds }),
      selector: { ...selector, matchLabels: { ...selector.matchLabels, [POD_TEMPLATE_HASH]: hash } },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  } as unknown as KubeObject;
}

/** Our own ReplicaSet of that name, if that is what stood in the way. Otherwise two templates have one hash: the next try gets another. */
function adoptedTwin(rollout: Rollout, draft: KubeObject, error: StatusError): KubeObject | undefined {
  const { deployment, sim } = rollout;
  const twin = sim.store.get(REPLICA_SETS, draft.metadata.namespace, draft.metadata.name)!;
  const ours = controllerOf(twin)?.uid === deployment.metadata.uid;
  if (ours && equalIgnoringHash(deployment.spec.template, twin.spec.template)) return twin;
  writeStatus(rollout, (status) => {
    status.status = { ...status.status, collisionCount: (status.status?.collisionCount ?? 0) + 1 };
  });
  throw error;
}

function refuse(rollout: Rollout, draft: KubeObject, error: StatusError): undefined {
  if (error.status.details?.causes?.some((cause) => cause.reason === "NamespaceTerminating")) return undefined;
  const message = `Failed to create new replica set "${draft.metadata.name}": ${error.message}`;
  if (hasProgressDeadline(rollout.deployment)) {
    const condition = newCondition("Progressing", "False", REASON.createError, message, rollout.sim.kernel.now());
    writeStatus(rollout, (status) => {
      status.status = { ...status.status, conditions: withCondition(status.status?.conditions ?? [], condition) };
    });
  }
  recordEvent(rollout, "Warning", REASON.createError, message);
  throw error;
}
