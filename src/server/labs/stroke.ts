import { isSoundAgain, type Soundness, soundnessOf } from "@/grading/chaos/soundness";
import { type Aim, aim, STROKE_NAMES, type StrokeName } from "@/grading/chaos/strokes";
import { nextUint32, seedRandom } from "@/sim/kernel/random";
import type { LabApi } from "@/workstation/lab/types";

/** A stroke needs a moment to be felt: nobody has recovered before that. */
export const FELT_AFTER_MS = 1_000;

/** A stroke that a lab has not recovered from. Kept with the lab. */
export interface Struck {
  roundId: string;
  atMs: number;
  sound: Soundness;
}

export type StrokeChoice = StrokeName | "any";

/** Breaks something in a lab, as its seed draws. Undefined where there is nothing to break. */
export function strike(
  lab: LabApi,
  choice: StrokeChoice,
  { roundId, seed, checks }: { roundId: string; seed: string; checks: string[] },
): { struck: Struck; fault: StrokeName } | undefined {
  const random = seedRandom(`${seed}/chaos/${roundId}`);
  const draw = (count: number) => nextUint32(random) % count;
  const candidates: StrokeName[] = choice === "any" ? [...STROKE_NAMES] : [choice];
  while (candidates.length > 0) {
    const [fault] = candidates.splice(draw(candidates.length), 1) as [StrokeName];
    const aimed: Aim | undefined = aim(fault, lab.cluster, draw);
    if (!aimed) continue;
    const sound = soundnessOf(lab.cluster, aimed, checks);
    for (const input of aimed.inputs) lab.apply(input);
    return { struck: { roundId, atMs: lab.nowMs, sound }, fault };
  }
  return undefined;
}

/** Whether the cluster is as well as before, as far as its objects tell; the checks are the grader's to see. */
export const seemsMended = (lab: LabApi, { sound, atMs }: Struck): boolean =>
  lab.nowMs >= atMs + FELT_AFTER_MS && isSoundAgain(lab.cluster, sound);
