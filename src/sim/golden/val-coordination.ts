import { validateLeaseSpec } from "../kinds/lease";
import { callsSuite } from "./suite";
import { kindAsks, partOf } from "./validation";

export const coordinationSuite = callsSuite("val-coordination.jsonl.gz", {
  ...kindAsks("coordination.k8s.io", ["Lease"]),
  ValidateLeaseSpec: partOf(validateLeaseSpec),
});
