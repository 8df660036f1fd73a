import type { Cluster } from "../cluster";
import { parseQuantity, quantityMilliValue } from "../kinds/quantity";
import type { KubeObject } from "../types";

const isReady = (pod: KubeObject) =>
  (pod.status?.conditions ?? []).some(({ type, status }: any) => type === "Ready" && status === "True");
const ended = (pod: KubeObject) => pod.status?.phase === "Succeeded" || pod.status?.phase === "Failed";
const milli = (quantity: string) => quantityMilliValue(parseQuantity(quantity));

/** An eviction of a healthy pod leaves as many healthy ones as each budget over it wants. */
export function budgetBreaches(cluster: Cluster, evicted: KubeObject, before: readonly KubeObject[]): string[] {
  if (!isReady(evicted) || ended(evicted)) return [];
  return cluster.store.list("poddisruptionbudgets.policy", evicted.metadata.namespace).flatMap((budget) => {
    const labels: Record<string, string> = budget.spec.selector?.matchLabels ?? {};
    const covers = ({ metadata }: KubeObject) =>
      Object.entries(labels).every(([key, value]) => metadata.labels?.[key] === value);
    if (!covers(evicted)) return [];
    const healthy = before.filter(
      (pod) => covers(pod) && isReady(pod) && !pod.metadata.deletionTimestamp && pod !== evicted,
    );
    const wanted = Number(budget.spec.minAvailable ?? 0);
    return healthy.length >= wanted
      ? []
      : [`budget ${budget.metadata.name}: ${evicted.metadata.name} was evicted, ${healthy.length} of ${wanted} stay`];
  });
}

/**
 * No namespace has more pods, or pods that ask for more, than a quota allowed that was there when they came: one that is
 * made or lowered afterwards finds what it finds, as `status.used` beyond its bound tells from the start.
 */
export function quotaBreaches(cluster: Cluster): string[] {
  return cluster.store.list("resourcequotas").flatMap((quota) => {
    const { namespace, creationTimestamp } = quota.metadata;
    const since = String(creationTimestamp);
    const pods = cluster.store.list("pods", namespace).filter((pod) => !ended(pod));
    // Only where all came later is the sum the quota's doing.
    if (pods.some(({ metadata }) => String(metadata.creationTimestamp) <= since)) return [];
    const cpu = pods
      .flatMap((pod) => pod.spec.containers)
      .reduce((sum: number, container: any) => sum + milli(container.resources?.requests?.cpu ?? "0"), 0);
    const found: string[] = [];
    const { pods: most = "1000", "requests.cpu": limit = "1000" } = quota.spec.hard;
    if (pods.length > Number(most)) found.push(`quota in ${namespace}: ${pods.length} pods of ${most}`);
    if (cpu > milli(limit)) found.push(`quota in ${namespace}: ${cpu}m CPU of ${limit}`);
    return found;
  });
}
