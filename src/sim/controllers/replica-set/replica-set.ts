import { indexes } from "../../apiserver/indexes";
import type { Change } from "../../apiserver/request";
import { type LabelSelector, labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { claim, controllerOf, resolve } from "../controller-ref";
import { isPodActive } from "../pod-state";
import { podFromTemplate } from "./pod-from-template";
import { podsToDelete } from "./ranking";
import { calculateStatus, type ManageFailure, nextAvailabilityMs, updateStatus } from "./status";

/** At most this many pods are made or deleted in one sync. */
const BURST_REPLICAS = 500;

/** ReplicaSet and ReplicationController are one controller under two names. */
function replicaController(
  name: string,
  resource: string,
  kind: string,
  selectorOf: (owner: KubeObject) => LabelSelector | undefined,
): Controller {
  return {
    name,

    *keysFor(change: Change, sim: Sim) {
      if (change.resource === resource) {
        yield keyOf(change.object);
        return;
      }
      if (change.resource !== "pods") return;
      for (const pod of change.previous && change.type === "MODIFIED"
        ? [change.previous, change.object]
        : [change.object]) {
        const owner = controllerOf(pod);
        if (owner?.kind === kind) {
          const found = resolve(sim, resource, pod.metadata.namespace!, owner);
          if (found) yield keyOf(found);
        } else if (!owner && change.type !== "DELETED") {
          for (const candidate of sim.store.list(resource, pod.metadata.namespace)) {
            const selector = selectorOf(candidate);
            if (selector && selector.length > 0 && matchesLabels(selector, pod.metadata.labels)) yield keyOf(candidate);
          }
        }
      }
    },

    sync(sim: Sim, key: string) {
      const { namespace, name: ownerName } = splitKey(key);
      const owner = sim.store.get(resource, namespace, ownerName);
      if (!owner) return;
      const selector = selectorOf(owner);
      const pods = claim<KubeObject>(sim, name, owner, "pods", selector).filter(isPodActive);
      const failure = owner.metadata.deletionTimestamp ? undefined : manageReplicas(sim, name, resource, owner, pods);
      // What was made or deleted just now shows at the next sync, which these writes have asked for.
      const { nowMs } = sim.kernel;
      const current = sim.store.get(resource, namespace, ownerName);
      if (!current) return;
      updateStatus(sim, name, resource, current, calculateStatus(current, pods, failure, nowMs, sim.kernel.now()));
      if (failure) throw failure.error;
      const wait = nextAvailabilityMs(current, pods, nowMs);
      return wait === undefined ? undefined : { requeueAfterMs: wait };
    },
  };
}

function manageReplicas(
  sim: Sim,
  controller: string,
  resource: string,
  owner: KubeObject,
  pods: readonly KubeObject[],
): (ManageFailure & { error: StatusError }) | undefined {
  const missing = (owner.spec.replicas ?? 0) - pods.length;
  if (missing > 0) return createPods(sim, controller, owner, Math.min(missing, BURST_REPLICAS));
  if (missing < 0) return deletePods(sim, controller, resource, owner, pods, Math.min(-missing, BURST_REPLICAS));
  return undefined;
}

function createPods(sim: Sim, controller: string, owner: KubeObject, count: number) {
  const api = sim.api(controller);
  const pod = podFromTemplate(owner.spec.template, owner);
  for (let index = 0; index < count; index++) {
    try {
      const created = api.create("pods", pod);
      sim.recorder.event(owner, "Normal", "SuccessfulCreate", `Created pod: ${created.metadata.name}`, {
        component: controller,
      });
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      if (error.status.details?.causes?.some((cause) => cause.reason === "NamespaceTerminating")) return undefined;
      sim.recorder.event(owner, "Warning", "FailedCreate", `Error creating: ${error.message}`, {
        component: controller,
      });
      return { reason: "FailedCreate" as const, message: error.message, error };
    }
  }
  return undefined;
}

function deletePods(
  sim: Sim,
  controller: string,
  resource: string,
  owner: KubeObject,
  pods: readonly KubeObject[],
  count: number,
) {
  const api = sim.api(controller);
  for (const pod of podsToDelete(pods, relatedPods(sim, resource, owner), count, sim.kernel.nowMs)) {
    try {
      api.delete("pods", pod.metadata.namespace, pod.metadata.name);
      sim.recorder.event(owner, "Normal", "SuccessfulDelete", `Deleted pod: ${pod.metadata.name}`, {
        component: controller,
      });
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      sim.recorder.event(owner, "Warning", "FailedDelete", `Error deleting: ${error.message}`, {
        component: controller,
      });
      return { reason: "FailedDelete" as const, message: error.message, error };
    }
  }
  return undefined;
}

/** Pods of all owners that share this one's controller: all ReplicaSets of one Deployment. */
function relatedPods(sim: Sim, resource: string, owner: KubeObject): readonly KubeObject[] {
  const found = indexes(sim);
  const above = controllerOf(owner);
  const siblings = above ? found.controlled(resource, above.uid) : [owner];
  return siblings
    .flatMap((sibling) => found.controlled("pods", sibling.metadata.uid))
    .filter((pod) => isPodActive(pod));
}

export const replicaSetController = replicaController(
  "replicaset-controller",
  "replicasets.apps",
  "ReplicaSet",
  (owner) => labelSelectorOf(owner.spec.selector),
);

export const replicationController = replicaController(
  "replication-controller",
  "replicationcontrollers",
  "ReplicationController",
  (owner) => (owner.spec.selector ? labelSelectorOf({ matchLabels: owner.spec.selector }) : undefined),
);
