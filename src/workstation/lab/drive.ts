import type { LabApi } from "./types";

/** A lab that waits for something that will never come: input, or a change that nobody makes. */
export class LabStalled extends Error {}

/**
 * Lets lab time run until `work` is done: the clock jumps from event to event, so that a `sleep 60` costs nothing.
 * Throws LabStalled where nothing is due any more, or when `limitMs` of lab time have passed.
 */
export async function runToEnd<T>(lab: LabApi, work: Promise<T>, limitMs: number): Promise<T> {
  let settled = false;
  const mark = () => {
    settled = true;
  };
  work.then(mark, mark);
  const deadline = lab.nowMs + limitMs;
  for (;;) {
    await lab.advanceTo(lab.nowMs);
    if (settled) return work;
    const next = lab.nextEventMs();
    if (next === undefined) throw new LabStalled("nothing is due any more");
    if (next > deadline) throw new LabStalled("the time that it may take is over");
    await lab.advanceTo(next);
  }
}
