import { matchesLabels as matches, parseLabelSelector } from "@/sim/apiserver/selectors/labels";
import { CliError } from "../errors";

/** Whether labels match a selector text (`app=web,tier in (a,b)`); "" matches all. */
export function matchesLabels(selector: string, labels: Record<string, string>): boolean {
  if (selector === "") return true;
  try {
    return matches(parseLabelSelector(selector), labels);
  } catch (error) {
    throw new CliError((error as Error).message);
  }
}

/** `a=b,c=d` as labels. */
export function parseLabels(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const part of text.split(",").filter(Boolean)) {
    const [key, value, ...more] = part.split("=");
    if (value === undefined || more.length > 0) throw new CliError(`unexpected label spec: ${part}`);
    labels[key!] = value;
  }
  return labels;
}

/** `a=b,c in (d)`: a `metav1.LabelSelector` as text. */
export function formatSelector(selector: any): string {
  if (!selector) return "<none>";
  const parts: [string, string][] = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => [
    key,
    `${key}=${value}`,
  ]);
  for (const { key, operator, values = [] } of selector.matchExpressions ?? []) {
    const list = `(${[...values].sort().join(",")})`;
    if (operator === "In") parts.push([key, `${key} in ${list}`]);
    else if (operator === "NotIn") parts.push([key, `${key} notin ${list}`]);
    else parts.push([key, operator === "Exists" ? key : `!${key}`]);
  }
  if (parts.length === 0) return "<none>";
  return parts
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([, text]) => text)
    .join(",");
}

/** The query form of a selector, for requests. */
export const selectorQuery = (selector: any): string => {
  const text = formatSelector(selector);
  return text === "<none>" ? "" : text;
};
