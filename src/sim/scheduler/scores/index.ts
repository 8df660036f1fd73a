import type { ScorePlugin } from "../framework";
import { imageLocality, nodeAffinityScore, taintTolerationScore } from "./node";
import { interPodAffinityScore, podTopologySpreadScore } from "./pods";
import { balancedAllocation, leastAllocated } from "./resources";

export const scores: readonly ScorePlugin[] = [
  taintTolerationScore,
  nodeAffinityScore,
  leastAllocated,
  podTopologySpreadScore,
  interPodAffinityScore,
  balancedAllocation,
  imageLocality,
];
