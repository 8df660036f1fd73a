import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const appsSuite = callsSuite(
  "val-apps.jsonl.gz",
  { ...kindAsks("apps", ["Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "ControllerRevision"]) },
  { open: 258 },
);
