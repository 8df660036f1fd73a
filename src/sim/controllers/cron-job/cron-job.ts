import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import { parseRfc3339, rfc1123z, rfc3339 } from "../../kernel/time";
import { isTimeZone, parseSchedule, type Schedule, ScheduleError } from "../../kinds/cron-job/schedule";
import type { CronJob, Job } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { controllerOf, resolve } from "../controller-ref";
import { isNamespaceTerminating } from "../pod-control";
import { activeOf, cleanUp, inActiveListByName, reviewJobs } from "./active";
import { jobName, jobOf } from "./job-of";
import { CONTROLLER, CRON_JOBS, JOBS } from "./names";
import { ownerOf } from "./owner";
import { type MostRecent, mostRecent, waitForNext } from "./schedule";
import { deleteJob, event, type Turn } from "./turn";

/** Keys of CronJobs whose schedule has changed: a start that only the new one names is not made up for. */
const RESCHEDULED = "rescheduled:";

/** CronJobs, as upstream's controller of that name keeps them (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/). */
export const cronJobController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object, previous }, sim) {
    if (resource === CRON_JOBS) {
      const before = type === "MODIFIED" ? previous?.spec : undefined;
      const { schedule, timeZone } = object.spec;
      const changed = before && (before.schedule !== schedule || before.timeZone !== timeZone);
      yield changed ? `${RESCHEDULED}${keyOf(object)}` : keyOf(object);
    }
    if (resource !== JOBS) return;
    for (const job of previous && type === "MODIFIED" ? [previous, object] : [object]) {
      const owner = ownerOf(job);
      const found = owner && resolve(sim, CRON_JOBS, job.metadata.namespace!, owner);
      if (found) yield keyOf(found);
    }
  },

  sync(sim, key) {
    const rescheduled = key.startsWith(RESCHEDULED);
    const own = rescheduled ? key.slice(RESCHEDULED.length) : key;
    const { namespace, name } = splitKey(own);
    const cronJob = sim.store.get(CRON_JOBS, namespace, name) as unknown as CronJob | undefined;
    if (!cronJob) return;
    if (!rescheduled) return syncCronJob(sim, cronJob);
    const schedule = readable(cronJob);
    const wait = schedule && waitForNext(cronJob, schedule, sim.kernel.nowMs);
    if (wait !== undefined) sim.kernel.schedule(wait, CONTROLLER, own);
  },
};

function readable({ spec }: CronJob): Schedule | undefined {
  try {
    return parseSchedule(spec.schedule!);
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    return undefined;
  }
}

function syncCronJob(sim: Sim, cronJob: CronJob): { requeueAfterMs: number } | undefined {
  const jobs = sim.store
    .list(JOBS, cronJob.metadata.namespace)
    .filter((job) => ownerOf(job)?.uid === cronJob.metadata.uid) as unknown as Job[];
  const turn: Turn = { sim, cronJob, jobs, status: clone((cronJob.status ?? {}) as any) };
  reviewJobs(turn);
  let requeueAfterMs: number | undefined;
  let refusal: StatusError | undefined;
  try {
    if (!cronJob.metadata.deletionTimestamp) requeueAfterMs = startWhatIsDue(turn);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    refusal = error;
  }
  cleanUp(turn);
  writeStatus(turn);
  if (refusal) throw refusal;
  return requeueAfterMs === undefined ? undefined : { requeueAfterMs };
}

function writeStatus({ sim, cronJob, status }: Turn): void {
  if (status.active?.length === 0) delete status.active;
  if (deepEqual(status, cronJob.status ?? {})) return;
  const { namespace, name, uid } = cronJob.metadata;
  const stored = sim.store.get(CRON_JOBS, namespace, name);
  if (stored?.metadata.uid !== uid) return;
  const draft = clone(stored);
  draft.status = status;
  sim.api(CONTROLLER).updateStatus(CRON_JOBS, draft);
}

/** Returns how long until the next look. */
function startWhatIsDue(turn: Turn): number | undefined {
  const { sim, cronJob, status } = turn;
  const spec = cronJob.spec as any;
  if (spec.timeZone && !isTimeZone(spec.timeZone)) {
    const text = `invalid timeZone: ${JSON.stringify(spec.timeZone)}: unknown time zone ${spec.timeZone}`;
    event(turn, "Warning", "UnknownTimeZone", text);
    return undefined;
  }
  if (spec.suspend) return undefined;
  const schedule = readable(cronJob);
  if (!schedule) return undefined;
  const { nowMs } = sim.kernel;
  const dueMs = dueTime(turn, schedule, nowMs);
  // From here on the next look is counted from what the status then says.
  const nextLook = () => waitForNext({ ...cronJob, status } as CronJob, schedule, nowMs);
  if (dueMs === undefined) return nextLook();
  const deadlineS: number | undefined = spec.startingDeadlineSeconds;
  if (deadlineS !== undefined && dueMs + deadlineS * 1000 < nowMs) {
    event(turn, "Warning", "MissSchedule", `Missed scheduled time to start a job: ${rfc1123z(dueMs)}`);
    return nextLook();
  }
  const name = jobName(cronJob, dueMs);
  const started = status.lastScheduleTime && parseRfc3339(status.lastScheduleTime) === dueMs;
  if (started || inActiveListByName(turn, { name, namespace: cronJob.metadata.namespace! })) return nextLook();
  if (spec.concurrencyPolicy === "Forbid" && activeOf(turn).length > 0) {
    const text = "Not starting job because prior execution is running and concurrency policy is Forbid";
    event(turn, "Normal", "JobAlreadyActive", text);
    return nextLook();
  }
  if (spec.concurrencyPolicy === "Replace" && !replaceActive(turn)) return nextLook();
  if (start(turn, dueMs)) return nextLook();
  return undefined;
}

function dueTime(turn: Turn, schedule: Schedule, nowMs: number): number | undefined {
  let found: MostRecent;
  try {
    found = mostRecent(turn.cronJob, schedule, nowMs, true);
  } catch (error) {
    const text = `invalid schedule: ${turn.cronJob.spec.schedule} : ${(error as Error).message}`;
    event(turn, "Warning", "InvalidSchedule", text);
    return undefined;
  }
  if (found.recentMs !== undefined && found.missed === "many") {
    const advice = "Set or decrease .spec.startingDeadlineSeconds or check clock skew";
    event(turn, "Warning", "TooManyMissedTimes", `too many missed start times. ${advice}`);
  }
  return found.recentMs;
}

function replaceActive(turn: Turn): boolean {
  for (const { name, namespace } of [...activeOf(turn)]) {
    const job = turn.sim.store.get(JOBS, namespace, name) as unknown as Job | undefined;
    if (!job || !deleteJob(turn, job)) return false;
  }
  return true;
}

/** False where the namespace is going. A Job of that name that is ours already is taken for the one meant. */
function start(turn: Turn, dueMs: number): boolean {
  const { sim, cronJob, status } = turn;
  const request = jobOf(cronJob, dueMs);
  let job: KubeObject;
  try {
    job = sim.api(CONTROLLER).create(JOBS, request);
    event(turn, "Normal", "SuccessfulCreate", `Created job ${job.metadata.name}`);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    if (isNamespaceTerminating(error)) return false;
    const twin = sim.store.get(JOBS, cronJob.metadata.namespace, request.metadata.name!);
    if (error.reason !== "AlreadyExists" || !twin || controllerOf(twin)?.uid !== cronJob.metadata.uid) {
      if (error.reason !== "AlreadyExists")
        event(turn, "Warning", "FailedCreate", `Error creating job: ${error.message}`);
      throw error;
    }
    job = twin;
  }
  const { apiVersion, kind, metadata } = job;
  const { name, namespace, resourceVersion, uid } = metadata;
  status.active = [...activeOf(turn), { apiVersion, kind, name, namespace, resourceVersion, uid }];
  status.lastScheduleTime = rfc3339(dueMs);
  return true;
}
