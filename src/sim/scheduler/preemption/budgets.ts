import { labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import type { Pod } from "../../kinds/types";
import type { KubeObject } from "../../types";

/**
 * Which of these pods could not go without breaking a PodDisruptionBudget, if all went in this order. Budgets are asked,
 * but do not bind: preemption breaks them where nothing else helps
 * (https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/#poddisruptionbudget-is-supported-but-not-guaranteed).
 */
export function violating(pods: readonly Pod[], budgets: readonly KubeObject[]): ReadonlySet<Pod> {
  const allowed = new Map(budgets.map((budget) => [budget, (budget.status?.disruptionsAllowed as number) ?? 0]));
  const found = new Set<Pod>();
  for (const pod of pods) {
    for (const budget of budgets) {
      if (!covers(budget, pod) || budget.status?.disruptedPods?.[pod.metadata.name]) continue;
      const left = allowed.get(budget)! - 1;
      allowed.set(budget, left);
      if (left < 0) found.add(pod);
    }
  }
  return found;
}

/** Neither a budget without a selector nor a pod without labels has a part in this. */
function covers({ metadata, spec }: KubeObject, pod: Pod): boolean {
  if (metadata.namespace !== pod.metadata.namespace) return false;
  const selector = labelSelectorOf(spec.selector) ?? [];
  const { labels = {} } = pod.metadata;
  return selector.length > 0 && Object.keys(labels).length > 0 && matchesLabels(selector, labels);
}
