import { indexes, type ObjectRef } from "../../apiserver/indexes";
import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import { clone } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import type { Controller } from "../controller";
import type { OwnerReference } from "../controller-ref";

const CONTROLLER = "generic-garbage-collector";
const FOREGROUND = "foregroundDeletion";
const ORPHAN = "orphan";

const keyOf = ({ resource, namespace, name }: Omit<ObjectRef, "uid">) => `${resource} ${namespace ?? ""}/${name}`;
const refOf = (resource: string, { metadata }: KubeObject) => ({
  resource,
  namespace: metadata.namespace,
  name: metadata.name,
});

function find(sim: Sim, key: string): { resource: string; object: KubeObject } | undefined {
  const [resource, rest] = [key.slice(0, key.indexOf(" ")), key.slice(key.indexOf(" ") + 1)];
  const slash = rest.indexOf("/");
  const object = sim.store.get(resource, rest.slice(0, slash) || undefined, rest.slice(slash + 1));
  return object && { resource, object };
}

const ownersOf = (object: KubeObject): readonly OwnerReference[] => object.metadata.ownerReferences ?? [];
const has = (object: KubeObject, finalizer: string): boolean => (object.metadata.finalizers ?? []).includes(finalizer);
const isLeaving = (object: KubeObject): boolean =>
  object.metadata.deletionTimestamp !== undefined && has(object, FOREGROUND);

/** Deletes what nobody owns any more (kubernetes.io/docs/concepts/architecture/garbage-collection). */
export const garbageCollector: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object }, sim) {
    const { metadata } = object;
    if (type === "DELETED") {
      const found = indexes(sim);
      for (const dependent of found.dependents(metadata.uid)) yield keyOf(dependent);
      for (const owner of ownersOf(object)) {
        const ref = found.find(owner.uid);
        const current = ref && sim.store.get(ref.resource, ref.namespace, ref.name);
        if (current && isLeaving(current)) yield keyOf(ref);
      }
      return;
    }
    if (metadata.deletionTimestamp) {
      if (has(object, FOREGROUND) || has(object, ORPHAN)) yield keyOf(refOf(resource, object));
      return;
    }
    if (ownersOf(object).some((owner) => ownerState(sim, object, owner) !== "solid"))
      yield keyOf(refOf(resource, object));
  },

  sync(sim, key) {
    const found = find(sim, key);
    if (!found) return;
    const { resource, object } = found;
    if (!object.metadata.deletionTimestamp) collect(sim, resource, object);
    else if (has(object, ORPHAN)) orphanDependents(sim, resource, object);
    else if (has(object, FOREGROUND)) deleteDependents(sim, resource, object);
  },
};

type OwnerState = "solid" | "dangling" | "leaving";

/** Owners of a kind that this server does not know are left alone: nothing can be said about them. */
function ownerState(sim: Sim, object: KubeObject, owner: OwnerReference): OwnerState {
  if (!sim.kinds.findKind(owner.apiVersion, owner.kind)) return "solid";
  const ref = indexes(sim).find(owner.uid);
  const current = ref && sim.store.get(ref.resource, ref.namespace, ref.name);
  if (!current || (ref.namespace !== undefined && ref.namespace !== object.metadata.namespace)) return "dangling";
  return isLeaving(current) ? "leaving" : "solid";
}

function collect(sim: Sim, resource: string, object: KubeObject): void {
  const owners = ownersOf(object);
  const states = owners.map((owner) => ownerState(sim, object, owner));
  if (states.length === 0 || states.every((state) => state === "solid")) return;
  if (states.includes("solid")) {
    // Somebody still wants it: only the others are struck from the list.
    dropOwners(
      sim,
      resource,
      object,
      owners.filter((_, index) => states[index] !== "solid").map(({ uid }) => uid),
    );
    return;
  }
  const waitsForOwn = states.includes("leaving") && indexes(sim).dependents(object.metadata.uid).length > 0;
  const propagationPolicy = has(object, ORPHAN)
    ? "Orphan"
    : waitsForOwn || has(object, FOREGROUND)
      ? "Foreground"
      : "Background";
  remove(sim, resource, object, propagationPolicy);
}

function remove(
  sim: Sim,
  resource: string,
  object: KubeObject,
  propagationPolicy: "Orphan" | "Foreground" | "Background",
): void {
  const { name, namespace, uid } = object.metadata;
  try {
    sim.api(CONTROLLER).delete(resource, namespace, name, { propagationPolicy, preconditions: { uid } });
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason !== "NotFound") throw error;
  }
}

function dropOwners(sim: Sim, resource: string, object: KubeObject, uids: readonly string[]): void {
  const draft = clone(object);
  const metadata = draft.metadata as any;
  metadata.ownerReferences = ownersOf(object).filter(({ uid }) => !uids.includes(uid));
  if (metadata.ownerReferences.length === 0) delete metadata.ownerReferences;
  sim.api(CONTROLLER).update(resource, draft);
}

function dropFinalizer(sim: Sim, resource: string, object: KubeObject, finalizer: string): void {
  const current = sim.store.get(resource, object.metadata.namespace, object.metadata.name);
  if (!current) return;
  const draft = clone(current);
  const metadata = draft.metadata as any;
  metadata.finalizers = metadata.finalizers.filter((one: string) => one !== finalizer);
  if (metadata.finalizers.length === 0) delete metadata.finalizers;
  sim.api(CONTROLLER).update(resource, draft);
}

function dependentsOf(sim: Sim, object: KubeObject): { resource: string; object: KubeObject }[] {
  return indexes(sim)
    .dependents(object.metadata.uid)
    .flatMap((ref) => find(sim, keyOf(ref)) ?? []);
}

function orphanDependents(sim: Sim, resource: string, owner: KubeObject): void {
  for (const dependent of dependentsOf(sim, owner))
    dropOwners(sim, dependent.resource, dependent.object, [owner.metadata.uid]);
  dropFinalizer(sim, resource, owner, ORPHAN);
}

/** Foreground: the owner stays until all dependents that block its deletion are gone. */
function deleteDependents(sim: Sim, resource: string, owner: KubeObject): void {
  const dependents = dependentsOf(sim, owner);
  for (const dependent of dependents)
    if (!dependent.object.metadata.deletionTimestamp) collect(sim, dependent.resource, dependent.object);
  const blocking = dependentsOf(sim, owner).some(({ object }) =>
    ownersOf(object).some(({ uid, blockOwnerDeletion }) => uid === owner.metadata.uid && blockOwnerDeletion),
  );
  if (!blocking) dropFinalizer(sim, resource, owner, FOREGROUND);
}
