import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const autoscalingSuite = callsSuite(
  "val-autoscaling.jsonl.gz",
  { ...kindAsks("autoscaling", ["HorizontalPodAutoscaler"]) },
  { open: 106 },
);
