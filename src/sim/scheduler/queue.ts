import type { KubeObject } from "../types";

/** How often a pod has been tried. */
export interface Attempt {
  uid: string;
  attempts: number;
  lastMs: number;
}

const INITIAL_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 10_000;

/** One second after the first failure, doubled at each further one, ten at most. */
export const backoffMs = ({ attempts }: Attempt): number =>
  Math.min(MAX_BACKOFF_MS, INITIAL_BACKOFF_MS * 2 ** Math.max(0, attempts - 1));

/** Higher priority first, then the one that has waited longer; names settle the rest. */
export function byPriority(a: KubeObject, b: KubeObject): number {
  const priority = (b.spec.priority ?? 0) - (a.spec.priority ?? 0);
  if (priority !== 0) return priority;
  return Number(a.metadata.resourceVersion) - Number(b.metadata.resourceVersion);
}
