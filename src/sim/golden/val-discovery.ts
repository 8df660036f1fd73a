import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const discoveryGroupSuite = callsSuite("val-discovery.jsonl.gz", {
  ...kindAsks("discovery.k8s.io", ["EndpointSlice"]),
});
