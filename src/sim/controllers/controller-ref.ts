import { indexes } from "../apiserver/indexes";
import { type LabelSelector, matchesLabels } from "../apiserver/selectors/labels";
import type { Sim } from "../component";
import { clone } from "../kernel/freeze";
import type { KubeObject } from "../types";

export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** The owner that manages this object, if any (kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents). */
export function controllerOf(object: {
  metadata: { ownerReferences?: readonly OwnerReference[] };
}): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller);
}

export function controllerRef(owner: KubeObject): OwnerReference {
  const { apiVersion, kind } = owner;
  const { name, uid } = owner.metadata;
  return { apiVersion, kind, name, uid, controller: true, blockOwnerDeletion: true };
}

/**
 * The objects that `owner` manages: those that name it and match its selector. One that matches and belongs to nobody is
 * adopted, one that no longer matches is released, as upstream's ControllerRefManager does. `isMember` asks more than labels.
 */
export function claim<T extends KubeObject>(
  sim: Sim,
  controller: string,
  owner: KubeObject,
  resource: string,
  selector: LabelSelector | undefined,
  isMember: (object: KubeObject) => boolean = () => true,
): T[] {
  const namespace = owner.metadata.namespace!;
  const found = indexes(sim);
  const mine: KubeObject[] = [];
  const deleting = owner.metadata.deletionTimestamp !== undefined;
  const matches = (object: KubeObject) =>
    selector !== undefined && matchesLabels(selector, object.metadata.labels) && isMember(object);
  for (const object of found.controlled(resource, owner.metadata.uid)) {
    if (matches(object)) mine.push(object);
    else if (!deleting) release(sim, controller, owner, resource, object);
  }
  if (!deleting && selector && selector.length > 0) {
    for (const object of found.orphans(resource, namespace)) {
      if (object.metadata.deletionTimestamp || !matches(object)) continue;
      const draft = clone(object);
      (draft.metadata as any).ownerReferences = [...(draft.metadata.ownerReferences ?? []), controllerRef(owner)];
      mine.push(sim.api(controller).update(resource, draft));
    }
  }
  return mine as T[];
}

function release(sim: Sim, controller: string, owner: KubeObject, resource: string, object: KubeObject): void {
  const draft = clone(object);
  const others = (draft.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== owner.metadata.uid);
  if (others.length > 0) (draft.metadata as any).ownerReferences = others;
  else delete (draft.metadata as any).ownerReferences;
  sim.api(controller).update(resource, draft);
}

/** Whether an object in the store is the one that a reference means, not one of the same name made anew. */
export function resolve<T extends KubeObject>(
  sim: Sim,
  resource: string,
  namespace: string,
  reference: OwnerReference,
): T | undefined {
  const owner = sim.store.get(resource, namespace, reference.name);
  return owner?.metadata.uid === reference.uid ? (owner as T) : undefined;
}
