import { resourceName } from "../../apiserver/kind";
import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import type { Controller } from "../controller";

const CONTROLLER = "namespace-controller";

/** Empties a namespace that is being deleted, and then lets it go. */
export const namespaceController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object }, sim) {
    if (resource === "namespaces") {
      if (type !== "DELETED" && object.metadata.deletionTimestamp) yield object.metadata.name;
    } else if (object.metadata.namespace && type !== "ADDED") {
      const namespace = sim.store.get("namespaces", undefined, object.metadata.namespace);
      if (namespace?.metadata.deletionTimestamp) yield namespace.metadata.name;
    }
  },

  sync(sim, name) {
    const namespace = sim.store.get("namespaces", undefined, name);
    if (!namespace?.metadata.deletionTimestamp) return;
    const remaining = deleteContents(sim, name);
    if (remaining.length > 0) noteRemaining(sim, namespace, remaining);
    else sim.api(CONTROLLER).patch("namespaces", undefined, name, { spec: { finalizers: [] } }, "merge", "finalize");
  },
};

interface Remaining {
  /** `pods.`: upstream puts the group behind the dot, also where it is empty. */
  resource: string;
  count: number;
  finalizers: readonly string[];
}

function deleteContents(sim: Sim, namespace: string): Remaining[] {
  const remaining: Remaining[] = [];
  for (const kind of sim.kinds.stored) {
    if (!kind.namespaced) continue;
    const resource = resourceName(kind);
    for (const object of sim.store.list(resource, namespace)) {
      if (object.metadata.deletionTimestamp) continue;
      try {
        sim.api(CONTROLLER).delete(resource, namespace, object.metadata.name, { propagationPolicy: "Background" });
      } catch (error) {
        // It went together with another.
        if (!(error instanceof StatusError) || error.reason !== "NotFound") throw error;
      }
    }
    const left = sim.store.list(resource, namespace);
    if (left.length === 0) continue;
    const finalizers = left.flatMap((object) => object.metadata.finalizers ?? []);
    remaining.push({ resource: `${kind.plural}.${kind.group}`, count: left.length, finalizers });
  }
  return remaining;
}

function noteRemaining(sim: Sim, namespace: KubeObject, remaining: readonly Remaining[]): void {
  const contents = remaining.map(({ resource, count }) => `${resource} has ${count} resource instances`).join(", ");
  const counts = new Map<string, number>();
  for (const finalizer of remaining.flatMap(({ finalizers }) => finalizers))
    counts.set(finalizer, (counts.get(finalizer) ?? 0) + 1);
  const holding = [...counts].map(([finalizer, count]) => `${finalizer} in ${count} resource instances`).join(", ");
  const wanted = [
    ["NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered", "All resources successfully discovered"],
    [
      "NamespaceDeletionGroupVersionParsingFailure",
      "False",
      "ParsedGroupVersions",
      "All legacy kube types successfully parsed",
    ],
    [
      "NamespaceDeletionContentFailure",
      "False",
      "ContentDeleted",
      "All content successfully deleted, may be waiting on finalization",
    ],
    ["NamespaceContentRemaining", "True", "SomeResourcesRemain", `Some resources are remaining: ${contents}`],
    holding
      ? [
          "NamespaceFinalizersRemaining",
          "True",
          "SomeFinalizersRemain",
          `Some content in the namespace has finalizers remaining: ${holding}`,
        ]
      : [
          "NamespaceFinalizersRemaining",
          "False",
          "ContentHasNoFinalizers",
          "All content-preserving finalizers finished",
        ],
  ] as const;
  const old: any[] = namespace.status?.conditions ?? [];
  const conditions = wanted.map(([type, status, reason, message]) => {
    const known = old.find((condition) => condition.type === type);
    return {
      type,
      status,
      reason,
      message,
      lastTransitionTime: known?.status === status ? known.lastTransitionTime : sim.kernel.now(),
    };
  });
  if (deepEqual(conditions, old)) return;
  const draft = clone(namespace);
  draft.status = { ...draft.status, conditions };
  sim.api(CONTROLLER).updateStatus("namespaces", draft);
}
