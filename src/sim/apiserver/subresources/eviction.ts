import { clone } from "../../kernel/freeze";
import { updatePodCondition } from "../../kinds/pod/conditions";
import { withDisruptionAllowed } from "../../kinds/pod-disruption-budget/condition";
import type { KubeObject } from "../../types";
import type { Call } from "../call";
import { labelSelectorOf, matchesLabels } from "../selectors/labels";
import { badRequest, failure, type StatusError } from "../status";

const BUDGETS = "poddisruptionbudgets.policy";
const REFUSAL = "Cannot evict pod as it would violate the pod's disruption budget.";
/** More evictions granted than this, of which the controller knows nothing yet, and no more are. */
const DISRUPTED_PODS_LIMIT = 2000;

const isReady = ({ status }: KubeObject): boolean =>
  (status?.conditions ?? []).some((one: any) => one.type === "Ready" && one.status === "True");

/** One that does not serve yet or any more: its going disturbs nobody. */
const needsNoBudget = ({ metadata, status }: KubeObject): boolean =>
  metadata.deletionTimestamp !== undefined || ["Succeeded", "Failed", "Pending"].includes(status?.phase);

function tooMany(message: string, retryAfterSeconds?: number): StatusError {
  const causes = [{ reason: "DisruptionBudget", message }];
  return failure(429, "TooManyRequests", REFUSAL, {
    causes,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  } as any);
}

/** POST …/pods/NAME/eviction: a deletion that asks the pod's disruption budget first (https://kubernetes.io/docs/concepts/scheduling-eviction/api-eviction/). */
export function evict(call: Call, pod: KubeObject): unknown {
  const { verbs, kind, write } = call;
  const body = (call.request.body ?? {}) as { metadata?: { name?: string }; deleteOptions?: any };
  const { name, namespace } = pod.metadata;
  if (body.metadata?.name !== undefined && body.metadata.name !== name)
    throw badRequest("name in URL does not match name in Eviction object");
  const dryRun = write.dryRun || (body.deleteOptions?.dryRun?.length ?? 0) > 0;
  if (!needsNoBudget(pod)) askBudget(call, pod, dryRun);
  if (!dryRun && !needsNoBudget(pod)) mark(call, pod);
  verbs.delete(kind, namespace, name, body.deleteOptions ?? {}, { ...write, dryRun });
  return { kind: "Status", apiVersion: "v1", metadata: {}, status: "Success", code: 201 };
}

function askBudget({ verbs }: Call, pod: KubeObject, dryRun: boolean): void {
  const budgets = verbs.store.list(BUDGETS, pod.metadata.namespace).filter(({ spec }) => {
    const selector = spec.selector && labelSelectorOf(spec.selector);
    return selector && selector.length > 0 && matchesLabels(selector, pod.metadata.labels);
  });
  const [budget, ...more] = budgets;
  if (!budget) return;
  if (more.length > 0) {
    const text = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.";
    throw failure(500, "", text);
  }
  const { status = {}, spec } = budget;
  if (!isReady(pod)) {
    if (spec.unhealthyPodEvictionPolicy === "AlwaysAllow") return;
    if (status.currentHealthy >= status.desiredHealthy && status.desiredHealthy > 0) return;
  }
  const taken = granted(budget, pod.metadata.name, verbs.kernel.now());
  if (!dryRun) verbs.store.put(BUDGETS, taken);
}

/** The budget with one disruption less. Throws the refusal. */
function granted(budget: KubeObject, pod: string, now: string): KubeObject {
  const { metadata, status = {} } = budget;
  const { name } = metadata;
  const generation = Number((metadata as any).generation ?? 0);
  if ((status.observedGeneration ?? 0) < generation)
    throw tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  const details = { name, group: "policy", kind: "poddisruptionbudget" };
  if (Object.keys(status.disruptedPods ?? {}).length > DISRUPTED_PODS_LIMIT) {
    const why = "DisruptedPods map too big - too many evictions not confirmed by PDB controller";
    throw failure(403, "Forbidden", `poddisruptionbudget.policy "${name}" is forbidden: ${why}`, details);
  }
  if (!status.disruptionsAllowed) {
    const { desiredHealthy = 0, currentHealthy = 0 } = status;
    throw tooMany(
      `The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`,
    );
  }
  const draft = clone(budget);
  draft.status.disruptionsAllowed--;
  if (draft.status.disruptionsAllowed === 0) {
    const reason = { reason: "InsufficientPods" as const };
    draft.status.conditions = withDisruptionAllowed(status.conditions ?? [], reason, status.observedGeneration, now);
  }
  draft.status.disruptedPods = { ...draft.status.disruptedPods, [pod]: now };
  return draft;
}

/** Says on the pod why it goes. */
function mark({ verbs }: Call, pod: KubeObject): void {
  const draft = clone(verbs.store.get("pods", pod.metadata.namespace, pod.metadata.name)!);
  draft.status ??= {};
  const reason = { reason: "EvictionByEvictionAPI", message: "Eviction API: evicting" };
  updatePodCondition(draft.status, { type: "DisruptionTarget", status: "True", ...reason }, verbs.kernel.now());
  verbs.store.put("pods", draft);
}
