import { parseRfc3339 } from "../../kernel/time";
import type { Pod } from "../../kinds/types";
import { priorityOf } from "../fits";

/** When a pod began to run; one that has not begun yet counts as the latest. */
export const startOf = (pod: Pod): number => {
  const start = pod.status?.startTime;
  return (start === undefined ? undefined : parseRfc3339(start)) ?? Number.POSITIVE_INFINITY;
};

/** Higher priority first; of equals the one that has run longer. */
export function byImportance(a: Pod, b: Pod): number {
  const priority = priorityOf(b) - priorityOf(a);
  if (priority !== 0) return priority;
  const [first, second] = [startOf(a), startOf(b)];
  return first === second ? 0 : first < second ? -1 : 1;
}
