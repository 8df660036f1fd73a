import { clone } from "../kernel/freeze";
import type { KubeObject } from "../types";
import { groupVersion, type KindDefinition } from "./kind";

/** Objects are frozen, so what they look like in another version is worked out once. */
const views = new WeakMap<KubeObject, Map<KindDefinition, KubeObject>>();

/** A stored object as a kind shows it. */
export function asServed(kind: KindDefinition, stored: KubeObject): KubeObject {
  if (!kind.storedAs) return stored;
  const known = views.get(stored) ?? new Map<KindDefinition, KubeObject>();
  views.set(stored, known);
  let view = known.get(kind);
  if (!view) {
    view = { ...kind.storedAs.fromStored(stored), apiVersion: groupVersion(kind), kind: kind.kind };
    known.set(kind, view);
  }
  return view;
}

/** What a client sent in some version, as it is stored; a private copy. */
export function asStored(kind: KindDefinition, storedKind: KindDefinition, draft: KubeObject): KubeObject {
  if (!kind.storedAs) return draft;
  return { ...clone(kind.storedAs.toStored(draft)), apiVersion: groupVersion(storedKind), kind: storedKind.kind };
}
