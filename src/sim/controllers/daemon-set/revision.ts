import { labelSelectorOf } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import { clone } from "../../kernel/freeze";
import { TEMPLATE_GENERATION } from "../../kinds/daemon-set";
import type { ControllerRevision } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { claim } from "../controller-ref";
import { byRevision, currentRevision, REVISION_HASH, REVISIONS, templatePatch } from "../history/revisions";
import { podTemplateHash } from "../pod-template-hash";
import { CONTROLLER, DAEMON_SETS } from "./names";
import { POD_TEMPLATE_GENERATION } from "./placement";

export interface History {
  current: ControllerRevision;
  old: readonly ControllerRevision[];
}

/** The revision of the template as it is now, made if need be, and those before it. */
export function historyOf(sim: Sim, daemonSet: KubeObject): History {
  const selector = labelSelectorOf(daemonSet.spec.selector);
  const all = claim<KubeObject>(sim, CONTROLLER, daemonSet, REVISIONS, selector) as unknown as ControllerRevision[];
  const { template } = daemonSet.spec;
  const count: number | undefined = daemonSet.status?.collisionCount;
  const { revision, collisions } = currentRevision(
    sim,
    CONTROLLER,
    daemonSet,
    [...all].sort(byRevision),
    {
      hash: (collisions) => podTemplateHash(template, collisions || undefined),
      hashLabel: REVISION_HASH,
      patch: templatePatch(template),
    },
    count ?? 0,
  );
  if (collisions !== (count ?? 0)) noteCollisions(sim, daemonSet, collisions);
  return { current: revision, old: all.filter(({ metadata }) => metadata.uid !== revision.metadata.uid) };
}

function noteCollisions(sim: Sim, { metadata }: KubeObject, collisionCount: number): void {
  const draft = clone(sim.store.get(DAEMON_SETS, metadata.namespace, metadata.name)!);
  draft.status = { ...draft.status, collisionCount };
  sim.api(CONTROLLER).updateStatus(DAEMON_SETS, draft);
}

export const hashOf = ({ metadata }: ControllerRevision): string => metadata.labels?.[REVISION_HASH] ?? "";

/** Of this revision, or of this count of the template's changes, which is how it was told before there were revisions. */
export function isUpdated(daemonSet: KubeObject, pod: KubeObject, hash: string): boolean {
  const labels = pod.metadata.labels ?? {};
  const generation = daemonSet.metadata.annotations?.[TEMPLATE_GENERATION];
  const sameGeneration = generation !== undefined && labels[POD_TEMPLATE_GENERATION] === generation;
  return sameGeneration || (hash !== "" && labels[REVISION_HASH] === hash);
}

/** Deletes the oldest beyond `revisionHistoryLimit`, but none that a pod is still of. */
export function cleanHistory(sim: Sim, daemonSet: KubeObject, { old }: History, pods: readonly KubeObject[]): void {
  let surplus = old.length - (daemonSet.spec.revisionHistoryLimit ?? 10);
  if (surplus <= 0) return;
  const live = new Set(pods.map((pod) => pod.metadata.labels?.[REVISION_HASH]));
  for (const revision of [...old].sort(byRevision)) {
    if (surplus <= 0) return;
    if (live.has(hashOf(revision))) continue;
    sim.api(CONTROLLER).delete(REVISIONS, revision.metadata.namespace, revision.metadata.name);
    surplus--;
  }
}
