import type { PolicyRule } from "../../kinds/types";

/**
 * Rules by role, a line each: `verbs | groups | resources | names`, or `verbs | paths`. `core` is the group without a
 * name; verbs and whole rules that come up everywhere have a word of their own.
 */
export type RuleTexts = Record<string, readonly string[]>;

const VERBS: Record<string, string> = {
  READ: "get list watch",
  WRITE: "create delete deletecollection patch update",
  "READ-WRITE": "create delete deletecollection get list patch update watch",
};
const EVENTS = "create patch update | core events.k8s.io | events";

const words = (text: string): string[] => text.split(" ");

export function policyRule(text: string): PolicyRule {
  const [verbs, second, resources, names] = (text === "EVENTS" ? EVENTS : text).split(" | ") as string[];
  const list = words(VERBS[verbs!] ?? verbs!);
  if (resources === undefined) return { verbs: list, nonResourceURLs: words(second!) };
  return {
    verbs: list,
    apiGroups: words(second!).map((group) => (group === "core" ? "" : group)),
    resources: words(resources),
    ...(names !== undefined && { resourceNames: words(names) }),
  };
}
