import { type LabelSelector, labelSelectorOf, matchesLabels } from "../apiserver/selectors/labels";
import type { Pod } from "../kinds/types";
import type { Cycle } from "./framework";

/** A term of pod affinity or anti-affinity, ready to be matched. */
export interface AffinityTerm {
  topologyKey: string;
  selector: LabelSelector | undefined;
  namespaces: readonly string[];
  namespaceSelector: LabelSelector | undefined;
}

/** Terms as written in `owner`; those that name no namespaces mean its own. */
export function affinityTerms(owner: Pod, terms: readonly any[] | undefined): AffinityTerm[] {
  return (terms ?? []).map(
    ({ topologyKey, labelSelector, namespaces = [], namespaceSelector, matchLabelKeys = [] }) => {
      const selector = labelSelectorOf(labelSelector);
      for (const key of matchLabelKeys) {
        const value = owner.metadata.labels?.[key];
        if (value !== undefined) selector?.push({ key, operator: "in", values: [value] });
      }
      return {
        topologyKey,
        selector,
        namespaces: namespaces.length === 0 && !namespaceSelector ? [owner.metadata.namespace!] : namespaces,
        namespaceSelector: labelSelectorOf(namespaceSelector),
      };
    },
  );
}

export function termMatches(term: AffinityTerm, pod: Pod, cycle: Cycle): boolean {
  if (!term.selector) return false;
  const namespace = pod.metadata.namespace!;
  const inNamespace =
    term.namespaces.includes(namespace) ||
    (term.namespaceSelector !== undefined && matchesLabels(term.namespaceSelector, cycle.namespaceLabels(namespace)));
  return inNamespace && matchesLabels(term.selector, pod.metadata.labels);
}

const affinityOf = (pod: Pod): any => pod.spec.affinity ?? {};
export const requiredAffinity = (pod: Pod): AffinityTerm[] =>
  affinityTerms(pod, affinityOf(pod).podAffinity?.requiredDuringSchedulingIgnoredDuringExecution);
export const requiredAntiAffinity = (pod: Pod): AffinityTerm[] =>
  affinityTerms(pod, affinityOf(pod).podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution);

/** Preferred terms with their weights; those of anti-affinity count against. */
export function preferredTerms(pod: Pod): { term: AffinityTerm; weight: number }[] {
  const weighted = (preferences: readonly any[] | undefined, sign: number) =>
    (preferences ?? []).map(({ weight, podAffinityTerm }) => ({
      weight: sign * weight,
      term: affinityTerms(pod, [podAffinityTerm])[0]!,
    }));
  const { podAffinity, podAntiAffinity } = affinityOf(pod);
  return [
    ...weighted(podAffinity?.preferredDuringSchedulingIgnoredDuringExecution, 1),
    ...weighted(podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution, -1),
  ];
}
