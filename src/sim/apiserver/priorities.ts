/**
 * How discovery orders groups and their versions: group priority and version priority of each built-in group, as
 * upstream registers them (pkg/controlplane/apiserver/aggregator.go).
 */
export const GROUP_PRIORITIES: Readonly<Record<string, number>> = {
  "": 18_000,
  apps: 17_800,
  "events.k8s.io": 17_750,
  "authentication.k8s.io": 17_700,
  "authorization.k8s.io": 17_600,
  autoscaling: 17_500,
  batch: 17_400,
  "certificates.k8s.io": 17_300,
  "networking.k8s.io": 17_200,
  policy: 17_100,
  "rbac.authorization.k8s.io": 17_000,
  "storage.k8s.io": 16_800,
  "apiextensions.k8s.io": 16_700,
  "admissionregistration.k8s.io": 16_700,
  "scheduling.k8s.io": 16_600,
  "coordination.k8s.io": 16_500,
  "node.k8s.io": 16_300,
  "discovery.k8s.io": 16_200,
  "flowcontrol.apiserver.k8s.io": 16_100,
};

/** Below all built-in groups: what CRDs bring, and what an extension server serves. */
const CUSTOM_GROUP_PRIORITY = 1000;
/** The aggregator's own group comes first of all. */
const AGGREGATOR_GROUP = "apiregistration.k8s.io";
const AGGREGATED: Readonly<Record<string, number>> = { "metrics.k8s.io": 100 };

export function groupPriority(group: string): number {
  if (group === AGGREGATOR_GROUP) return 20_000;
  return GROUP_PRIORITIES[group] ?? AGGREGATED[group] ?? CUSTOM_GROUP_PRIORITY;
}

/** The order of kubernetes.io/docs/concepts/extend-kubernetes/api-extension: GA, beta, alpha, newest first, others by name. */
export function compareVersions(a: string, b: string): number {
  const left = parsed(a);
  const right = parsed(b);
  if (!left || !right) return left ? -1 : right ? 1 : a < b ? -1 : a > b ? 1 : 0;
  return right.stage - left.stage || right.major - left.major || right.minor - left.minor;
}

const STAGES: Record<string, number> = { alpha: 0, beta: 1 };

function parsed(version: string): { major: number; stage: number; minor: number } | undefined {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  return match
    ? { major: Number(match[1]), stage: match[2] ? STAGES[match[2]]! : 2, minor: Number(match[3] ?? 0) }
    : undefined;
}

export function compareGroupVersions(
  a: { group: string; version: string },
  b: { group: string; version: string },
): number {
  if (a.group === b.group) return compareVersions(a.version, b.version);
  return groupPriority(b.group) - groupPriority(a.group) || (a.group < b.group ? -1 : 1);
}
