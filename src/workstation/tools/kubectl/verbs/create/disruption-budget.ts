import { CliError } from "../../errors";
import { text } from "../../flags/spec";
import { parseLabels } from "../../resource/labels";
import { type Generator, metadata } from "./generator";

/** `10`, `50%`; nothing else is an amount of pods. */
const AMOUNT = /^[0-9]+%?$/;

export const disruptionBudget: Generator = {
  name: "poddisruptionbudget",
  aliases: ["pdb"],
  use: "poddisruptionbudget NAME --selector=SELECTOR --min-available=N [--dry-run=server|client|none]",
  short: "Create a pod disruption budget with the specified name",
  examples: `# One pod of the app stays at all times
kubectl create poddisruptionbudget my-pdb --selector=app=rails --min-available=1

# Half of them do
kubectl create pdb my-pdb --selector=app=nginx --min-available=50%`,
  flags: [
    text("max-unavailable", { usage: "How many pods, or what percentage, may be away." }),
    text("min-available", { usage: "How many pods, or what percentage, stay." }),
    text("selector", { usage: "Labels of the pods that the budget is for." }),
  ],
  failure: () => "failed to create poddisruptionbudgets:",
  generate({ flags }, name) {
    const [most, least, selector] = ["max-unavailable", "min-available", "selector"].map((flag) => flags.text(flag));
    if (!name) throw new CliError("name must be specified");
    if (!selector) throw new CliError("a selector must be specified");
    if (!most && !least) throw new CliError("one of min-available or max-unavailable must be specified");
    if (most && least) throw new CliError("min-available and max-unavailable cannot be both specified");
    if (least && !AMOUNT.test(least)) throw new CliError("invalid format specified for min-available");
    if (most && !AMOUNT.test(most)) throw new CliError("invalid format specified for max-unavailable");
    return {
      kind: "PodDisruptionBudget",
      apiVersion: "policy/v1",
      metadata: metadata(name),
      spec: {
        ...(least && { minAvailable: amount(least) }),
        selector: { matchLabels: parseLabels(selector) },
        ...(most && { maxUnavailable: amount(most) }),
      },
      status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 },
    };
  },
};

const amount = (words: string) => (words.endsWith("%") ? words : Number(words));
