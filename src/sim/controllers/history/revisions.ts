import { indexes } from "../../apiserver/indexes";
import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import { canonicalJson, clone, deepEqual } from "../../kernel/freeze";
import type { ControllerRevision } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { controllerRef } from "../controller-ref";
import { goJson } from "./go-json";

/** The history of StatefulSets and DaemonSets: each template that they have had, as a patch of the whole. */

export const REVISIONS = "controllerrevisions.apps";
/** On pods, which revision they are of. */
export const REVISION_HASH = "controller-revision-hash";

/** A patch that brings the template back, in the bytes that the real controllers write: clients compare them with their own. */
export function templatePatch(template: any): unknown {
  const metadata = { creationTimestamp: null, ...clone(template.metadata ?? {}) };
  return JSON.parse(canonicalJson({ spec: { template: { ...clone(template), metadata, $patch: "replace" } } }));
}

/** The same as text: what the hash of a StatefulSet's revision is taken over. */
export const patchText = (patch: unknown): string => goJson(JSON.parse(canonicalJson(patch)));

/** The template that a revision holds. */
export function templateOf(revision: ControllerRevision): any {
  const { $patch: _, metadata, ...template } = clone((revision.data as any)?.spec?.template ?? {});
  if (metadata?.creationTimestamp === null) delete metadata.creationTimestamp;
  return { ...template, metadata };
}

/** Oldest first. */
export const byRevision = (a: ControllerRevision, b: ControllerRevision): number =>
  a.revision - b.revision || (a.metadata.name < b.metadata.name ? -1 : 1);

export function revisionsOf(sim: Sim, owner: KubeObject): ControllerRevision[] {
  const owned = indexes(sim).controlled(REVISIONS, owner.metadata.uid) as unknown as ControllerRevision[];
  return [...owned].sort(byRevision);
}

export interface NewRevision {
  /** From the count of collisions; gives the name's last part. */
  hash(collisions: number): string;
  hashLabel: string;
  patch: unknown;
}

/**
 * The revision of what the owner is now: an old one that has become current again gets the highest number, a new one is
 * made. `onCollision` is told of a name that is taken by something else.
 */
export function currentRevision(
  sim: Sim,
  controller: string,
  owner: KubeObject,
  history: readonly ControllerRevision[],
  { hash, hashLabel, patch }: NewRevision,
  collisions: number,
): { revision: ControllerRevision; collisions: number } {
  const next = (history.at(-1)?.revision ?? 0) + 1;
  const equal = history.filter(({ data }) => deepEqual(data, patch)).at(-1);
  if (equal) {
    if (equal === history.at(-1)) return { revision: equal, collisions };
    const draft = clone(equal) as any;
    draft.revision = next;
    return { revision: sim.api(controller).update(REVISIONS, draft) as unknown as ControllerRevision, collisions };
  }
  for (let count = collisions; ; count++) {
    const made = create(sim, controller, owner, hash(count), hashLabel, patch, next);
    if (made) return { revision: made, collisions: count };
  }
}

/** Undefined where the name belongs to something else. */
function create(
  sim: Sim,
  controller: string,
  owner: KubeObject,
  hash: string,
  hashLabel: string,
  patch: unknown,
  revision: number,
): ControllerRevision | undefined {
  const { name, namespace, annotations } = owner.metadata;
  const labels = { ...owner.spec.template?.metadata?.labels, [hashLabel]: hash };
  try {
    return sim.api(controller).create(REVISIONS, {
      apiVersion: "apps/v1",
      kind: "ControllerRevision",
      metadata: {
        name: `${name}-${hash}`,
        namespace,
        labels,
        ...(annotations && { annotations: clone(annotations) }),
        ownerReferences: [controllerRef(owner)],
      },
      data: patch,
      revision,
    }) as unknown as ControllerRevision;
  } catch (error) {
    if (!(error instanceof StatusError) || error.reason !== "AlreadyExists") throw error;
    const twin = sim.store.get(REVISIONS, namespace, `${name}-${hash}`) as unknown as ControllerRevision;
    return deepEqual(twin.data, patch) ? twin : undefined;
  }
}

/** Deletes the oldest that nothing uses, beyond the limit. */
export function truncateHistory(
  sim: Sim,
  controller: string,
  history: readonly ControllerRevision[],
  isLive: (revision: ControllerRevision) => boolean,
  limit: number,
): void {
  const old = history.filter((revision) => !isLive(revision));
  for (const { metadata } of old.slice(0, Math.max(0, old.length - limit)))
    sim.api(controller).delete(REVISIONS, metadata.namespace, metadata.name);
}
