import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import { AGE_COLUMN, age, formatLabelSelector, NAME_COLUMN, shown } from "../printing";
import type { NetworkPolicy } from "../types";
import { cidrWarnings } from "../validation/ip";
import { defaultNetworkPolicy } from "./defaults";
import { validateNetworkPolicy, validateNetworkPolicyUpdate } from "./validation";

export const networkPolicy: KindDefinition<NetworkPolicy> = {
  group: "networking.k8s.io",
  version: "v1",
  kind: "NetworkPolicy",
  plural: "networkpolicies",
  singular: "networkpolicy",
  shortNames: ["netpol"],
  namespaced: true,
  setDefaults: defaultNetworkPolicy,
  prepareForCreate(draft) {
    (draft.metadata as any).generation = 1;
  },
  prepareForUpdate(draft, old) {
    if (!deepEqual(draft.spec, old.spec)) (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
  },
  validate: validateNetworkPolicy,
  validateUpdate: validateNetworkPolicyUpdate,
  warnings: ({ spec }) =>
    [...rangesOf(spec.ingress, "ingress", "from"), ...rangesOf(spec.egress, "egress", "to")].flatMap(([path, cidr]) =>
      cidrWarnings(cidr, path),
    ),
  columns: [NAME_COLUMN, shown("Pod-Selector"), AGE_COLUMN],
  row: ({ metadata, spec }, nowMs) => [
    metadata.name,
    formatLabelSelector((spec.podSelector ?? {}) as Parameters<typeof formatLabelSelector>[0]),
    age(metadata.creationTimestamp, nowMs),
  ],
};

/** Every address range of the rules with the path of its field. */
function rangesOf(rules: readonly any[] | undefined, direction: string, peers: "from" | "to"): [string, string][] {
  return (rules ?? []).flatMap((rule, index) =>
    (rule[peers] ?? []).flatMap(({ ipBlock }: any, position: number) => {
      if (!ipBlock) return [];
      const at = `spec.${direction}[${index}].${peers}[${position}].ipBlock`;
      const except = (ipBlock.except ?? []).map((cidr: string, place: number) => [`${at}.except[${place}]`, cidr]);
      return [[`${at}.cidr`, ipBlock.cidr], ...except];
    }),
  );
}
