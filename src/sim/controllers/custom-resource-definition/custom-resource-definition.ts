import { StatusError } from "../../apiserver/status";
import type { Component, Sim } from "../../component";
import { isApiDown, isStorageDown } from "../../faults";
import { clone, deepEqual } from "../../kernel/freeze";
import {
  type Condition,
  type CustomResourceDefinition,
  hasCondition,
} from "../../kinds/custom-resource/definition-types";
import { CLEANUP_FINALIZER } from "../../kinds/custom-resource-definition";
import type { KubeObject } from "../../types";
import { withCondition } from "./conditions";
import { nameDefinition } from "./naming";

/**
 * What kube-apiserver itself does about definitions: accepts their names, establishes them, and empties those that are
 * deleted (apiextensions-apiserver's naming, establishing and finalizing controllers).
 */
const NAME = "custom-resource-definitions";
const DEFINITIONS = "customresourcedefinitions.apiextensions.k8s.io";
/** How long until a definition is looked at again that could not be seen to. */
const RETRY_MS = 1000;

const definitionsOf = (sim: Sim) => sim.store.list(DEFINITIONS) as unknown as readonly CustomResourceDefinition[];

export const customResourceDefinitions: Component = {
  name: NAME,
  onChange(sim, { resource, object, type }) {
    if (resource !== DEFINITIONS) {
      // The last object of a definition that is going lets it go.
      if (type !== "DELETED" || !resource.includes(".")) return;
      const definition = sim.store.get(DEFINITIONS, undefined, resource);
      if (definition?.metadata.deletionTimestamp) sim.kernel.schedule(0, NAME, resource);
      return;
    }
    if (type !== "DELETED") sim.kernel.schedule(0, NAME, object.metadata.name);
    else
      for (const other of definitionsOf(sim))
        if (other.spec.group === object.spec.group) sim.kernel.schedule(0, NAME, other.metadata.name);
  },
  onTimer(sim, { key }) {
    if (isApiDown(sim) || isStorageDown(sim)) {
      sim.kernel.schedule(RETRY_MS, NAME, key);
      return;
    }
    const definition = sim.store.get(DEFINITIONS, undefined, key) as unknown as CustomResourceDefinition | undefined;
    if (!definition) return;
    if (definition.metadata.deletionTimestamp) finalize(sim, definition);
    else accept(sim, definition);
  },
};

function writeStatus(
  sim: Sim,
  definition: CustomResourceDefinition,
  status: CustomResourceDefinition["status"],
): CustomResourceDefinition {
  if (deepEqual(status, definition.status)) return definition;
  const draft = { ...clone(definition), status: clone(status) };
  return sim
    .api("kube-apiserver")
    .updateStatus(DEFINITIONS, draft as unknown as KubeObject) as unknown as CustomResourceDefinition;
}

function accept(sim: Sim, definition: CustomResourceDefinition): void {
  const now = sim.kernel.now();
  const set = (conditions: readonly Condition[], condition: Condition) => withCondition(conditions, condition, now);
  const { acceptedNames, conditions } = nameDefinition(definition, definitionsOf(sim));
  const named = writeStatus(sim, definition, {
    ...definition.status,
    acceptedNames,
    conditions: conditions.reduce<readonly Condition[]>(set, definition.status?.conditions ?? []),
  });
  if (!hasCondition(named, "NamesAccepted") || hasCondition(named, "Established")) return;
  const message = "the initial names have been accepted";
  writeStatus(sim, named, {
    ...named.status,
    conditions: set(named.status?.conditions ?? [], {
      type: "Established",
      status: "True",
      reason: "InitialNamesAccepted",
      message,
    }),
  });
}

const IN_PROGRESS: Condition = {
  type: "Terminating",
  status: "True",
  reason: "InstanceDeletionInProgress",
  message: "CustomResource deletion is in progress",
};
const COMPLETED: Condition = {
  type: "Terminating",
  status: "False",
  reason: "InstanceDeletionCompleted",
  message: "removed all instances",
};
const NEVER: Condition = {
  type: "Terminating",
  status: "False",
  reason: "NeverEstablished",
  message: "resource was never established",
};

function finalize(sim: Sim, definition: CustomResourceDefinition): void {
  const finalizers: readonly string[] = definition.metadata.finalizers ?? [];
  if (!finalizers.includes(CLEANUP_FINALIZER)) return;
  const conditions = definition.status?.conditions ?? [];
  const withTerminating = (condition: Condition) => ({
    ...definition.status,
    conditions: withCondition(conditions, condition, sim.kernel.now()),
  });
  const isEstablished = hasCondition(definition, "Established");
  if (isEstablished && deleteInstances(sim, definition) > 0) {
    writeStatus(sim, definition, withTerminating(IN_PROGRESS));
    return;
  }
  const current = writeStatus(sim, definition, withTerminating(isEstablished ? COMPLETED : NEVER));
  const draft = clone(current) as any;
  draft.metadata.finalizers = finalizers.filter((finalizer) => finalizer !== CLEANUP_FINALIZER);
  sim.api("kube-apiserver").update(DEFINITIONS, draft);
}

/** Gives how many are left: some have finalizers of their own. */
function deleteInstances(sim: Sim, { metadata }: CustomResourceDefinition): number {
  const resource = metadata.name;
  for (const { metadata: own } of sim.store.list(resource)) {
    if (own.deletionTimestamp) continue;
    try {
      sim.api("kube-apiserver").delete(resource, own.namespace, own.name, {});
    } catch (error) {
      if (!(error instanceof StatusError) || error.reason !== "NotFound") throw error;
    }
  }
  return sim.store.list(resource).length;
}
