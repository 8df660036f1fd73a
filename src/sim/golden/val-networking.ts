import { validateIngressSpec } from "../kinds/ingress/validation";
import {
  validateIpBlock,
  validateNetworkPolicySpec,
  validatePolicyPeer,
  validatePolicyPort,
} from "../kinds/network-policy/validation";
import { callsSuite } from "./suite";
import { kindAsks, partOf } from "./validation";

export const networkingSuite = callsSuite(
  "val-networking.jsonl.gz",
  {
    ...kindAsks("networking.k8s.io", ["NetworkPolicy", "Ingress", "IngressClass"]),
    ValidateIngressSpec: partOf(validateIngressSpec),
    ValidateNetworkPolicySpec: partOf(validateNetworkPolicySpec),
    ValidateNetworkPolicyPeer: partOf(validatePolicyPeer),
    ValidateNetworkPolicyPort: partOf(validatePolicyPort),
    ValidateIPBlock: partOf(validateIpBlock),
  },
  { open: 1 },
);
