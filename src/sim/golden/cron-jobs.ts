import type { Sim } from "../component";
import { inActiveList, inActiveListByName } from "../controllers/cron-job/active";
import { jobName, jobOf, minutesOf } from "../controllers/cron-job/job-of";
import { ownerOf } from "../controllers/cron-job/owner";
import { mostRecent } from "../controllers/cron-job/schedule";
import { deleteJob } from "../controllers/cron-job/turn";
import { isFinished } from "../controllers/job/conditions";
import { parseRfc3339, rfc3339 } from "../kernel/time";
import { nextTime, parseSchedule } from "../kinds/cron-job/schedule";
import type { CronJob } from "../kinds/types";
import type { GoldenCase } from "./cases";
import { callsSuite, differs } from "./suite";
import { attempt } from "./values";

/** What a Job of the recording has in common with one of 1.33: that names the version and notes the start as well. */
const plainJob = ({ metadata: { name, labels, annotations, ownerReferences }, spec }: any) => {
  const { "batch.kubernetes.io/cronjob-scheduled-timestamp": _, ...rest } = annotations ?? {};
  const owner = ownerReferences?.map(({ kind, name, uid, controller, blockOwnerDeletion }: any) =>
    [kind, name, uid, controller, blockOwnerDeletion].join(),
  );
  return { name, labels, annotations: rest, owner, spec };
};

/** A Job as the first controller made it, which named it by the second. */
const namelessJob = (job: any) => ({ ...plainJob(job), name: undefined });

/** Upstream listed all starts that were missed; since then it finds the last one and says whether there were many. */
function missedStarts({ in: [cronJob, at], out: [starts, failure] }: GoldenCase): string[] {
  const nowMs = parseRfc3339(at)!;
  const tooMany = failure?.error.startsWith("too many missed");
  const ours = attempt(() => {
    const { recentMs, missed } = mostRecent(cronJob, parseSchedule(cronJob.spec.schedule), nowMs, true);
    if (tooMany) return missed;
    return recentMs === undefined ? "none" : rfc3339(recentMs);
  });
  return differs(ours, tooMany ? "many" : (failure ?? starts.at(-1) ?? "none"));
}

/** Schedules were recorded as sets of bits; only the minute ever differs. */
const scheduleOf = ({ Minute }: { Minute: number }) => parseSchedule(`${Math.log2(Minute)} * * * ?`);

/** Deletes a Job where nothing refuses: whether it is said to be gone, and is on the list no more. */
function deletion(cronJob: CronJob, job: any): boolean {
  const sim = { api: () => ({ delete: () => undefined }), recorder: { event: () => undefined } } as unknown as Sim;
  const turn = { sim, cronJob, jobs: [job], status: { ...cronJob.status } };
  return deleteJob(turn, job) && !inActiveList(turn, job.metadata.uid);
}

/** The recording holds two controllers' functions; asked is what 1.33 still has of them. */
export const cronJobSuite = callsSuite("cronjob-utils.jsonl.gz", {
  IsJobFinished: ({ in: [job], out }) => differs(isFinished(job), out[0]),
  deleteJob: ({ in: [cronJob, job], out }) => differs(deletion(cronJob, job), out[0]),
  getJobFromTemplate: ({ in: [cronJob, at], out }) =>
    differs(namelessJob(jobOf(cronJob, parseRfc3339(at)!)), namelessJob(out[0])),
  getJobFromTemplate2: ({ in: [cronJob, at], out }) =>
    differs(plainJob(jobOf(cronJob, parseRfc3339(at)!)), plainJob(out[0])),
  getJobName: ({ in: [cronJob, at], out }) => differs(jobName(cronJob, parseRfc3339(at)!), out[0]),
  getParentUIDFromJob: ({ in: [job], out }) => differs(ownerOf(job)?.uid ?? "", out[0]),
  getRecentUnmetScheduleTimes: missedStarts,
  getTimeHashInMinutes: ({ in: [at], out }) => differs(minutesOf(parseRfc3339(at)!), out[0]),
  getUnmetScheduleTimes: missedStarts,
  groupJobsByParent: ({ in: [jobs], out }) => {
    const groups: Record<string, unknown[]> = {};
    for (const job of jobs) {
      const owner = ownerOf(job);
      if (owner) groups[owner.uid] = [...(groups[owner.uid] ?? []), job];
    }
    return differs(groups, out[0]);
  },
  inActiveList: ({ in: [{ status }, uid], out }) => differs(inActiveList({ status }, uid), out[0]),
  isJobInActiveList: ({ in: [{ metadata }, active], out }) =>
    differs(inActiveListByName({ status: { active: active ?? [] } }, metadata), out[0]),
  nextScheduledTimeDuration: ({ in: [schedule, at], out }) =>
    differs((nextTime(scheduleOf(schedule), parseRfc3339(at)!)! + 100 - parseRfc3339(at)!) * 1e6, out[0]),
});
