import { qosClass } from "../kinds/pod/qos";
import type { ResourceQuota } from "../kinds/types";
import type { KubeObject } from "../types";

interface ScopeRequirement {
  scopeName: string;
  operator: string;
  values?: string[];
}

/** Whether a quota speaks of an object: one with scopes speaks of pods only, of those in all of its scopes. */
export function quotaMatches({ spec }: ResourceQuota, resource: string, object: KubeObject): boolean {
  const required: ScopeRequirement[] = [
    ...(spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: "Exists" })),
    ...(((spec?.scopeSelector as any)?.matchExpressions ?? []) as ScopeRequirement[]),
  ];
  if (required.length === 0) return true;
  return resource === "pods" && required.every((requirement) => podMatches(requirement, object));
}

function podMatches({ scopeName, operator, values = [] }: ScopeRequirement, { spec }: KubeObject): boolean {
  switch (scopeName) {
    case "Terminating":
      return spec.activeDeadlineSeconds !== undefined;
    case "NotTerminating":
      return spec.activeDeadlineSeconds === undefined;
    case "BestEffort":
      return qosClass(spec) === "BestEffort";
    case "NotBestEffort":
      return qosClass(spec) !== "BestEffort";
    case "PriorityClass":
      return classMatches(operator, values, spec.priorityClassName);
    case "CrossNamespacePodAffinity":
      return reachesOtherNamespaces(spec.affinity);
    default:
      return false;
  }
}

function classMatches(operator: string, values: readonly string[], name: string | undefined): boolean {
  switch (operator) {
    case "Exists":
      return Boolean(name);
    case "DoesNotExist":
      return !name;
    case "In":
      return values.includes(name ?? "");
    default:
      return !values.includes(name ?? "");
  }
}

function reachesOtherNamespaces(affinity: any): boolean {
  const terms = [affinity?.podAffinity, affinity?.podAntiAffinity].flatMap((side) => [
    ...(side?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
    ...(side?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map((one: any) => one.podAffinityTerm),
  ]);
  return terms.some((term) => term?.namespaces?.length > 0 || term?.namespaceSelector !== undefined);
}
