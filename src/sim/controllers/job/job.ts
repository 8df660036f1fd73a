import { labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import { formatIndexes } from "../../kinds/job/indexes";
import type { Job, Pod } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { claim, controllerOf, resolve } from "../controller-ref";
import { deletePod, dropFinalizer } from "../pod-control";
import { isPodReady } from "../pod-state";
import { forgetBackoff } from "./backoff";
import { ensureCondition, isFinished, OUTCOMES, type Outcome } from "./conditions";
import { hasLimitPerIndex, isIndexed, isTracked, TRACKING_FINALIZER } from "./job-pods";
import { CONTROLLER, type Managed, manage } from "./manage";
import { deadlineInMs, decide, isComplete } from "./outcome";
import { type Tracking, track } from "./tracking";

const JOBS = "jobs.batch";
/** Jobs of another controller are left to it. */
const OURS = "kubernetes.io/job-controller";
/** Keys of pods whose Job is gone, and which must not wait for it. */
const ORPHAN = "orphan:";

/** Jobs, as upstream's controller of that name keeps them (https://kubernetes.io/docs/concepts/workloads/controllers/job/). */
export const jobController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object, previous }, sim) {
    if (resource === JOBS) {
      yield keyOf(object);
      return;
    }
    if (resource !== "pods") return;
    for (const pod of previous && type === "MODIFIED" ? [previous, object] : [object]) {
      const owner = controllerOf(pod);
      const found = owner?.kind === "Job" ? resolve(sim, JOBS, pod.metadata.namespace!, owner) : undefined;
      if (found) yield keyOf(found);
      else if (type !== "DELETED" && pod === object && isTracked(pod)) yield `${ORPHAN}${keyOf(pod)}`;
      if (owner || type === "DELETED") continue;
      for (const job of sim.store.list(JOBS, pod.metadata.namespace)) {
        const selector = labelSelectorOf(job.spec.selector);
        if (selector && selector.length > 0 && matchesLabels(selector, pod.metadata.labels)) yield keyOf(job);
      }
    }
  },

  sync(sim, key) {
    if (key.startsWith(ORPHAN)) {
      releaseOrphan(sim, key.slice(ORPHAN.length));
      return;
    }
    const { namespace, name } = splitKey(key);
    const job = sim.store.get(JOBS, namespace, name) as unknown as Job | undefined;
    if (!job) {
      releasePodsOf(sim, namespace, name);
      return;
    }
    if ((job.spec.managedBy ?? OURS) !== OURS) return;
    return syncJob(sim, job);
  },
};

function releaseOrphan(sim: Sim, key: string): void {
  const { namespace, name } = splitKey(key);
  const pod = sim.store.get("pods", namespace, name);
  const owner = pod && controllerOf(pod);
  if (!pod || (owner?.kind === "Job" && resolve(sim, JOBS, namespace, owner))) return;
  dropFinalizer(sim, CONTROLLER, "pods", pod, TRACKING_FINALIZER);
}

/** Pods outlive a Job that was deleted in the background; nothing waits to be counted any more. */
function releasePodsOf(sim: Sim, namespace: string, name: string): void {
  for (const pod of sim.store.list("pods", namespace)) {
    const owner = controllerOf(pod);
    if (owner?.kind !== "Job" || owner.name !== name || !isTracked(pod)) continue;
    forgetBackoff(sim, owner.uid);
    dropFinalizer(sim, CONTROLLER, "pods", pod, TRACKING_FINALIZER);
  }
}

function syncJob(sim: Sim, stored: Job): { requeueAfterMs: number } | undefined {
  const pods = claim<KubeObject>(
    sim,
    CONTROLLER,
    stored as unknown as KubeObject,
    "pods",
    labelSelectorOf(stored.spec.selector as any),
  ) as unknown as Pod[];
  if (isFinished(stored)) {
    for (const pod of pods.filter(isTracked)) untrack(sim, pod);
    return;
  }
  const job = started(sim, stored);
  const tracking = track(sim, job, pods);
  let outcome = decide(sim, job, tracking);
  let managed: Managed = { active: tracking.active.length, deleted: 0 };
  let conditions: readonly any[] = job.status?.conditions ?? [];
  let resumed = false;
  if (outcome) managed = deleteActive(sim, job, tracking);
  else {
    if (!job.metadata.deletionTimestamp) managed = manage(sim, job, tracking);
    if (isComplete(job, tracking.succeeded, managed.active)) outcome = OUTCOMES.complete;
    else if (!job.metadata.deletionTimestamp) {
      const before = conditions;
      conditions = suspension(sim, job, conditions);
      resumed = conditions !== before && !job.spec.suspend;
    }
  }
  const status: any = { ...clone(job.status ?? {}), conditions };
  if (resumed) status.startTime = sim.kernel.now();
  count(sim, job, tracking, status, managed);
  const current = writeStatus(sim, job, status);
  finish(sim, current, outcome, tracking);
  if (managed.error) throw managed.error;
  const waits = [managed.requeueAfterMs, deadlineInMs(sim, current)].filter((wait) => wait !== undefined && wait > 0);
  return waits.length > 0 ? { requeueAfterMs: Math.min(...(waits as number[])) } : undefined;
}

function started(sim: Sim, job: Job): Job {
  if (job.status?.startTime || job.spec.suspend) return job;
  return { ...job, status: { ...job.status, startTime: sim.kernel.now() } };
}

function untrack(sim: Sim, pod: Pod): void {
  dropFinalizer(sim, CONTROLLER, "pods", pod as unknown as KubeObject, TRACKING_FINALIZER);
}

/** A Job that is decided needs no more pods. */
function deleteActive(sim: Sim, job: Job, { active }: Tracking): Managed {
  let deleted = 0;
  for (const pod of active) {
    const error = deletePod(sim, CONTROLLER, job as unknown as KubeObject, pod as unknown as KubeObject);
    if (error) return { active: active.length - deleted, deleted, error };
    deleted++;
  }
  return { active: active.length - deleted, deleted };
}

function suspension(sim: Sim, job: Job, conditions: readonly any[]): readonly any[] {
  const now = sim.kernel.now();
  const after = job.spec.suspend
    ? ensureCondition(conditions, "Suspended", "True", "JobSuspended", "Job suspended", now)
    : ensureCondition(conditions, "Suspended", "False", "JobResumed", "Job resumed", now);
  if (after !== conditions) {
    const [reason, message] = job.spec.suspend ? ["Suspended", "Job suspended"] : ["Resumed", "Job resumed"];
    event(sim, job, "Normal", reason, message);
  }
  return after;
}

function event(sim: Sim, job: Job, type: "Normal" | "Warning", reason: string, message: string): void {
  sim.recorder.event(job as unknown as KubeObject, type, reason, message, { component: CONTROLLER });
}

/**
 * Pods that have ended are noted in the status before their finalizer goes, and counted after it has gone, so that none
 * is lost or counted twice (https://kubernetes.io/docs/concepts/workloads/controllers/job/#job-tracking-with-finalizers).
 */
function count(sim: Sim, job: Job, tracking: Tracking, status: any, managed: Managed): void {
  const { newlySucceeded, newlyFailed, ignored } = tracking;
  const noted = newlySucceeded.length + newlyFailed.length > 0;
  const uids = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata.uid);
  set(status, "active", managed.active);
  const ended = new Set([...newlySucceeded, ...newlyFailed]);
  const running = tracking.active.filter((pod) => !ended.has(pod));
  status.ready = Math.min(managed.active, running.filter((pod) => isPodReady(pod as unknown as KubeObject)).length);
  status.terminating = tracking.terminating.length + managed.deleted;
  status.uncountedTerminatedPods = {
    ...(newlySucceeded.length > 0 && !isIndexed(job) && { succeeded: uids(newlySucceeded) }),
    ...(newlyFailed.length > 0 && { failed: uids(newlyFailed) }),
  };
  if (isIndexed(job)) {
    const completed = formatIndexes(tracking.succeededIndexes);
    if (completed) status.completedIndexes = completed;
    set(status, "succeeded", tracking.succeeded);
    if (hasLimitPerIndex(job)) status.failedIndexes = formatIndexes(tracking.failedIndexes);
  }
  if (noted) job = writeStatus(sim, job, status);
  for (const pod of [...newlySucceeded, ...newlyFailed, ...ignored]) untrack(sim, pod);
  status.uncountedTerminatedPods = {};
  set(status, "succeeded", tracking.succeeded);
  set(status, "failed", tracking.failed);
}

/** Counts of nothing are left out, as Go leaves them out. */
function set(status: any, field: string, value: number): void {
  if (value > 0) status[field] = value;
  else delete status[field];
}

function writeStatus(sim: Sim, job: Job, status: any): Job {
  const current = sim.store.get(JOBS, job.metadata.namespace, job.metadata.name);
  if (!current || current.metadata.uid !== job.metadata.uid) return job;
  const draft = clone(current);
  draft.status = clone(status);
  if (draft.status.conditions?.length === 0) delete draft.status.conditions;
  if (deepEqual(draft.status, current.status)) return current as unknown as Job;
  return sim.api(CONTROLLER).updateStatus(JOBS, draft) as unknown as Job;
}

/** What is decided is said at once; that it has ended, when the last pod has. */
function finish(sim: Sim, job: Job, outcome: Outcome | undefined, { pods }: Tracking): void {
  if (!outcome || !sim.store.get(JOBS, job.metadata.namespace, job.metadata.name)) return;
  const { type, reason, message } = outcome;
  const now = sim.kernel.now();
  let conditions = ensureCondition(job.status?.conditions ?? [], type, "True", reason, message, now);
  let current = writeStatus(sim, job, { ...job.status, conditions });
  const namespace = job.metadata.namespace;
  const left = pods.filter((pod) => {
    const alive = sim.store.get("pods", namespace, pod.metadata.name);
    const running = alive?.status?.phase !== "Succeeded" && alive?.status?.phase !== "Failed";
    return alive?.metadata.uid === pod.metadata.uid && running;
  });
  if (left.length > 0 || isFinished(current)) return;
  const final = type === "SuccessCriteriaMet" ? "Complete" : "Failed";
  conditions = ensureCondition(current.status?.conditions ?? [], final, "True", reason, message, now);
  const status: any = { ...current.status, conditions, ready: 0, terminating: 0 };
  delete status.active;
  if (final === "Complete") status.completionTime = now;
  current = writeStatus(sim, current, status);
  forgetBackoff(sim, job.metadata.uid);
  const { completions } = job.spec;
  if (final === "Failed") event(sim, current, "Warning", reason, message);
  else {
    if (completions !== undefined && (current.status?.succeeded ?? 0) > completions) {
      const text = "Too many succeeded pods running after completion count reached";
      event(sim, current, "Warning", "TooManySucceededPods", text);
    }
    event(sim, current, "Normal", "Completed", "Job completed");
  }
}
