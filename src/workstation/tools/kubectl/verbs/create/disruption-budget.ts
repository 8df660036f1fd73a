import { type Operator, parseLabelSelector, SelectorError } from "@/sim/apiserver/selectors/labels";
import { CliError } from "../../errors";
import { text } from "../../flags/spec";
import { type Generator, metadata } from "./generator";

const COUNT = /^[0-9]+%?$/;
/** As selectors of objects name the operators of `-l`. */
const OPERATORS: Partial<Record<Operator, string>> = {
  in: "In",
  notin: "NotIn",
  exists: "Exists",
  "!": "DoesNotExist",
};

export const podDisruptionBudget: Generator = {
  name: "poddisruptionbudget",
  aliases: ["pdb"],
  use: "poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]",
  short: "Create a pod disruption budget with the specified name",
  examples: `# At least one pod with app=rails stays
kubectl create poddisruptionbudget my-pdb --selector=app=rails --min-available=1

# At least half of the pods with app=nginx stay
kubectl create pdb my-pdb --selector=app=nginx --min-available=50%`,
  flags: [
    text("max-unavailable", { usage: "How many pods, or what share, may be away." }),
    text("min-available", { usage: "How many pods, or what share, must be there." }),
    text("selector", { usage: "Labels of the pods that the budget is for." }),
  ],
  failure: () => "failed to create poddisruptionbudgets:",
  generate({ flags }, name) {
    const [selector, least, most] = [
      flags.text("selector"),
      flags.text("min-available"),
      flags.text("max-unavailable"),
    ];
    if (!selector) throw new CliError("a selector must be specified");
    if (!least && !most) throw new CliError("one of min-available or max-unavailable must be specified");
    if (least && most) throw new CliError("min-available and max-unavailable cannot be both specified");
    if (least && !COUNT.test(least)) throw new CliError("invalid format specified for min-available");
    if (most && !COUNT.test(most)) throw new CliError("invalid format specified for max-unavailable");
    return {
      kind: "PodDisruptionBudget",
      apiVersion: "policy/v1",
      metadata: metadata(name),
      spec: {
        ...(least && { minAvailable: intOrString(least) }),
        selector: selectorOf(selector),
        ...(most && { maxUnavailable: intOrString(most) }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    };
  },
};

const intOrString = (value: string): number | string => (value.endsWith("%") ? value : Number(value));

function selectorOf(selector: string): any {
  const matchLabels: Record<string, string> = {};
  const matchExpressions: unknown[] = [];
  for (const { key, operator, values } of requirementsOf(selector)) {
    if (operator === "=" || operator === "==") matchLabels[key] = values[0]!;
    else if (OPERATORS[operator])
      matchExpressions.push({
        key,
        operator: OPERATORS[operator],
        ...(values.length > 0 && { values: [...values].sort() }),
      });
    else if (operator === "!=") throw new CliError('"!=" is not a valid label selector operator');
    else throw new CliError(`${JSON.stringify(operator)} isn't supported in label selectors`);
  }
  return {
    ...(Object.keys(matchLabels).length > 0 && { matchLabels }),
    ...(matchExpressions.length > 0 && { matchExpressions }),
  };
}

function requirementsOf(selector: string) {
  try {
    return parseLabelSelector(selector);
  } catch (error) {
    if (!(error instanceof SelectorError)) throw error;
    throw new CliError(`couldn't parse the selector string "${selector}": ${error.message}`);
  }
}
