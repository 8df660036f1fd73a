import type { Pod } from "../../kinds/types";
import { type Cycle, MAX_SCORE, type NodeInfo, type ScorePlugin } from "../framework";
import { preferredTerms, requiredAffinity, termMatches } from "../pod-affinity-term";
import { countMatching, counts, HOSTNAME, type SpreadConstraint, spreadConstraints } from "../topology";

/** Weight of the required affinity of pods that run already towards one that would satisfy it. */
const HARD_AFFINITY_WEIGHT = 1;

/** Draws pods to, or away from, the pods that they (or that they) prefer. */
export const interPodAffinityScore: ScorePlugin<Map<string, number>> = {
  name: "InterPodAffinity",
  weight: 2,
  prepare(pod: Pod, cycle: Cycle) {
    const own = preferredTerms(pod);
    const score = new Map<string, number>();
    const credit = (info: NodeInfo, key: string, weight: number) => {
      const value = info.node.metadata.labels?.[key];
      if (value !== undefined) score.set(`${key}\u0000${value}`, (score.get(`${key}\u0000${value}`) ?? 0) + weight);
    };
    for (const info of cycle.nodes) {
      if (own.length > 0) {
        for (const existing of info.pods) {
          for (const { term, weight } of own)
            if (termMatches(term, existing, cycle)) credit(info, term.topologyKey, weight);
        }
      }
      for (const existing of info.podsWithAffinity) {
        for (const { term, weight } of preferredTerms(existing))
          if (termMatches(term, pod, cycle)) credit(info, term.topologyKey, weight);
        for (const term of requiredAffinity(existing))
          if (termMatches(term, pod, cycle)) credit(info, term.topologyKey, HARD_AFFINITY_WEIGHT);
      }
    }
    return score.size > 0 ? score : undefined;
  },
  score(_pod, { node }, credits) {
    let total = 0;
    for (const [place, weight] of credits) {
      const [key, value] = place.split("\u0000");
      if (node.metadata.labels?.[key!] === value) total += weight;
    }
    return total;
  },
  normalise(scores) {
    const [min, max] = [Math.min(...scores), Math.max(...scores)];
    return scores.map((score) => (max > min ? Math.floor((MAX_SCORE * (score - min)) / (max - min)) : 0));
  },
};

interface Spread {
  constraints: { constraint: SpreadConstraint; matching: Map<string, number>; weight: number }[];
  /** Nodes without the labels that count: they score nothing. */
  ignored: Set<NodeInfo>;
}

/** Spreads the pods that a constraint selects over its topology. */
export const podTopologySpreadScore: ScorePlugin<Spread> = {
  name: "PodTopologySpread",
  weight: 2,
  prepare(pod: Pod, cycle: Cycle, candidates) {
    const constraints = spreadConstraints(pod, "ScheduleAnyway", cycle);
    if (constraints.length === 0) return undefined;
    // The constraints of the system itself do not ask that every node has a zone.
    const required = (pod.spec.topologySpreadConstraints ?? []).length > 0;
    const ignored = new Set(
      candidates.filter(
        ({ node }) =>
          required && constraints.some(({ topologyKey }) => node.metadata.labels?.[topologyKey] === undefined),
      ),
    );
    return {
      ignored,
      constraints: constraints.map((constraint) =>
        counted(
          pod,
          constraint,
          cycle,
          candidates.filter((info) => !ignored.has(info)),
        ),
      ),
    };
  },
  score(pod, info, { constraints, ignored }) {
    if (ignored.has(info)) return -1;
    let total = 0;
    for (const { constraint, matching, weight } of constraints) {
      const value = info.node.metadata.labels?.[constraint.topologyKey];
      if (value === undefined) continue;
      const count =
        constraint.topologyKey === HOSTNAME
          ? countMatching(info, constraint, pod.metadata.namespace!)
          : (matching.get(value) ?? 0);
      total += count * weight + (constraint.maxSkew - 1);
    }
    return Math.round(total);
  },
  normalise(scores) {
    const counting = scores.filter((score) => score >= 0);
    const [min, max] = [Math.min(...counting), Math.max(...counting)];
    return scores.map((score) => {
      if (score < 0) return 0;
      return max === 0 ? MAX_SCORE : Math.floor((MAX_SCORE * (max + min - score)) / max);
    });
  },
};

function counted(pod: Pod, constraint: SpreadConstraint, cycle: Cycle, candidates: readonly NodeInfo[]) {
  const { topologyKey } = constraint;
  const matching = new Map<string, number>();
  for (const { node } of candidates) {
    const value = node.metadata.labels?.[topologyKey];
    if (value !== undefined) matching.set(value, 0);
  }
  const size = topologyKey === HOSTNAME ? candidates.length : matching.size;
  if (topologyKey !== HOSTNAME) {
    for (const info of cycle.nodes) {
      const value = info.node.metadata.labels?.[topologyKey];
      if (value === undefined || !matching.has(value) || !counts(constraint, pod, info.node)) continue;
      matching.set(value, matching.get(value)! + countMatching(info, constraint, pod.metadata.namespace!));
    }
  }
  // More places, more weight: otherwise a constraint over many nodes would hardly be felt.
  return { constraint, matching, weight: Math.log(size + 2) };
}
