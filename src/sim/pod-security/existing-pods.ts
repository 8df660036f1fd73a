import type { KubeObject } from "../types";
import type { PodLike } from "./check";
import { violations } from "./evaluate";
import { type LevelVersion, policyText } from "./policy";

/** How many pods a change of a namespace's level looks at. */
const MOST_PODS = 3000;

/** Warns of the pods that are there already, and that a new level would not let in: alike ones on one line. */
export function existingPodWarnings(namespace: string, enforce: LevelVersion, pods: readonly KubeObject[]): string[] {
  const ordered = oneOfEachFirst(pods);
  const checked = ordered.slice(0, MOST_PODS);
  const byReason = new Map<string, string[]>();
  for (const pod of checked) {
    const found = violations(enforce, pod as PodLike);
    if (found.length === 0) continue;
    const text = found.map(({ reason }) => reason).join(", ");
    byReason.set(text, [...(byReason.get(text) ?? []), pod.metadata.name]);
  }
  const cut = `new PodSecurity enforce level only checked against the first ${checked.length} of ${ordered.length} existing pods`;
  const heading = `existing pods in namespace "${namespace}" violate the new PodSecurity enforce level "${policyText(enforce)}"`;
  return [
    ...(checked.length < ordered.length ? [cut] : []),
    ...(byReason.size > 0 ? [heading] : []),
    ...[...byReason].map(([reason, names]) => `${podsText(names)}: ${reason}`).sort(),
  ];
}

function podsText(names: string[]): string {
  const [first] = names.sort();
  if (names.length === 1) return first!;
  return `${first} (and ${names.length - 1} other ${names.length === 2 ? "pod" : "pods"})`;
}

/** Replicas are alike: one of each controller is looked at before the others. */
function oneOfEachFirst(pods: readonly KubeObject[]): KubeObject[] {
  const seen = new Set<string>();
  const first: KubeObject[] = [];
  const others: KubeObject[] = [];
  for (const pod of pods) {
    const owner = pod.metadata.ownerReferences?.find(({ controller }) => controller)?.uid;
    (owner && seen.has(owner) ? others : first).push(pod);
    if (owner) seen.add(owner);
  }
  return [...first, ...others];
}
