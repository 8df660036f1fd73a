import type { Pod } from "../kinds/types";

/** Pods that wait for the room that preemption makes for them, by the name of their node. */
export type Nominations = Map<string, Pod[]>;

/** Takes note of the node that a pod's status names, in the place of any that it named before. */
export function nominate(nominations: Nominations, pod: Pod): void {
  forgetNomination(nominations, pod);
  const node = pod.status?.nominatedNodeName;
  if (node) nominations.set(node, [...(nominations.get(node) ?? []), pod]);
}

export function forgetNomination(nominations: Nominations, pod: Pod): void {
  for (const [node, pods] of nominations) {
    if (!pods.some(({ metadata }) => metadata.uid === pod.metadata.uid)) continue;
    nominations.set(
      node,
      pods.filter(({ metadata }) => metadata.uid !== pod.metadata.uid),
    );
  }
}
