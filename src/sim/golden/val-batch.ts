import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const batchSuite = callsSuite("val-batch.jsonl.gz", { ...kindAsks("batch", ["Job", "CronJob"]) }, { open: 94 });
