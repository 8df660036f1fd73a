import { validateIngressSpec } from "../kinds/ingress/validation";
import {
  validateIpBlock,
  validateNetworkPolicySpec,
  validatePolicyPeer,
  validatePolicyPort,
} from "../kinds/network-policy/validation";
import { isDns1123Subdomain } from "../kinds/validation/names";
import { callsSuite, differs } from "./suite";
import { kindAsks, partOf } from "./validation";

export const networkingSuite = callsSuite("val-networking.jsonl.gz", {
  ...kindAsks("networking.k8s.io", ["NetworkPolicy", "Ingress", "IngressClass"]),
  ValidateIngressSpec: partOf(validateIngressSpec),
  ValidateNetworkPolicySpec: partOf(validateNetworkPolicySpec),
  ValidateNetworkPolicyPeer: partOf(validatePolicyPeer),
  ValidateNetworkPolicyPort: partOf(validatePolicyPort),
  ValidateIPBlock: partOf(validateIpBlock),
  ValidateNetworkPolicyName: ({ in: [name], out }) => differs(isDns1123Subdomain(name), out[0] ?? []),
});
