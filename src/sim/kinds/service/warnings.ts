import type { Service } from "../types";
import { cidrWarnings, ipWarnings } from "../validation/ip";

const HINTS = "service.kubernetes.io/topology-aware-hints";

/** GetWarningsForService: fields that have no effect on this Service, and addresses written in odd ways. */
export function serviceWarnings({ metadata, spec }: Service): string[] {
  const warnings: string[] = [];
  const { clusterIPs = [], externalIPs = [], loadBalancerSourceRanges = [], loadBalancerIP } = spec;
  const headless = spec.type === "ClusterIP" && spec.clusterIP === "None";
  if (metadata.annotations?.[HINTS] !== undefined)
    warnings.push(`annotation ${HINTS} is deprecated, please use service.kubernetes.io/topology-mode instead`);
  if (!headless)
    for (const [index, ip] of clusterIPs.entries()) warnings.push(...ipWarnings(ip, `spec.clusterIPs[${index}]`));
  if (headless) {
    if (loadBalancerIP) warnings.push("spec.loadBalancerIP is ignored for headless services");
    if (externalIPs.length > 0) warnings.push("spec.externalIPs is ignored for headless services");
    if (spec.sessionAffinity !== "None") warnings.push("spec.SessionAffinity is ignored for headless services");
  }
  for (const [index, ip] of externalIPs.entries()) warnings.push(...ipWarnings(ip, `spec.externalIPs[${index}]`));
  if (loadBalancerIP) warnings.push(...ipWarnings(loadBalancerIP, "spec.loadBalancerIP"));
  for (const [index, range] of loadBalancerSourceRanges.entries())
    warnings.push(...cidrWarnings(range, `spec.loadBalancerSourceRanges[${index}]`));
  if (spec.type === "ExternalName" && externalIPs.length > 0)
    warnings.push('spec.externalIPs is ignored when spec.type is "ExternalName"');
  if (spec.type !== "ExternalName" && spec.externalName)
    warnings.push('spec.externalName is ignored when spec.type is not "ExternalName"');
  return warnings;
}
