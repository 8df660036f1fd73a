/** The condition DisruptionAllowed, which says of a budget whether a pod may be evicted now. */
export function withDisruptionAllowed(
  conditions: readonly any[],
  { reason, message = "" }: { reason: "SufficientPods" | "InsufficientPods" | "SyncFailed"; message?: string },
  observedGeneration: number | undefined,
  now: string,
): any[] {
  const type = "DisruptionAllowed";
  const status = reason === "SufficientPods" ? "True" : "False";
  const known = conditions.find((condition) => condition.type === type);
  const lastTransitionTime = known?.status === status ? known.lastTransitionTime : now;
  const generation = observedGeneration ? { observedGeneration } : {};
  const condition = { ...generation, lastTransitionTime, message, reason, status, type };
  return known ? conditions.map((one) => (one === known ? condition : one)) : [...conditions, condition];
}
