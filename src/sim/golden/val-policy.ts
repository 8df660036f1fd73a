import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const policySuite = callsSuite(
  "val-policy.jsonl.gz",
  { ...kindAsks("policy", ["PodDisruptionBudget"]) },
  { open: 229 },
);
