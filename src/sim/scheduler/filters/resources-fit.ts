import { type FilterPlugin, type NodeInfo, unschedulable } from "../framework";
import { podRequests, type Resources } from "../resources";

/** Resources that every kubelet knows; others are scarce things such as GPUs, checked by name. */
const COMMON = ["cpu", "memory", "ephemeral-storage"];

/** What is missing on a node for a pod with these requests, in upstream's words and order. */
export function insufficient(requests: Resources, { pods, allocatable, requested }: NodeInfo): string[] {
  const missing: string[] = [];
  if (pods.length + 1 > (allocatable.pods ?? 0)) missing.push("Too many pods");
  const others = Object.keys(requests)
    .filter((resource) => !COMMON.includes(resource) && resource !== "pods")
    .sort();
  for (const resource of [...COMMON, ...others]) {
    const wanted = requests[resource] ?? 0;
    if (wanted > 0 && wanted > (allocatable[resource] ?? 0) - (requested[resource] ?? 0))
      missing.push(`Insufficient ${resource}`);
  }
  return missing;
}

export const resourcesFit: FilterPlugin<Resources> = {
  name: "NodeResourcesFit",
  prepare: ({ spec }) => podRequests(spec),
  filter(_pod, info, requests) {
    const missing = insufficient(requests, info);
    return missing.length > 0 ? unschedulable(...missing) : undefined;
  },
};
