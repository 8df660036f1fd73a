import type { Sim } from "../../component";
import type { Job, Pod } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { createPod, deletePod, dropFinalizer } from "../pod-control";
import { podFromTemplate } from "../replica-set/pod-from-template";
import { comparePodsForDeletion } from "../replica-set/ranking";
import { backoffKey, backoffOf, remainingMs } from "./backoff";
import {
  COMPLETION_INDEX,
  completionIndex,
  hasLimitPerIndex,
  INDEX_FAILURES,
  isIndexed,
  onlyReplacesFailed,
  TRACKING_FINALIZER,
} from "./job-pods";
import type { Tracking } from "./tracking";

export const CONTROLLER = "job-controller";
/** At most this many pods are made or deleted in one sync. */
const PODS_PER_SYNC = 500;

export interface Managed {
  active: number;
  /** Pods that this sync has sent on their way. */
  deleted: number;
  requeueAfterMs?: number;
  error?: Error;
}

/** Makes or deletes pods until as many run as the Job wants. */
export function manage(sim: Sim, job: Job, tracking: Tracking): Managed {
  const active = tracking.active.length;
  if (job.spec.suspend) return remove(sim, job, tracking, tracking.active);
  const wanted = wantedActive(job, tracking);
  const surplus = surplusPods(job, tracking, Math.max(0, active - wanted), sim.kernel.nowMs);
  if (surplus.length > 0) return remove(sim, job, tracking, surplus);
  const terminating = onlyReplacesFailed(job) ? tracking.terminating.length : 0;
  const missing = Math.min(PODS_PER_SYNC, wanted - terminating - active);
  return missing > 0 ? add(sim, job, tracking, missing) : { active, deleted: 0 };
}

function wantedActive(job: Job, { active, succeeded }: Tracking): number {
  const { completions, parallelism = 1 } = job.spec;
  // Without a number of completions any success ends the Job: what runs may end by itself.
  if (completions === undefined) return succeeded > 0 ? active.length : parallelism;
  return Math.max(0, Math.min(completions - succeeded, parallelism));
}

function remove(sim: Sim, job: Job, { active }: Tracking, pods: readonly Pod[]): Managed {
  let deleted = 0;
  for (const pod of pods.slice(0, PODS_PER_SYNC)) {
    // Without the finalizer nobody counts it as failed.
    dropFinalizer(sim, CONTROLLER, "pods", pod as unknown as KubeObject, TRACKING_FINALIZER);
    const error = deletePod(sim, CONTROLLER, job as unknown as KubeObject, pod as unknown as KubeObject);
    if (error) return { active: active.length - deleted, deleted, error };
    deleted++;
  }
  return { active: active.length - deleted, deleted };
}

/** First what has no business here: an index that is out of range or has a pod already. Then as pods are always ranked. */
function surplusPods(job: Job, { active }: Tracking, atLeast: number, nowMs: number): Pod[] {
  const ranked = [...active].sort((a, b) =>
    comparePodsForDeletion(a as unknown as KubeObject, b as unknown as KubeObject, 0, 0, nowMs),
  );
  if (!isIndexed(job)) return ranked.slice(0, atLeast);
  const seen = new Set<number>();
  const surplus: Pod[] = [];
  const kept: Pod[] = [];
  for (const pod of [...ranked].reverse()) {
    const index = completionIndex(pod);
    if (index === undefined || index >= (job.spec.completions ?? 0) || seen.has(index)) surplus.push(pod);
    else {
      seen.add(index);
      kept.push(pod);
    }
  }
  const more = Math.max(0, atLeast - surplus.length);
  kept.sort((a, b) => completionIndex(b)! - completionIndex(a)!);
  return [...surplus, ...kept.slice(0, more)];
}

function add(sim: Sim, job: Job, tracking: Tracking, missing: number): Managed {
  const active = tracking.active.length;
  if (!hasLimitPerIndex(job)) {
    const waitMs = remainingMs(sim, backoffKey(job));
    if (waitMs > 0) return { active, deleted: 0, requeueAfterMs: waitMs };
  }
  let indexes: (number | undefined)[] = Array.from({ length: missing }, () => undefined);
  let requeueAfterMs: number | undefined;
  if (isIndexed(job)) {
    const pending = pendingIndexes(job, tracking, missing);
    const waits = pending.map((index) => (hasLimitPerIndex(job) ? remainingMs(sim, backoffKey(job, index)) : 0));
    indexes = pending.filter((_, position) => waits[position] === 0);
    const later = waits.filter((wait) => wait > 0);
    if (later.length > 0) requeueAfterMs = Math.min(...later);
  }
  let made = 0;
  for (const index of indexes) {
    const created = createPod(sim, CONTROLLER, job as unknown as KubeObject, newPod(sim, job, index));
    if (created === undefined) break;
    if (created instanceof Error) return { active: active + made, deleted: 0, error: created };
    made++;
  }
  return { active: active + made, deleted: 0, ...(requeueAfterMs !== undefined && { requeueAfterMs }) };
}

function pendingIndexes(job: Job, tracking: Tracking, count: number): number[] {
  const busy = new Set(
    [...tracking.active, ...(onlyReplacesFailed(job) ? tracking.terminating : [])].map(completionIndex),
  );
  const pending: number[] = [];
  for (let index = 0; index < (job.spec.completions ?? 0) && pending.length < count; index++) {
    const open = !tracking.succeededIndexes.has(index) && !tracking.failedIndexes.has(index) && !busy.has(index);
    if (open) pending.push(index);
  }
  return pending;
}

function newPod(sim: Sim, job: Job, index: number | undefined) {
  const pod: any = podFromTemplate(job.spec.template, job as unknown as KubeObject);
  pod.metadata.finalizers = [...new Set([...(pod.metadata.finalizers ?? []), TRACKING_FINALIZER])];
  if (index === undefined) return pod;
  const { metadata } = pod;
  metadata.generateName = `${job.metadata.name}-${index}-`;
  metadata.annotations = { ...metadata.annotations, [COMPLETION_INDEX]: String(index) };
  metadata.labels = { ...metadata.labels, [COMPLETION_INDEX]: String(index) };
  if (hasLimitPerIndex(job))
    metadata.annotations[INDEX_FAILURES] = String(backoffOf(sim, backoffKey(job, index)).failures);
  const { containers = [], initContainers } = pod.spec;
  pod.spec = {
    ...pod.spec,
    hostname: `${job.metadata.name}-${index}`,
    containers: containers.map(withIndexVariable),
    ...(initContainers && { initContainers: initContainers.map(withIndexVariable) }),
  };
  return pod;
}

/** Each container is told its index, unless it has a variable of that name already. */
function withIndexVariable(container: any): any {
  const name = "JOB_COMPLETION_INDEX";
  if (container.env?.some((variable: any) => variable.name === name)) return container;
  const fieldRef = { apiVersion: "v1", fieldPath: `metadata.labels['${COMPLETION_INDEX}']` };
  return { ...container, env: [...(container.env ?? []), { name, valueFrom: { fieldRef } }] };
}
