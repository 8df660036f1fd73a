import { matchesLabels, parseLabelSelector } from "../../apiserver/selectors/labels";
import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { InvalidMetric, type MetricResult, proposalOf } from "./metric-proposals";
import { type Decision, decisionByBehavior, type Memory, NO_MEMORY, plainDecision, remember } from "./rules";
import { type ScaleTarget, setReplicas, targetOf } from "./target";

const CONTROLLER = "horizontal-pod-autoscaler";
const AUTOSCALERS = "horizontalpodautoscalers.autoscaling";
/** --horizontal-pod-autoscaler-sync-period: the first look comes so long after an autoscaler is made. */
const SYNC_PERIOD_MS = 15_000;

interface Row extends Memory {
  nextMs: number;
}

const rows = (sim: Sim) => sim.kernel.table<Row>(`${CONTROLLER}.memory`);

/** Sets replicas by what pods use (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/). */
export const horizontalPodAutoscalerController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object }) {
    if (resource === AUTOSCALERS && type !== "MODIFIED") yield keyOf(object);
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const autoscaler = sim.store.get(AUTOSCALERS, namespace, name);
    if (!autoscaler) {
      rows(sim).delete(key);
      return;
    }
    const { nowMs } = sim.kernel;
    const row = rows(sim).get(key) ?? { ...NO_MEMORY, nextMs: nowMs + SYNC_PERIOD_MS };
    if (nowMs < row.nextMs) {
      rows(sim).set(key, row);
      return { requeueAfterMs: row.nextMs - nowMs };
    }
    const memory = look(sim, autoscaler, row);
    rows(sim).set(key, { ...memory, nextMs: nowMs + SYNC_PERIOD_MS });
    return { requeueAfterMs: SYNC_PERIOD_MS };
  },
};

type EventType = "Normal" | "Warning";

/** The status as it becomes in the course of one look. */
class Look {
  readonly status: any;

  constructor(
    readonly sim: Sim,
    readonly autoscaler: KubeObject,
  ) {
    this.status = clone(autoscaler.status ?? {});
    this.status.conditions ??= [];
  }

  condition(type: string, status: "True" | "False", reason: string, message: string): void {
    const old = this.status.conditions.find((one: any) => one.type === type);
    const lastTransitionTime = old?.status === status ? old.lastTransitionTime : this.sim.kernel.now();
    const condition = { type, status, lastTransitionTime, reason, message };
    if (old) Object.assign(old, condition);
    else this.status.conditions.push(condition);
  }

  event(type: EventType, reason: string, message: string): void {
    this.sim.recorder.event(this.autoscaler, type, reason, message, { component: CONTROLLER });
  }

  write(): void {
    if (deepEqual(this.status, this.autoscaler.status)) return;
    this.sim.api(CONTROLLER).updateStatus(AUTOSCALERS, { ...clone(this.autoscaler), status: this.status });
  }
}

/** One look at an autoscaler; gives what is to be remembered of it. */
function look(sim: Sim, autoscaler: KubeObject, memory: Memory): Memory {
  const here = new Look(sim, autoscaler);
  const target = targetOf(sim, autoscaler);
  if (typeof target === "string") {
    here.event("Warning", "FailedGetScale", target);
    const text = `the HPA controller was unable to get the target's current scale: ${target}`;
    here.condition("AbleToScale", "False", "FailedGetScale", text);
    here.write();
    return memory;
  }
  const able = "the HPA controller was able to get the target's current scale";
  here.condition("AbleToScale", "True", "SucceededGetScale", able);
  const { nowMs } = sim.kernel;
  const current = target.replicas;
  const known = memory.recommendations.length > 0 ? memory : remembering(memory, nowMs, current);
  const { minReplicas: min = 1, maxReplicas: max } = autoscaler.spec;
  if (current === 0 && min !== 0) {
    const text = "scaling is disabled since the replica count of the target is zero";
    here.condition("ScalingActive", "False", "ScalingDisabled", text);
    return settle(here, target, current, "", null, known);
  }
  if (current > max) return settle(here, target, max, "Current number of replicas above Spec.MaxReplicas", null, known);
  if (current < min) return settle(here, target, min, "Current number of replicas below Spec.MinReplicas", null, known);
  const found = consult(here, target);
  if (!found) {
    Object.assign(here.status, { currentReplicas: current, desiredReplicas: here.status.desiredReplicas ?? 0 });
    here.write();
    return known;
  }
  const { replicas: desired, metric } = found.best;
  const wish = { current, desired, min, max, nowMs };
  const { behavior } = autoscaler.spec;
  const decision = behavior ? decisionByBehavior(wish, behavior, known) : plainDecision(wish, known);
  tell(here, decision);
  const reason = desired > current ? `${metric} above target` : desired < current ? "All metrics below target" : "";
  return settle(here, target, decision.replicas, reason, found.statuses, remembering(known, nowMs, desired));
}

const remembering = (memory: Memory, atMs: number, count: number): Memory => ({
  ...memory,
  recommendations: remember(memory.recommendations, { atMs, count }),
});

function tell(here: Look, { stabilized, limited, reason, message }: Decision): void {
  const able = stabilized ?? { reason: "ReadyForNewScale", message: "recommended size matches current size" };
  here.condition("AbleToScale", "True", able.reason, able.message);
  here.condition("ScalingLimited", limited ? "True" : "False", reason, message);
}

/** The highest number that a metric asks for; undefined where they do not tell enough. */
function consult(
  here: Look,
  target: ScaleTarget,
): { best: MetricResult; statuses: Record<string, unknown>[] } | undefined {
  const { sim, autoscaler } = here;
  const pods = podsOf(here, target);
  if (!pods) return undefined;
  const specs: any[] = autoscaler.spec.metrics ?? [];
  const failures: InvalidMetric[] = [];
  let best: MetricResult | undefined;
  const statuses = specs.map((spec) => {
    try {
      const result = proposalOf(sim, spec, { ...target, pods, current: target.replicas });
      if (!best || result.replicas > best.replicas) best = result;
      return result.status;
    } catch (error) {
      if (!(error instanceof InvalidMetric)) throw error;
      here.event("Warning", error.reason, error.why);
      failures.push(error);
      return { type: "" };
    }
  });
  const [first] = failures;
  if (first && (!best || best.replicas < target.replicas)) {
    const text = `the HPA was unable to compute the replica count: ${first.why}`;
    here.condition("ScalingActive", "False", first.reason, text);
    const all = `invalid metrics (${failures.length} invalid out of ${specs.length}), first error is: ${first.text}`;
    here.event("Warning", "FailedComputeMetricsReplicas", all);
    return undefined;
  }
  if (!best) return undefined;
  const text = `the HPA was able to successfully calculate a replica count from ${best.metric}`;
  here.condition("ScalingActive", "True", "ValidMetricFound", text);
  return { best, statuses };
}

/** The pods of the target, unless nobody can tell them, or another autoscaler has them too. */
function podsOf(here: Look, target: ScaleTarget): readonly KubeObject[] | undefined {
  const { sim, autoscaler } = here;
  const { namespace, selector } = target;
  const refuse = (event: string, reason: string, error: string, message: string) => {
    here.event("Warning", event, error);
    here.condition("ScalingActive", "False", reason, message);
    here.event("Warning", "FailedComputeMetricsReplicas", error);
  };
  if (selector === "") {
    const text = "the HPA target's scale is missing a selector";
    refuse("SelectorRequired", "InvalidSelector", "selector is required", text);
    return undefined;
  }
  const chosen = (text: string) => {
    const parsed = parseLabelSelector(text);
    return sim.store
      .list("pods", namespace)
      .filter(({ metadata }) => matchesLabels(parsed, metadata.labels as Record<string, string> | undefined));
  };
  const pods = chosen(selector);
  const others = sim.store.list(AUTOSCALERS, namespace).filter((other) => {
    if (other.metadata.uid === autoscaler.metadata.uid) return true;
    const theirs = targetOf(sim, other);
    if (typeof theirs === "string" || theirs.selector === "") return false;
    const taken = new Set(chosen(theirs.selector));
    return pods.some((pod) => taken.has(pod));
  });
  if (others.length > 1) {
    const names = others.map(keyOf).join(" ");
    const text = `pods by selector ${selector} are controlled by multiple HPAs: [${names}]`;
    refuse("AmbiguousSelector", "AmbiguousSelector", text, text);
    return undefined;
  }
  return pods;
}

/** Scales where the number differs, and writes all down. */
function settle(
  here: Look,
  target: ScaleTarget,
  replicas: number,
  reason: string,
  currentMetrics: readonly unknown[] | null,
  memory: Memory,
): Memory {
  const { sim, status } = here;
  const current = target.replicas;
  let after = memory;
  if (replicas !== current) {
    try {
      setReplicas(sim, target, replicas);
    } catch (error) {
      if (!(error instanceof StatusError)) throw error;
      here.event("Warning", "FailedRescale", `New size: ${replicas}; reason: ${reason}; error: ${error.message}`);
      const text = `the HPA controller was unable to update the target scale: ${error.message}`;
      here.condition("AbleToScale", "False", "FailedUpdateScale", text);
      Object.assign(status, { currentReplicas: current });
      here.write();
      return memory;
    }
    const text = `the HPA controller was able to update the target scale to ${replicas}`;
    here.condition("AbleToScale", "True", "SucceededRescale", text);
    here.event("Normal", "SuccessfulRescale", `New size: ${replicas}; reason: ${reason}`);
    const moment = { atMs: sim.kernel.nowMs, count: Math.abs(replicas - current) };
    after =
      replicas > current
        ? { ...memory, ups: remember(memory.ups, moment) }
        : { ...memory, downs: remember(memory.downs, moment) };
    status.lastScaleTime = sim.kernel.now();
  }
  Object.assign(status, { currentReplicas: current, desiredReplicas: replicas, currentMetrics });
  here.write();
  return after;
}
