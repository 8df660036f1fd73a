import { Cluster } from "../cluster";
import type { KubeObject } from "../types";
import { breaches, healAll, unsettled } from "./invariants";
import { budgetBreaches, quotaBreaches } from "./invariants-of-budgets";
import { type Operation, perform } from "./random-operations";
import { RandomWorkloads } from "./random-workloads";

/** Longer than any back-off, eviction or deadline takes. */
const REST_MS = 1_200_000;
/** What one walk tells at most. */
const FINDINGS_LIMIT = 10;

/** A random walk over all kinds of workloads from one seed. Gives what was broken at which step, and at the end. */
export function walk(seed: string, operations: number): string[] {
  const cluster = Cluster.create({ seed });
  const random = new RandomWorkloads(seed);
  const found: string[] = [];
  const seen = new Set<string>();
  const note = (where: string, lines: string[]) => {
    for (const line of lines) {
      if (seen.has(line) || found.length >= FINDINGS_LIMIT) continue;
      seen.add(line);
      found.push(`${seed} ${where}: ${line}`);
    }
  };
  for (let step = 0; step < operations; step++) {
    const operation = random.next(cluster);
    const before = isEviction(operation) ? cluster.store.list("pods", "default") : undefined;
    perform(cluster, operation);
    note(`step ${step}`, [
      ...breaches(cluster),
      ...quotaBreaches(cluster),
      ...(before ? evictionBreaches(cluster, before) : []),
    ]);
  }
  healAll(cluster);
  for (const { metadata, spec } of cluster.store.list("nodes"))
    if (spec.unschedulable)
      perform(cluster, {
        kind: "api",
        request: {
          method: "PATCH",
          path: `/api/v1/nodes/${metadata.name}`,
          headers: { "content-type": "application/merge-patch+json" },
          body: { spec: { unschedulable: null } },
        },
      });
  cluster.advanceTo(cluster.nowMs + REST_MS);
  note("at rest", unsettled(cluster));
  return found;
}

const isEviction = (operation: Operation): boolean =>
  "kind" in operation && operation.kind === "api" && operation.request.path.endsWith("/eviction");

/** The budgets of those pods that this eviction has taken. */
function evictionBreaches(cluster: Cluster, before: readonly KubeObject[]): string[] {
  const taken = before.filter(({ metadata }) => {
    const now = cluster.store.get("pods", metadata.namespace, metadata.name);
    return !metadata.deletionTimestamp && (!now || now.metadata.deletionTimestamp);
  });
  return taken.flatMap((pod) => budgetBreaches(cluster, pod, before));
}
