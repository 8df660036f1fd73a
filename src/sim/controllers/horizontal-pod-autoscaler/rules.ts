/** From what the metrics ask for to what is set: stabilization, rates, minimum and maximum (horizontal.go). */

export interface Moment {
  atMs: number;
  count: number;
}

/** What the controller remembers of one autoscaler between two looks. */
export interface Memory {
  recommendations: readonly Moment[];
  ups: readonly Moment[];
  downs: readonly Moment[];
}

export const NO_MEMORY: Memory = { recommendations: [], ups: [], downs: [] };

export interface Decision {
  replicas: number;
  stabilized?: { reason: string; message: string };
  limited: boolean;
  reason: string;
  message: string;
}

export interface Wish {
  current: number;
  desired: number;
  min: number;
  max: number;
  nowMs: number;
}

/** --horizontal-pod-autoscaler-downscale-stabilization */
export const DOWNSCALE_WINDOW_MS = 300_000;
const LONGEST_WINDOW_MS = 3_600_000;
const MOMENTS_LIMIT = 256;

export const remember = (moments: readonly Moment[], moment: Moment): Moment[] =>
  [...moments.filter(({ atMs }) => atMs > moment.atMs - LONGEST_WINDOW_MS), moment].slice(-MOMENTS_LIMIT);

const WITHIN = {
  limited: false,
  reason: "DesiredWithinRange",
  message: "the desired count is within the acceptable range",
};
const TEXTS = {
  up: ["ScaleUpLimit", "the desired replica count is increasing faster than the maximum scale rate"],
  most: ["TooManyReplicas", "the desired replica count is more than the maximum replica count"],
  down: ["ScaleDownLimit", "the desired replica count is decreasing faster than the maximum scale rate"],
  least: ["TooFewReplicas", "the desired replica count is less than the minimum replica count"],
} as const;

const limitedTo = (replicas: number, [reason, message]: readonly [string, string]): Omit<Decision, "stabilized"> => ({
  replicas,
  limited: true,
  reason,
  message,
});

const DOWN_STABILIZED = {
  reason: "ScaleDownStabilized",
  message: "recent recommendations were higher than current one, applying the highest recent recommendation",
};
const UP_STABILIZED = {
  reason: "ScaleUpStabilized",
  message: "recent recommendations were lower than current one, applying the lowest recent recommendation",
};

/** Without behaviours: the highest recommendation of five minutes, and at most twice as many (or four) at once. */
export function plainDecision(wish: Wish, { recommendations }: Memory): Decision {
  const { current, desired, min, max, nowMs } = wish;
  const recent = recommendations.filter(({ atMs }) => atMs >= nowMs - DOWNSCALE_WINDOW_MS);
  const stable = Math.max(desired, ...recent.map(({ count }) => count));
  const upLimit = Math.max(2 * current, 4);
  const stabilized = stable !== desired && { stabilized: DOWN_STABILIZED };
  if (stable < min) return { ...limitedTo(min, TEXTS.least), ...stabilized };
  const most = Math.min(max, upLimit);
  if (stable > most) return { ...limitedTo(most, max > upLimit ? TEXTS.up : TEXTS.most), ...stabilized };
  return { replicas: stable, ...WITHIN, ...stabilized };
}

interface Rules {
  stabilizationWindowSeconds?: number;
  selectPolicy?: "Max" | "Min" | "Disabled";
  policies: readonly { type: "Pods" | "Percent"; value: number; periodSeconds: number }[];
}

export interface Behavior {
  scaleUp: Rules;
  scaleDown: Rules;
}

/** With behaviours, which limit how fast it goes and how long it waits. */
export function decisionByBehavior(wish: Wish, behavior: Behavior, memory: Memory): Decision {
  const { current, desired, min, max, nowMs } = wish;
  const upWindowMs = (behavior.scaleUp.stabilizationWindowSeconds ?? 0) * 1000;
  const downWindowMs = (behavior.scaleDown.stabilizationWindowSeconds ?? DOWNSCALE_WINDOW_MS / 1000) * 1000;
  const since = (windowMs: number) =>
    memory.recommendations.filter(({ atMs }) => atMs > nowMs - windowMs).map(({ count }) => count);
  const lowest = Math.min(desired, ...since(upWindowMs));
  const highest = Math.max(desired, ...since(downWindowMs));
  const stable = Math.min(Math.max(current, lowest), highest);
  const stabilized = stable !== desired && { stabilized: desired >= current ? UP_STABILIZED : DOWN_STABILIZED };
  if (stable > current) {
    const limit = Math.max(current, rateLimit(current, behavior.scaleUp, memory, nowMs, "up"));
    const most = Math.min(max, limit);
    if (stable > most) return { ...limitedTo(most, max > limit ? TEXTS.up : TEXTS.most), ...stabilized };
  } else if (stable < current) {
    const limit = Math.min(current, rateLimit(current, behavior.scaleDown, memory, nowMs, "down"));
    const least = Math.max(min, limit);
    if (stable < least) return { ...limitedTo(least, min < limit ? TEXTS.down : TEXTS.least), ...stabilized };
  }
  return { replicas: stable, ...WITHIN, ...stabilized };
}

function rateLimit(current: number, rules: Rules, { ups, downs }: Memory, nowMs: number, way: "up" | "down"): number {
  if (rules.selectPolicy === "Disabled") return current;
  const proposals = rules.policies.map(({ type, value, periodSeconds }) => {
    const changed = (moments: readonly Moment[]) =>
      moments.filter(({ atMs }) => atMs > nowMs - periodSeconds * 1000).reduce((sum, { count }) => sum + count, 0);
    const start = current - changed(ups) + changed(downs);
    if (way === "up") return type === "Pods" ? start + value : Math.ceil(start * (1 + value / 100));
    return type === "Pods" ? start - value : Math.trunc(start * (1 - value / 100));
  });
  const largest = (way === "up") === (rules.selectPolicy !== "Min");
  return largest ? Math.max(...proposals) : Math.min(...proposals);
}
