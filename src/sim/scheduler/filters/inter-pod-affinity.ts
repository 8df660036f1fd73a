import type { Pod } from "../../kinds/types";
import { type Cycle, type FilterPlugin, unresolvable, unschedulable } from "../framework";
import { type AffinityTerm, requiredAffinity, requiredAntiAffinity, termMatches } from "../pod-affinity-term";

interface State {
  affinity: AffinityTerm[];
  antiAffinity: AffinityTerm[];
  /** `key\0value` of topologies where pods match all affinity terms, per term of anti-affinity, and where existing pods object. */
  attracting: Map<AffinityTerm, Set<string>>;
  repelling: Map<AffinityTerm, Set<string>>;
  objecting: Set<string>;
  /** The pod would satisfy its own affinity: the first of a group may go anywhere. */
  first: boolean;
}

const place = (key: string, labels: Readonly<Record<string, string>> | undefined) =>
  labels?.[key] === undefined ? undefined : `${key}\u0000${labels[key]}`;

function prepare(pod: Pod, cycle: Cycle): State {
  const affinity = requiredAffinity(pod);
  const antiAffinity = requiredAntiAffinity(pod);
  const state: State = {
    affinity,
    antiAffinity,
    attracting: new Map(affinity.map((term) => [term, new Set<string>()])),
    repelling: new Map(antiAffinity.map((term) => [term, new Set<string>()])),
    objecting: new Set(),
    first: false,
  };
  const opinionated = affinity.length > 0 || antiAffinity.length > 0;
  for (const { node, pods, podsWithAffinity } of cycle.nodes) {
    const { labels } = node.metadata;
    for (const existing of opinionated ? pods : []) {
      const matchesAll = affinity.length > 0 && affinity.every((term) => termMatches(term, existing, cycle));
      if (matchesAll) for (const term of affinity) note(state.attracting.get(term)!, place(term.topologyKey, labels));
      for (const term of antiAffinity) {
        if (termMatches(term, existing, cycle)) note(state.repelling.get(term)!, place(term.topologyKey, labels));
      }
    }
    for (const existing of podsWithAffinity) {
      for (const term of requiredAntiAffinity(existing)) {
        if (termMatches(term, pod, cycle)) note(state.objecting, place(term.topologyKey, labels));
      }
    }
  }
  const nobody = [...state.attracting.values()].every((places) => places.size === 0);
  state.first = nobody && affinity.every((term) => termMatches(term, pod, cycle));
  return state;
}

function note(places: Set<string>, where: string | undefined): void {
  if (where !== undefined) places.add(where);
}

export const interPodAffinity: FilterPlugin<State> = {
  name: "InterPodAffinity",
  prepare,
  filter(_pod, { node }, state) {
    const at = (term: AffinityTerm) => place(term.topologyKey, node.metadata.labels);
    for (const term of state.affinity) {
      const where = at(term);
      if (where === undefined || !(state.first || state.attracting.get(term)!.has(where)))
        return unresolvable("node(s) didn't match pod affinity rules");
    }
    for (const term of state.antiAffinity) {
      const where = at(term);
      if (where !== undefined && state.repelling.get(term)!.has(where))
        return unschedulable("node(s) didn't match pod anti-affinity rules");
    }
    for (const where of state.objecting) {
      const [key, value] = where.split("\u0000");
      if (node.metadata.labels?.[key!] === value)
        return unschedulable("node(s) didn't satisfy existing pods anti-affinity rules");
    }
    return undefined;
  },
};
