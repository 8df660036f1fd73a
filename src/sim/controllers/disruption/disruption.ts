import { labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import type { Sim } from "../../component";
import { clone, deepEqual } from "../../kernel/freeze";
import { parseRfc3339 } from "../../kernel/time";
import { withDisruptionAllowed } from "../../kinds/pod-disruption-budget/condition";
import type { KubeObject } from "../../types";
import { type Controller, keyOf, splitKey } from "../controller";
import { scaledValue } from "../int-or-percent";
import { isPodReady } from "../pod-state";
import { expectedScale, ScaleError } from "./expected-scale";

const CONTROLLER = "disruption-controller";
const BUDGETS = "poddisruptionbudgets.policy";
/** Component of its events: upstream names its recorder otherwise than itself. */
const RECORDER = { component: "controllermanager" };
/** So long an eviction that was granted counts as a pod less, though the pod be still there. */
const DELETION_TIMEOUT_MS = 120_000;

/** PodDisruptionBudgets: how many of their pods may be evicted now (https://kubernetes.io/docs/tasks/run-application/configure-pdb/). */
export const disruptionController: Controller = {
  name: CONTROLLER,

  *keysFor({ type, resource, object, previous }, sim) {
    if (resource === BUDGETS) yield keyOf(object);
    if (resource !== "pods") return;
    for (const pod of previous && type === "MODIFIED" ? [previous, object] : [object])
      for (const budget of sim.store.list(BUDGETS, pod.metadata.namespace))
        if (covers(budget, pod)) yield keyOf(budget);
  },

  sync(sim, key) {
    const { namespace, name } = splitKey(key);
    const budget = sim.store.get(BUDGETS, namespace, name);
    if (!budget) return;
    const pods = sim.store.list("pods", namespace).filter((pod) => covers(budget, pod));
    if (pods.length === 0) sim.recorder.event(budget, "Normal", "NoPods", "No matching pods found", RECORDER);
    try {
      return writeStatus(sim, budget, pods);
    } catch (error) {
      if (!(error instanceof ScaleError)) throw error;
      const text = `Failed to calculate the number of expected pods: ${error.message}`;
      sim.recorder.event(budget, "Warning", "CalculateExpectedPodCountFailed", text, RECORDER);
      forbid(sim, budget, error.message);
      return;
    }
  },
};

/** One without a selector covers nothing, one with an empty selector everything. */
function covers(budget: KubeObject, pod: KubeObject): boolean {
  if (!budget.spec.selector) return false;
  const selector = labelSelectorOf(budget.spec.selector);
  return selector !== undefined && matchesLabels(selector, pod.metadata.labels);
}

function wantedHealthy(sim: Sim, budget: KubeObject, pods: readonly KubeObject[]) {
  const { minAvailable, maxUnavailable } = budget.spec;
  if (maxUnavailable === undefined && typeof minAvailable === "number")
    return { expected: pods.length, desired: minAvailable };
  if (maxUnavailable === undefined && minAvailable === undefined) return { expected: 0, desired: 0 };
  const { expected, unmanaged } = expectedScale(sim, pods);
  if (unmanaged) warnOfUnmanaged(sim, budget);
  if (maxUnavailable === undefined) return { expected, desired: scaledValue(minAvailable, expected, true) };
  return { expected, desired: Math.max(0, expected - scaledValue(maxUnavailable, expected, true)) };
}

function warnOfUnmanaged(sim: Sim, budget: KubeObject): void {
  const { matchLabels = {}, matchExpressions = [] } = budget.spec.selector;
  const labels = Object.keys(matchLabels)
    .sort()
    .map((key) => `${key}: ${matchLabels[key]},`)
    .join("");
  const expressions = matchExpressions
    .map(
      ({ key, operator, values = [] }: any) =>
        `LabelSelectorRequirement{Key:${key},Operator:${operator},Values:[${values.join(" ")}],},`,
    )
    .join("");
  const selector = `&LabelSelector{MatchLabels:map[string]string{${labels}},MatchExpressions:[]LabelSelectorRequirement{${expressions}},}`;
  const text =
    `Pods selected by this PodDisruptionBudget (selector: ${selector}) were found to be unmanaged. ` +
    "As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. " +
    'To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.';
  sim.recorder.event(budget, "Warning", "UnmanagedPods", text, RECORDER);
}

/** Returns when an eviction that has not become a deletion is given up. */
function writeStatus(
  sim: Sim,
  budget: KubeObject,
  pods: readonly KubeObject[],
): { requeueAfterMs: number } | undefined {
  const { expected, desired } = wantedHealthy(sim, budget, pods);
  const { nowMs } = sim.kernel;
  const disrupted: Record<string, string> = {};
  const waits: number[] = [];
  for (const pod of pods) {
    const since = budget.status?.disruptedPods?.[pod.metadata.name];
    if (since === undefined || pod.metadata.deletionTimestamp) continue;
    const left = parseRfc3339(since)! + DELETION_TIMEOUT_MS - nowMs;
    if (left < 0) {
      const { namespace, name } = budget.metadata;
      const text = `Pod was expected by PDB ${namespace}/${name} to be deleted but it wasn't`;
      sim.recorder.event(pod, "Warning", "NotDeleted", text, RECORDER);
      continue;
    }
    disrupted[pod.metadata.name] = since;
    waits.push(left + 1);
  }
  const isHealthy = (pod: KubeObject) =>
    !pod.metadata.deletionTimestamp && disrupted[pod.metadata.name] === undefined && isPodReady(pod);
  const healthy = pods.filter(isHealthy).length;
  const allowed = expected <= 0 ? 0 : Math.max(0, healthy - desired);
  const { generation } = budget.metadata as { generation?: number };
  const reason = allowed > 0 ? ("SufficientPods" as const) : ("InsufficientPods" as const);
  put(sim, budget, {
    conditions: withDisruptionAllowed(budget.status?.conditions ?? [], { reason }, generation, sim.kernel.now()),
    currentHealthy: healthy,
    desiredHealthy: desired,
    ...(waits.length > 0 && { disruptedPods: disrupted }),
    disruptionsAllowed: allowed,
    expectedPods: expected,
    observedGeneration: generation,
  });
  return waits.length > 0 ? { requeueAfterMs: Math.min(...waits) } : undefined;
}

/** Where nothing can be known nothing is allowed. */
function forbid(sim: Sim, budget: KubeObject, message: string): void {
  const { status = {}, metadata } = budget;
  const reason = { reason: "SyncFailed" as const, message };
  const generation = (metadata as { generation?: number }).generation;
  const conditions = withDisruptionAllowed(status.conditions ?? [], reason, generation, sim.kernel.now());
  put(sim, budget, { ...status, conditions, disruptionsAllowed: 0 });
}

function put(sim: Sim, budget: KubeObject, status: KubeObject["status"]): void {
  if (deepEqual(budget.status, status)) return;
  const draft = clone(budget);
  draft.status = clone(status);
  sim.api(CONTROLLER).updateStatus(BUDGETS, draft);
}
