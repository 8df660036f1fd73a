import { setTimeout as sleep } from "node:timers/promises";
import type { LabApi } from "@/workstation/lab/types";

const LONGEST_NAP_MS = 50;

/** Lets a lab run at `speed` lab ms per wall ms until `work` is done. */
export async function runOnWallClock<T>(lab: LabApi, work: Promise<T>, speed: number): Promise<T> {
  let settled = false;
  const mark = () => {
    settled = true;
  };
  work.then(mark, mark);
  const wallStart = performance.now();
  const labStart = lab.nowMs;
  while (!settled) {
    await lab.advanceTo(Math.max(lab.nowMs, labStart + Math.floor((performance.now() - wallStart) * speed)));
    if (settled) break;
    const next = lab.nextEventMs();
    const waitMs = next === undefined ? LONGEST_NAP_MS : (next - lab.nowMs) / speed;
    await sleep(Math.min(Math.max(1, waitMs), LONGEST_NAP_MS));
  }
  return work;
}
