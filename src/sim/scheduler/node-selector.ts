import { matchesRequirement, type Operator } from "../apiserver/selectors/labels";
import { isLabelValue } from "../kinds/validation/names";
import type { KubeObject } from "../types";

interface Expression {
  key: string;
  operator: string;
  values?: string[];
}

export interface NodeSelectorTerm {
  matchExpressions?: Expression[];
  matchFields?: Expression[];
}

const OPERATORS: Record<string, Operator> = {
  In: "in",
  NotIn: "notin",
  Exists: "exists",
  DoesNotExist: "!",
  Gt: "gt",
  Lt: "lt",
};

const matches = ({ key, operator, values }: Expression, labels: Readonly<Record<string, string>>): boolean => {
  const known = OPERATORS[operator];
  // A value that no label can have makes the term unreadable, and such a term matches nothing.
  if ((values ?? []).some((value) => isLabelValue(value).length > 0)) return false;
  return known !== undefined && matchesRequirement({ key, operator: known, values: values ?? [] }, labels);
};

/** All expressions and fields of a term; a term that says nothing matches nothing. */
export function matchesTerm(term: NodeSelectorTerm, node: KubeObject): boolean {
  const { matchExpressions = [], matchFields = [] } = term;
  if (matchExpressions.length + matchFields.length === 0) return false;
  const labels = node.metadata.labels ?? {};
  const fields = { "metadata.name": node.metadata.name };
  return (
    matchExpressions.every((expression) => matches(expression, labels)) &&
    matchFields.every((field) => matches(field, fields))
  );
}

/** Whether the pod's nodeSelector and required node affinity allow the node. */
export function matchesNodeSelection(spec: any, node: KubeObject): boolean {
  const labels = node.metadata.labels ?? {};
  for (const [key, value] of Object.entries(spec.nodeSelector ?? {})) if (labels[key] !== value) return false;
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (!required) return true;
  return (required.nodeSelectorTerms ?? []).some((term: NodeSelectorTerm) => matchesTerm(term, node));
}

/**
 * The nodes that required affinity asks for by name in each of its terms, as the pods of daemons do; nothing where one term
 * leaves the name open.
 */
export function namedNodes(spec: any): ReadonlySet<string> | undefined {
  const terms: readonly NodeSelectorTerm[] =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const names = new Set<string>();
  for (const { matchFields = [] } of terms) {
    const asked = matchFields.filter(({ key, operator }) => key === "metadata.name" && operator === "In");
    if (asked.length === 0) return undefined;
    const [first, ...others] = asked.map(({ values = [] }) => values);
    for (const name of first!) if (others.every((values) => values.includes(name))) names.add(name);
  }
  return terms.length > 0 ? names : undefined;
}
