import type { FieldError } from "../../apiserver/status";
import type { NetworkPolicy } from "../types";
import { NOT_A_CIDR } from "../validation/addresses";
import { forbidden, GoValue, invalid, notSupported, quote, required } from "../validation/field-error";
import { ipRange, isSloppyCidr, isStrictSubset } from "../validation/ip";
import { validateLabelSelector } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain, isPortName, isPortNumber } from "../validation/names";

const PROTOCOLS = ["TCP", "UDP", "SCTP"];
const TYPES = ["Ingress", "Egress"];

export const validateNetworkPolicy = ({ metadata, spec }: NetworkPolicy): FieldError[] => [
  ...validateMetadata(metadata, true, isDns1123Subdomain),
  ...validateNetworkPolicySpec(spec, "spec"),
];

export function validateNetworkPolicySpec(spec: any, path: string): FieldError[] {
  const errors = validateLabelSelector(spec.podSelector, `${path}.podSelector`);
  for (const [direction, peers] of [
    ["ingress", "from"],
    ["egress", "to"],
  ] as const) {
    for (const [index, rule] of (spec[direction] ?? []).entries()) {
      const at = `${path}.${direction}[${index}]`;
      for (const [position, port] of (rule.ports ?? []).entries())
        errors.push(...validatePolicyPort(port, `${at}.ports[${position}]`));
      for (const [position, peer] of (rule[peers] ?? []).entries())
        errors.push(...validatePolicyPeer(peer, `${at}.${peers}[${position}]`));
    }
  }
  const types: string[] = spec.policyTypes ?? [];
  if (types.length > TYPES.length) {
    const value = new GoValue(`[]networking.PolicyType{${types.map(quote).join(", ")}}`);
    return [...errors, invalid(`${path}.policyTypes`, value, "may not specify more than two policyTypes")];
  }
  for (const [index, type] of types.entries())
    if (!TYPES.includes(type)) errors.push(notSupported(`${path}.policyTypes[${index}]`, type, TYPES));
  return errors;
}

export function validatePolicyPort({ protocol, port, endPort }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (protocol !== undefined && !PROTOCOLS.includes(protocol))
    errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  const end = (text: string) => errors.push(invalid(`${path}.endPort`, endPort, text));
  if (port === undefined) {
    if (endPort !== undefined) end("may not be specified when `port` is not specified");
  } else if (typeof port === "string") {
    if (endPort !== undefined) end("may not be specified when `port` is non-numeric");
    for (const text of isPortName(port)) errors.push(invalid(`${path}.port`, port, text));
  } else {
    for (const text of isPortNumber(port)) errors.push(invalid(`${path}.port`, port, text));
    if (endPort === undefined) return errors;
    if (endPort < port) end("must be greater than or equal to `port`");
    for (const text of isPortNumber(endPort)) end(text);
  }
  return errors;
}

export function validatePolicyPeer({ podSelector, namespaceSelector, ipBlock }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (podSelector) errors.push(...validateLabelSelector(podSelector, `${path}.podSelector`));
  if (namespaceSelector) errors.push(...validateLabelSelector(namespaceSelector, `${path}.namespaceSelector`));
  if (ipBlock) errors.push(...validateIpBlock(ipBlock, `${path}.ipBlock`));
  if (!podSelector && !namespaceSelector && !ipBlock) errors.push(required(path, "must specify a peer"));
  else if (ipBlock && (podSelector || namespaceSelector))
    errors.push(forbidden(path, "may not specify both ipBlock and another peer"));
  return errors;
}

export function validateIpBlock({ cidr, except = [] }: any, path: string): FieldError[] {
  if (!cidr) return [required(`${path}.cidr`)];
  if (!isSloppyCidr(cidr)) return [invalid(`${path}.cidr`, cidr, NOT_A_CIDR)];
  const whole = ipRange(cidr);
  return (except as string[]).flatMap((range, index) => {
    const at = `${path}.except[${index}]`;
    if (!isSloppyCidr(range)) return [invalid(at, range, NOT_A_CIDR)];
    return isStrictSubset(ipRange(range), whole) ? [] : [invalid(at, range, "must be a strict subset of `cidr`")];
  });
}

export const validateNetworkPolicyUpdate = (policy: NetworkPolicy, old: NetworkPolicy): FieldError[] =>
  validateMetadataUpdate(policy.metadata, old.metadata);
