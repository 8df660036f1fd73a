import type { Sim } from "../../component";
import type { Job, Pod } from "../../kinds/types";
import { finishedMs } from "./job-pods";

/** Ten seconds after the first failure, twice as long after each further one in a row, at most ten minutes. */
const BASE_MS = 10_000;
const LIMIT_MS = 600_000;

export interface Backoff {
  failures: number;
  lastFailureMs: number;
}

const NONE: Backoff = { failures: 0, lastFailureMs: 0 };
/** By the Job's uid, or by uid and index where each index has a limit of its own. */
const table = (sim: Sim) => sim.kernel.table<Backoff>("job-controller.backoff");
export const backoffKey = (job: Job, index?: number): string =>
  index === undefined ? job.metadata.uid : `${job.metadata.uid}/${index}`;

export const backoffOf = (sim: Sim, key: string): Backoff => table(sim).get(key) ?? NONE;

/** Takes note of pods that have just ended: failures in a row since the last success. */
export function noteFinished(sim: Sim, key: string, succeeded: readonly Pod[], failed: readonly Pod[]): void {
  if (succeeded.length + failed.length === 0) return;
  const { nowMs } = sim.kernel;
  const lastSuccess = Math.max(Number.NEGATIVE_INFINITY, ...succeeded.map((pod) => finishedMs(pod, nowMs)));
  const failures = failed.map((pod) => finishedMs(pod, nowMs)).filter((atMs) => atMs > lastSuccess);
  const before = succeeded.length > 0 ? NONE : backoffOf(sim, key);
  const lastFailureMs = Math.max(before.lastFailureMs, ...failures);
  const count = before.failures + failures.length;
  if (count === 0) table(sim).delete(key);
  else table(sim).set(key, { failures: count, lastFailureMs });
}

export function forgetBackoff(sim: Sim, uid: string): void {
  for (const key of [...table(sim).keys()]) if (key === uid || key.startsWith(`${uid}/`)) table(sim).delete(key);
}

/** How long until the next pod may be made. */
export function remainingMs(sim: Sim, key: string): number {
  const { failures, lastFailureMs } = backoffOf(sim, key);
  if (failures === 0) return 0;
  const delay = Math.min(LIMIT_MS, BASE_MS * 2 ** Math.min(failures - 1, 30));
  return Math.max(0, lastFailureMs + delay - sim.kernel.nowMs);
}
