import { parseRfc3339 } from "../../kernel/time";
import type { Job } from "../../kinds/types";
import { isFinished } from "../job/conditions";
import { JOBS } from "./names";
import { deleteJob, event, type Turn } from "./turn";

const isTrue = (job: Job, type: string): boolean =>
  (job.status?.conditions ?? []).some((one: any) => one.type === type && one.status === "True");

export const activeOf = ({ status }: Pick<Turn, "status">): readonly any[] => status?.active ?? [];

export const inActiveList = (turn: Pick<Turn, "status">, uid: string): boolean =>
  activeOf(turn).some((one) => one.uid === uid);

/** A Job that the store does not show yet is known by its name. */
export const inActiveListByName = (
  turn: Pick<Turn, "status">,
  { name, namespace }: Pick<Job["metadata"], "name" | "namespace">,
): boolean => activeOf(turn).some((one) => one.name === name && one.namespace === namespace);

/** Brings the list of active Jobs in line with the Jobs that there are, and says what has changed. */
export function reviewJobs(turn: Turn): void {
  for (const job of turn.jobs) reviewJob(turn, job);
  const present = new Set(turn.jobs.map(({ metadata }) => metadata.uid));
  for (const { uid, name, namespace } of activeOf(turn)) {
    if (present.has(uid) || turn.sim.store.get(JOBS, namespace, name)) continue;
    event(turn, "Normal", "MissingJob", `Active job went missing: ${name}`);
    turn.status.active = activeOf(turn).filter((one) => one.uid !== uid);
  }
}

function reviewJob(turn: Turn, job: Job): void {
  const { status } = turn;
  const { uid, name } = job.metadata;
  const listed = inActiveList(turn, uid);
  const finished = isFinished(job);
  if (!listed && !finished) {
    event(turn, "Warning", "UnexpectedJob", `Saw a job that the controller did not create or forgot: ${name}`);
  } else if (listed && finished) {
    status.active = activeOf(turn).filter((one) => one.uid !== uid);
    const condition = isTrue(job, "Complete") ? "Complete" : "Failed";
    event(turn, "Normal", "SawCompletedJob", `Saw completed job: ${name}, condition: ${condition}`);
  } else if (isTrue(job, "Complete")) {
    const completed = job.status?.completionTime;
    if (!completed) return;
    const known: string | undefined = status.lastSuccessfulTime;
    if (!known || parseRfc3339(completed)! > parseRfc3339(known)!) status.lastSuccessfulTime = completed;
  }
}

const byStart = (a: Job, b: Job): number => {
  const [first, second] = [a.status?.startTime ?? "", b.status?.startTime ?? ""];
  if (first !== second) return first < second ? -1 : 1;
  return a.metadata.name < b.metadata.name ? -1 : 1;
};

/** Deletes the oldest ended Jobs beyond the history's limits. */
export function cleanUp(turn: Turn): void {
  const { successfulJobsHistoryLimit, failedJobsHistoryLimit } = turn.cronJob.spec as any;
  for (const [type, limit] of [
    ["Failed", failedJobsHistoryLimit],
    ["Complete", successfulJobsHistoryLimit],
  ]) {
    if (limit === undefined || limit === null) continue;
    const ended = turn.jobs.filter((job) => isTrue(job, type)).sort(byStart);
    for (const job of ended.slice(0, Math.max(0, ended.length - limit))) deleteJob(turn, job);
  }
}
