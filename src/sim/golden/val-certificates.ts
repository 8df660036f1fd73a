import { callsSuite } from "./suite";
import { kindAsks } from "./validation";

export const certificatesSuite = callsSuite(
  "val-certificates.jsonl.gz",
  { ...kindAsks("certificates.k8s.io", ["CertificateSigningRequest"]) },
  { open: 96 },
);
