import type { Pod } from "../kinds/types";

/** On a mirror: the uid of the static pod that it stands for. */
export const MIRROR = "kubernetes.io/config.mirror";

/** A pod that a kubelet runs from a file of its node: its object is a mirror, and deleting that changes nothing. */
export const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.[MIRROR] !== undefined;
