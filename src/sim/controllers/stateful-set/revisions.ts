import { labelSelectorOf } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import type { ControllerRevision } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { claim } from "../controller-ref";
import { fnv32, utf8 } from "../fnv";
import {
  byRevision,
  currentRevision,
  patchText,
  REVISIONS,
  templatePatch,
  truncateHistory,
} from "../history/revisions";
import { safeEncode } from "../pod-template-hash";
import { revisionOfPod } from "./identity";
import { CONTROLLER } from "./names";

const HASH_LABEL = "controller.kubernetes.io/hash";

export interface Revisions {
  all: readonly ControllerRevision[];
  /** The one that pods below the partition have. */
  current: ControllerRevision;
  /** The one of the template as it is now. */
  update: ControllerRevision;
  collisions: number;
}

/** history.HashControllerRevision: over the patch's bytes and the count of collisions in digits. */
const hashOf = (text: string, collisions: number): string => safeEncode(String(fnv32(utf8(`${text}${collisions}`))));

export function revisionsFor(sim: Sim, set: KubeObject): Revisions {
  const selector = labelSelectorOf(set.spec.selector);
  const owned = claim<KubeObject>(sim, CONTROLLER, set, REVISIONS, selector) as unknown as ControllerRevision[];
  const all = [...owned].sort(byRevision);
  const patch = templatePatch(set.spec.template);
  const text = patchText(patch);
  const { revision: update, collisions } = currentRevision(
    sim,
    CONTROLLER,
    set,
    all,
    { hash: (count) => hashOf(text, count), hashLabel: HASH_LABEL, patch },
    set.status?.collisionCount ?? 0,
  );
  const current = all.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
  return { all, current, update, collisions };
}

/** Deletes old revisions that no pod is of any more, beyond `revisionHistoryLimit`. */
export function truncate(
  sim: Sim,
  set: KubeObject,
  { all, current, update }: Revisions,
  pods: readonly KubeObject[],
): void {
  const live = new Set([current.metadata.name, update.metadata.name, ...pods.map(revisionOfPod)]);
  const limit: number = set.spec.revisionHistoryLimit ?? 10;
  if (limit >= 0) truncateHistory(sim, CONTROLLER, all, ({ metadata }) => live.has(metadata.name), limit);
}
