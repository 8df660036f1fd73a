import type { NetworkPolicy } from "../types";

/** A policy that names no type is about ingress, and about egress too where it has rules for it. */
export function defaultNetworkPolicy(draft: NetworkPolicy): void {
  (draft as any).spec ??= {};
  const spec = draft.spec as any;
  spec.podSelector ??= {};
  for (const rule of [...(spec.ingress ?? []), ...(spec.egress ?? [])])
    for (const port of rule.ports ?? []) port.protocol ??= "TCP";
  if ((spec.policyTypes ?? []).length > 0) return;
  spec.policyTypes = (spec.egress ?? []).length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
}
