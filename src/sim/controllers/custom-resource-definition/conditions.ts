import type { Condition } from "../../kinds/custom-resource/definition-types";

/** Conditions with one of them set; it keeps the time of its last change where its status is the same. */
export function withCondition(conditions: readonly Condition[], wanted: Condition, now: string): Condition[] {
  const old = conditions.find(({ type }) => type === wanted.type);
  const lastTransitionTime = old?.status === wanted.status ? (old.lastTransitionTime ?? now) : now;
  const { type, status, reason, message } = wanted;
  const next: Condition = { lastTransitionTime, message: message ?? "", reason: reason ?? "", status, type };
  return old ? conditions.map((one) => (one === old ? next : one)) : [...conditions, next];
}
