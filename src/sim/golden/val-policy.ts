import { validatePodDisruptionBudgetSpec, validatePodDisruptionBudgetStatus } from "../kinds/pod-disruption-budget";
import { callsSuite } from "./suite";
import { kindAsks, partOf } from "./validation";

export const policySuite = callsSuite("val-policy.jsonl.gz", {
  ...kindAsks("policy", ["PodDisruptionBudget"]),
  ValidatePodDisruptionBudgetSpec: partOf(validatePodDisruptionBudgetSpec),
  ValidatePodDisruptionBudgetStatus: partOf(validatePodDisruptionBudgetStatus),
});
