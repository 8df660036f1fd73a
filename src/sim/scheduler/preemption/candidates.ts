import type { Pod } from "../../kinds/types";
import { priorityOf } from "../fits";
import { startOf } from "./importance";
import type { Candidate } from "./victims";

/** Makes each victim count for more than its priority, so that fewer are better even below zero. */
const PRIORITY_OFFSET = 2_147_483_648;

const highest = ({ victims }: Candidate): number => (victims[0] ? priorityOf(victims[0]) : -PRIORITY_OFFSET);

/** When the first of the most important victims began to run. */
const earliestStart = ({ victims }: Candidate): number =>
  Math.min(...victims.filter((victim: Pod) => priorityOf(victim) === priorityOf(victims[0]!)).map(startOf));

/** What makes a candidate better than another, the first rule that tells them apart decides; less is better. */
const RULES: readonly ((candidate: Candidate) => number)[] = [
  ({ violations }) => violations,
  highest,
  ({ victims }) => victims.reduce((sum, victim) => sum + priorityOf(victim) + PRIORITY_OFFSET, 0),
  ({ victims }) => victims.length,
  (candidate) => -earliestStart(candidate),
];

/** The candidate that costs least. */
export function bestCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  let left = candidates;
  for (const rule of RULES) {
    if (left.length <= 1) break;
    const costs = left.map(rule);
    const least = Math.min(...costs);
    left = left.filter((_, index) => costs[index] === least);
  }
  return left[0];
}
