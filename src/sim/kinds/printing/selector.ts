import { NONE } from "./columns";

interface LabelSelector {
  matchLabels?: Record<string, string>;
  matchExpressions?: readonly { key: string; operator: string; values?: readonly string[] }[];
}

/** `a=b,c=d` with keys in order; `<none>` where there are none. */
export function formatLabels(labels: Record<string, string> | undefined): string {
  const text = Object.keys(labels ?? {})
    .sort()
    .map((key) => `${key}=${labels![key]}`)
    .join(",");
  return text || NONE;
}

/** FormatLabelSelector: requirements in the order of their keys, `<none>` for one that selects nothing at all. */
export function formatLabelSelector(selector: LabelSelector | undefined): string {
  if (!selector) return NONE;
  const requirements: { key: string; text: string }[] = [];
  for (const [key, value] of Object.entries(selector.matchLabels ?? {}))
    requirements.push({ key, text: `${key}=${value}` });
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const list = [...values].sort().join(",");
    if (operator === "In") requirements.push({ key, text: `${key} in (${list})` });
    else if (operator === "NotIn") requirements.push({ key, text: `${key} notin (${list})` });
    else if (operator === "Exists") requirements.push({ key, text: key });
    else if (operator === "DoesNotExist") requirements.push({ key, text: `!${key}` });
    else return "<error>";
  }
  requirements.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return requirements.map(({ text }) => text).join(",") || NONE;
}
