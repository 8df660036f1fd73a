import { parseRfc3339 } from "../../kernel/time";
import { parseQuantity, quantityMilliValue } from "../../kinds/quantity";
import type { KubeObject } from "../../types";
import { podCondition } from "../pod-state";
import { MetricError, type PodMetrics } from "./metrics";

/** How many replicas a metric asks for (pkg/controller/podautoscaler/replica_calculator.go). */

const TOLERANCE = 0.1;
/** So long after its start a pod's CPU may be that of its initialisation. */
const CPU_INITIALIZATION_MS = 300_000;
/** A pod that was unready from its start on for so long has never been ready. */
const INITIAL_READINESS_MS = 30_000;

export interface Proposal {
  replicas: number;
  utilization?: number;
  /** The average of the pods, in thousandths. */
  average: number;
}

interface Groups {
  ready: number;
  unready: string[];
  missing: string[];
  ignored: string[];
}

function groupPods(pods: readonly KubeObject[], metrics: PodMetrics, resource: string, nowMs: number): Groups {
  const groups: Groups = { ready: 0, unready: [], missing: [], ignored: [] };
  for (const pod of pods) {
    const { name } = pod.metadata;
    const phase = pod.status?.phase ?? "Pending";
    if (pod.metadata.deletionTimestamp || phase === "Failed") groups.ignored.push(name);
    else if (phase === "Pending") groups.unready.push(name);
    else if (!metrics.has(name)) groups.missing.push(name);
    else if (resource === "cpu" && isCpuUnready(pod, metrics, nowMs)) groups.unready.push(name);
    else groups.ready++;
  }
  return groups;
}

function isCpuUnready(pod: KubeObject, metrics: PodMetrics, nowMs: number): boolean {
  const condition = podCondition(pod, "Ready");
  const startMs = pod.status?.startTime ? parseRfc3339(pod.status.startTime) : undefined;
  if (!condition || startMs === undefined) return true;
  const sinceMs = condition.lastTransitionTime ? parseRfc3339(condition.lastTransitionTime)! : 0;
  const metric = metrics.get(pod.metadata.name)!;
  if (startMs + CPU_INITIALIZATION_MS > nowMs)
    return condition.status === "False" || metric.timestampMs < sinceMs + metric.windowMs;
  return condition.status === "False" && startMs + INITIAL_READINESS_MS > sinceMs;
}

/** Requests of each pod in thousandths. Throws where a container has none. */
function requestsOf(pods: readonly KubeObject[], resource: string, container: string | undefined): Map<string, number> {
  const requests = new Map<string, number>();
  for (const { metadata, spec } of pods) {
    let sum = 0;
    const sidecars = (spec.initContainers ?? []).filter((one: any) => one.restartPolicy === "Always");
    for (const one of [...spec.containers, ...sidecars]) {
      if (container !== undefined && one.name !== container) continue;
      const request = one.resources?.requests?.[resource];
      if (request === undefined)
        throw new MetricError(`missing request for ${resource} in container ${one.name} of Pod ${metadata.name}`);
      sum += quantityMilliValue(parseQuantity(request));
    }
    requests.set(metadata.name, sum);
  }
  return requests;
}

const within = (ratio: number) => Math.abs(1 - ratio) <= TOLERANCE;

function taken(metrics: PodMetrics, names: readonly string[]): void {
  for (const name of names) metrics.delete(name);
}

function checkPods(pods: readonly KubeObject[]): void {
  if (pods.length === 0) throw new MetricError("no pods returned by selector while calculating replica count");
}

function checkMetrics(metrics: PodMetrics): void {
  if (metrics.size === 0) throw new MetricError("did not receive metrics for targeted pods (pods might be unready)");
}

interface Question {
  metrics: PodMetrics;
  pods: readonly KubeObject[];
  current: number;
  resource: string;
  nowMs: number;
}

/** From a target as a share of what the pods request. */
export function byUtilization(question: Question, target: number, container?: string): Proposal {
  const { pods, resource } = question;
  checkPods(pods);
  const metrics = new Map(question.metrics);
  const groups = groupPods(pods, metrics, resource, question.nowMs);
  taken(metrics, [...groups.ignored, ...groups.unready]);
  checkMetrics(metrics);
  const requests = requestsOf(pods, resource, container);
  const measure = () => {
    const known = [...metrics].filter(([name]) => requests.has(name));
    const used = known.reduce((sum, [, { value }]) => sum + value, 0);
    const requested = known.reduce((sum, [name]) => sum + requests.get(name)!, 0);
    if (requested === 0) throw new MetricError("no metrics returned matched known pods");
    const utilization = Math.trunc((used * 100) / requested);
    return { ratio: utilization / target, utilization, average: Math.trunc(used / known.length) };
  };
  const first = measure();
  const fallback = (name: string) => Math.trunc((requests.get(name)! * Math.max(100, target)) / 100);
  const replicas = replicasFor(question, groups, metrics, first.ratio, fallback, () => measure().ratio);
  return { replicas, utilization: first.utilization, average: first.average };
}

/** From a target as an average of the pods, in thousandths. */
export function byAverage(question: Question, target: number): Proposal {
  const { pods, resource } = question;
  checkPods(pods);
  const metrics = new Map(question.metrics);
  const groups = groupPods(pods, metrics, resource, question.nowMs);
  taken(metrics, [...groups.ignored, ...groups.unready]);
  checkMetrics(metrics);
  const measure = () => {
    const average = Math.trunc([...metrics.values()].reduce((sum, { value }) => sum + value, 0) / metrics.size);
    return { ratio: average / target, average };
  };
  const first = measure();
  const replicas = replicasFor(
    question,
    groups,
    metrics,
    first.ratio,
    () => target,
    () => measure().ratio,
  );
  return { replicas, average: first.average };
}

/** Pods of which nothing is known are taken to use what makes the change smaller. */
function replicasFor(
  { current }: Question,
  { ready, unready, missing }: Groups,
  metrics: PodMetrics,
  ratio: number,
  fallback: (name: string) => number,
  again: () => number,
): number {
  const upWithUnready = unready.length > 0 && ratio > 1;
  if (!upWithUnready && missing.length === 0) return within(ratio) ? current : Math.ceil(ratio * ready);
  const assume = (name: string, value: number) => metrics.set(name, { value, timestampMs: 0, windowMs: 0 });
  for (const name of missing) {
    if (ratio < 1) assume(name, fallback(name));
    else if (ratio > 1) assume(name, 0);
  }
  if (upWithUnready) for (const name of unready) assume(name, 0);
  const revised = again();
  if (within(revised) || (ratio < 1 && revised > 1) || (ratio > 1 && revised < 1)) return current;
  const replicas = Math.ceil(revised * metrics.size);
  if ((revised < 1 && replicas > current) || (revised > 1 && replicas < current)) return current;
  return replicas;
}
