export interface PodCondition {
  type: string;
  status: string;
  reason?: string;
  message?: string;
  lastProbeTime?: string | null;
  lastTransitionTime?: string | null;
}

/**
 * Sets a condition of a draft's status, as upstream's `podutil.UpdatePodCondition` does: one of that type is replaced where
 * it stands, and keeps its transition where its status stays. False where nothing has changed.
 */
export function updatePodCondition(
  status: { conditions?: PodCondition[] },
  wanted: Omit<PodCondition, "lastTransitionTime">,
  now: string,
): boolean {
  const conditions = status.conditions ?? [];
  const at = conditions.findIndex(({ type }) => type === wanted.type);
  const known = conditions[at];
  const same = known?.status === wanted.status;
  const condition: PodCondition = {
    lastProbeTime: null,
    ...wanted,
    lastTransitionTime: same ? (known.lastTransitionTime ?? null) : now,
  };
  if (!known) {
    status.conditions = [...conditions, condition];
    return true;
  }
  status.conditions = conditions.with(at, condition);
  return !(
    same &&
    known.reason === condition.reason &&
    known.message === condition.message &&
    (known.lastProbeTime ?? null) === condition.lastProbeTime
  );
}
