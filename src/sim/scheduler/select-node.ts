import type { Pod } from "../kinds/types";
import { filters } from "./filters";
import type { Cycle, NodeInfo, Refusal } from "./framework";
import { scores } from "./scores";

export type Selection = { info: NodeInfo } | { refusals: Refusal[] };

const MIN_FEASIBLE_NODES = 100;
const MIN_FEASIBLE_PERCENT = 5;

/**
 * In a large cluster the scheduler stops looking once it has found enough nodes that would do: half of them and fewer the
 * more there are (kubernetes.io/docs/concepts/scheduling-eviction/scheduler-perf-tuning).
 */
export function feasibleNodesToFind(nodes: number): number {
  if (nodes < MIN_FEASIBLE_NODES) return nodes;
  const percent = Math.max(MIN_FEASIBLE_PERCENT, 50 - Math.floor(nodes / 125));
  return Math.max(MIN_FEASIBLE_NODES, Math.floor((nodes * percent) / 100));
}

/** Finds the best node for a pod; among equals chance decides. `random(n)` is an integer below n. */
export function selectNode(pod: Pod, cycle: Cycle, random: (below: number) => number): Selection {
  const states = filters.map((plugin) => plugin.prepare?.(pod, cycle));
  const refusals: Refusal[] = [];
  const candidates: NodeInfo[] = [];
  const { nodes } = cycle;
  const enough = feasibleNodesToFind(nodes.length);
  // Where not all are looked at, the next pod begins where this one stopped, so that all have their turn.
  const from = cycle.firstNode;
  let looked = 0;
  while (looked < nodes.length && candidates.length < enough) {
    const info = nodes[(from + looked++) % nodes.length]!;
    const refusal = firstRefusal(pod, info, states);
    if (refusal) refusals.push(refusal);
    else candidates.push(info);
  }
  cycle.firstNode = (from + looked) % Math.max(1, nodes.length);
  if (candidates.length === 0) return { refusals };
  if (candidates.length === 1) return { info: candidates[0]! };
  const totals = totalScores(pod, cycle, candidates);
  const best = Math.max(...totals);
  const winners = candidates.filter((_, index) => totals[index] === best);
  return { info: winners[winners.length === 1 ? 0 : random(winners.length)]! };
}

function firstRefusal(pod: Pod, info: NodeInfo, states: readonly unknown[]): Refusal | undefined {
  for (const [index, plugin] of filters.entries()) {
    const refusal = plugin.filter(pod, info, states[index]);
    if (refusal) return refusal;
  }
  return undefined;
}

function totalScores(pod: Pod, cycle: Cycle, candidates: readonly NodeInfo[]): number[] {
  const totals = candidates.map(() => 0);
  for (const plugin of scores) {
    const state = plugin.prepare(pod, cycle, candidates);
    if (state === undefined) continue;
    const raw = candidates.map((info) => plugin.score(pod, info, state));
    const normalised = plugin.normalise ? plugin.normalise(raw, state) : raw;
    for (const [index, score] of normalised.entries()) totals[index] = totals[index]! + score * plugin.weight;
  }
  return totals;
}
