import { type LabelSelector, labelSelectorOf, matchesLabels } from "../../apiserver/selectors/labels";
import type { NetworkPolicy, Pod } from "../../kinds/types";
import { inCidr } from "../address";
import { derivedFrom } from "../derived";

/** NetworkPolicies made ready for decisions: selectors parsed, ranges split, by namespace. */

export interface CompiledPolicy {
  name: string;
  selects: (pod: Pod) => boolean;
  /** Undefined: the policy says nothing about that direction. */
  ingress?: Rule[];
  egress?: Rule[];
}

export interface Rule {
  /** Empty: anybody. */
  peers: Peer[];
  /** Empty: every port. */
  ports: PortRange[];
}

export type Peer =
  | { kind: "block"; contains: (address: string) => boolean }
  /** `namespaces` undefined: the policy's own. */
  | { kind: "pods"; namespaces?: LabelSelector; pods?: LabelSelector };

export interface PortRange {
  protocol: string;
  /** A number, or the name of a port of the pod that is called. Undefined: every port of the protocol. */
  port?: number | string;
  endPort?: number;
}

/** The policies of each namespace. */
export const compilePolicies = derivedFrom((policies: readonly NetworkPolicy[]) => {
  const byNamespace = new Map<string, CompiledPolicy[]>();
  for (const policy of policies) {
    const namespace = policy.metadata.namespace!;
    byNamespace.set(namespace, [...(byNamespace.get(namespace) ?? []), compile(policy)]);
  }
  return byNamespace as ReadonlyMap<string, readonly CompiledPolicy[]>;
});

function compile({ metadata, spec }: NetworkPolicy): CompiledPolicy {
  const selector = labelSelectorOf((spec.podSelector ?? {}) as any)!;
  const types: readonly string[] = (spec.policyTypes as string[] | undefined) ?? ["Ingress"];
  const rules = (list: readonly any[] | undefined, peers: "from" | "to") =>
    (list ?? []).map((rule): Rule => ({ peers: (rule[peers] ?? []).map(peerOf), ports: rule.ports ?? [] }));
  return {
    name: metadata.name,
    selects: (pod) => matchesLabels(selector, pod.metadata.labels as Record<string, string> | undefined),
    ...(types.includes("Ingress") && { ingress: rules(spec.ingress, "from") }),
    ...(types.includes("Egress") && { egress: rules(spec.egress, "to") }),
  };
}

function peerOf({ ipBlock, namespaceSelector, podSelector }: any): Peer {
  if (ipBlock) {
    const except: string[] = ipBlock.except ?? [];
    const contains = (address: string) =>
      inCidr(address, ipBlock.cidr) && !except.some((range) => inCidr(address, range));
    return { kind: "block", contains };
  }
  const namespaces = labelSelectorOf(namespaceSelector);
  const pods = labelSelectorOf(podSelector);
  return { kind: "pods", ...(namespaces && { namespaces }), ...(pods && { pods }) };
}
