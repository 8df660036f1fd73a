import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const schedulingGroupSuite = callsSuite("val-scheduling.jsonl.gz", {
  ...kindAsks("scheduling.k8s.io", ["PriorityClass"]),
});
