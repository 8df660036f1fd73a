import type { Pod } from "../kinds/types";
import { filters } from "./filters";
import { prepareFilters, refusalOf } from "./fits";
import { type Cycle, type NodeInfo, type Refusal, unresolvable } from "./framework";
import { scores } from "./scores";

/** Why each node of the cluster refused a pod. */
export type Refusals = ReadonlyMap<NodeInfo, Refusal>;
export type Selection = { info: NodeInfo } | { refusals: Refusals };

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
  const states = prepareFilters(pod, cycle);
  const refusals = new Map<NodeInfo, Refusal>();
  const { nodes, excluded } = inQuestion(pod, cycle);
  for (const info of excluded.nodes) refusals.set(info, unresolvable(excluded.reason));
  // A pod that preemption has made room for goes there if it can.
  const nominated = nodes.find(({ node }) => node.metadata.name === pod.status?.nominatedNodeName);
  if (nominated && !refusalOf(pod, nominated, states, cycle)) return { info: nominated };
  const candidates: NodeInfo[] = [];
  const enough = feasibleNodesToFind(nodes.length);
  // Where not all are looked at, the next pod begins where this one stopped, so that all have their turn.
  const from = cycle.firstNode;
  let looked = 0;
  while (looked < nodes.length && candidates.length < enough) {
    const info = nodes[(from + looked++) % nodes.length]!;
    const refusal = refusalOf(pod, info, states, cycle);
    if (refusal) refusals.set(info, refusal);
    else candidates.push(info);
  }
  cycle.firstNode = (from + looked) % Math.max(1, cycle.nodes.length);
  if (candidates.length === 0) return { refusals };
  if (candidates.length === 1) return { info: candidates[0]! };
  const totals = totalScores(pod, cycle, candidates);
  const best = Math.max(...totals);
  const winners = candidates.filter((_, index) => totals[index] === best);
  return { info: winners[winners.length === 1 ? 0 : random(winners.length)]! };
}

/** The nodes that a pod's own words leave, and those that they exclude without a look. */
function inQuestion(pod: Pod, { nodes }: Cycle) {
  const restricting = filters.flatMap((plugin) => {
    const names = plugin.only?.(pod);
    return names ? [{ name: plugin.name, names }] : [];
  });
  if (restricting.length === 0) return { nodes, excluded: { nodes: [], reason: "" } };
  const left = ({ node }: NodeInfo) => restricting.every(({ names }) => names.has(node.metadata.name));
  const reason = `node(s) didn't satisfy plugin(s) [${restricting.map(({ name }) => name).join(" ")}]`;
  return { nodes: nodes.filter(left), excluded: { nodes: nodes.filter((info) => !left(info)), reason } };
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
