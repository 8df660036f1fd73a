import type { Pod } from "../kinds/types";
import type { KubeObject } from "../types";
import type { Resources } from "./resources";

/** A node as the scheduler sees it: with the pods that it has and what they ask for. */
export interface NodeInfo {
  node: KubeObject;
  pods: Pod[];
  /** Those among them that have an opinion of other pods. */
  podsWithAffinity: Pod[];
  allocatable: Resources;
  requested: Resources;
  /** As `requested`, but containers that ask for nothing count a little: for scores only. */
  nonZeroRequested: { cpu: number; memory: number };
}

/** What plugins know of one attempt besides pod and node. */
export interface Cycle {
  nodes: readonly NodeInfo[];
  /** Which node is looked at first; moves on with every pod. */
  firstNode: number;
  /** Labels of a namespace, for terms that select namespaces. */
  namespaceLabels(namespace: string): Readonly<Record<string, string>>;
  /** The label selector of the Services and controllers that the pod belongs to. */
  defaultSelector: import("../apiserver/selectors/labels").LabelSelector;
  /** Pods that wait for the room that preemption makes for them, by the name of their node. */
  nominated: ReadonlyMap<string, readonly Pod[]>;
}

export interface Refusal {
  reasons: string[];
  /** Taking other pods off the node would not help. */
  unresolvable: boolean;
}

export const unresolvable = (...reasons: string[]): Refusal => ({ reasons, unresolvable: true });
export const unschedulable = (...reasons: string[]): Refusal => ({ reasons, unresolvable: false });

/** Says why a pod cannot run on a node, or nothing. `prepare` works out once what is the same for all nodes. */
export interface FilterPlugin<S = any> {
  name: string;
  /** The names of the only nodes that come into question, where the pod itself says so: the others are not looked at. */
  only?(pod: Pod): ReadonlySet<string> | undefined;
  prepare?(pod: Pod, cycle: Cycle): S;
  filter(pod: Pod, info: NodeInfo, state: S): Refusal | undefined;
}

export const MAX_SCORE = 100;

/** Says how well a pod would do on a node. Raw scores are brought to 0–100 by `normalise`, if there is one. */
export interface ScorePlugin<S = any> {
  name: string;
  weight: number;
  /** Undefined: the plugin has nothing to say about this pod. */
  prepare(pod: Pod, cycle: Cycle, candidates: readonly NodeInfo[]): S | undefined;
  score(pod: Pod, info: NodeInfo, state: S): number;
  normalise?(scores: number[], state: S): number[];
}

/** Scales to the highest score; `reverse` turns costs into merits. */
export function normaliseToMax(scores: readonly number[], reverse = false): number[] {
  const max = Math.max(0, ...scores);
  if (max === 0) return scores.map(() => (reverse ? MAX_SCORE : 0));
  return scores.map((score) => {
    const scaled = Math.floor((MAX_SCORE * score) / max);
    return reverse ? MAX_SCORE - scaled : scaled;
  });
}
