import { parseRfc3339 } from "../../kernel/time";
import { nextTime, type Schedule } from "../../kinds/cron-job/schedule";
import type { CronJob } from "../../kinds/types";

/** Which start is due, and when to look again. All times in milliseconds. */

/** Looks a little after the full minute, so that the moment is past for certain. */
const NEXT_DELTA_MS = 100;
/** With more missed starts than this something is amiss, which is told. */
const MANY_MISSED = 100;

export interface MostRecent {
  earliestMs: number;
  /** The last start that the schedule names between then and now. */
  recentMs?: number;
  missed: "none" | "few" | "many";
}

const timeOf = (text: string | null | undefined): number | undefined =>
  text === null || text === undefined ? undefined : parseRfc3339(text);

/** Throws where the schedule names starts less than a second apart. */
export function mostRecent(cronJob: CronJob, schedule: Schedule, nowMs: number, withDeadline: boolean): MostRecent {
  const { metadata, spec, status } = cronJob as any;
  let earliestMs = timeOf(status?.lastScheduleTime) ?? timeOf(metadata.creationTimestamp) ?? 0;
  if (withDeadline && spec.startingDeadlineSeconds !== undefined)
    earliestMs = Math.max(earliestMs, nowMs - spec.startingDeadlineSeconds * 1000);
  const next = (afterMs: number) => nextTime(schedule, afterMs, spec.timeZone) ?? Number.POSITIVE_INFINITY;
  const first = next(earliestMs);
  if (nowMs < first) return { earliestMs, missed: "none" };
  const second = next(first);
  if (nowMs < second) return { earliestMs, recentMs: first, missed: "none" };
  const distanceS = Math.round((second - first) / 1000);
  if (distanceS < 1) throw new Error("time difference between two schedules is less than 1 second");
  const count = Math.floor(Math.floor((nowMs - first) / 1000) / distanceS) + 1;
  const missed = count > MANY_MISSED ? "many" : "few";
  // The first two distances may not be like the rest: the last of the starts is looked for from near the end.
  let recentMs: number | undefined;
  for (let at = next(first + (count - 2) * distanceS * 1000); at <= nowMs; at = next(at)) recentMs = at;
  return recentMs === undefined ? { earliestMs, missed } : { earliestMs, recentMs, missed };
}

/** How long until the next start has come; undefined where none ever will. */
export function waitForNext(cronJob: CronJob, schedule: Schedule, nowMs: number): number | undefined {
  const { timeZone } = cronJob.spec as { timeZone?: string };
  let from = nowMs;
  try {
    const { earliestMs, recentMs, missed } = mostRecent(cronJob, schedule, nowMs, false);
    from = recentMs ?? (missed === "none" ? earliestMs : nowMs);
  } catch {
    // A schedule too dense to be followed is looked at from now on.
  }
  const next = nextTime(schedule, from, timeZone);
  return next === undefined ? undefined : next + NEXT_DELTA_MS - nowMs;
}
