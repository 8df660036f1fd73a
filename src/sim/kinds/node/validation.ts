import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { validateQuantity } from "../pod/validation/resources";
import { parseQuantity, quantityError } from "../quantity";
import type { Node } from "../types";
import { isCidr, NOT_A_CIDR } from "../validation/addresses";
import { duplicate, forbidden, GoValue, invalid, quote } from "../validation/field-error";
import { goStrings } from "../validation/go-syntax";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { validateNodeAnnotations } from "./annotations";
import { validateTaints } from "./taints";

export function validateNode(node: Node): FieldError[] {
  const { metadata, spec = {} } = node;
  return [
    ...validateMetadata(metadata, false, isDns1123Subdomain),
    ...validateNodeAnnotations(metadata.annotations as Record<string, string>, "metadata.annotations"),
    ...validateTaints(spec.taints, "metadata.taints"),
    ...validateNodeResources(node),
    ...validatePodCidrs((spec.podCIDRs ?? []) as string[]),
  ];
}

function validatePodCidrs(cidrs: readonly string[]): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, cidr] of cidrs.entries()) {
    if (!isCidr(cidr)) errors.push(invalid(`spec.podCIDRs[${index}]`, cidr, NOT_A_CIDR));
  }
  if (cidrs.length <= 1) return errors;
  if (cidrs.length > 2 || cidrs.filter((cidr) => cidr.includes(":")).length !== 1)
    errors.push(invalid("spec.podCIDRs", goStrings(cidrs), "may specify no more than one CIDR for each IP family"));
  for (const [index, cidr] of cidrs.entries()) {
    if (cidrs.indexOf(cidr) !== index) errors.push(duplicate(`spec.podCIDRs[${index}]`, cidr));
  }
  return errors;
}

/** ValidateNodeResources: what a node has, and what of it pods may have. */
export function validateNodeResources({ status }: Node): FieldError[] {
  return (["capacity", "allocatable"] as const).flatMap((list) =>
    Object.entries((status?.[list] ?? {}) as Record<string, string>)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .filter(([, amount]) => quantityError(amount) === undefined)
      .flatMap(([name, amount]) => validateQuantity(name, parseQuantity(amount), `status.${list}.${name}`)),
  );
}

/** ValidateNodeUpdate: of the node itself after `validateNode`, and all that a write of its status is asked. */
export function validateNodeUpdate(node: Node, old: Node): FieldError[] {
  const { metadata, spec: now = {} } = node;
  const errors = validateMetadataUpdate(metadata, old.metadata);
  errors.push(...validateNodeAnnotations(metadata.annotations as Record<string, string>, "metadata.annotations"));
  errors.push(...validateNodeResources(node), ...validateAddresses(node));
  const before = old.spec ?? {};
  if ((before.podCIDRs ?? []).length > 0 && !deepEqual(now.podCIDRs, before.podCIDRs)) {
    errors.push(forbidden("spec.podCIDRs", 'node updates may not change podCIDR except from "" to valid'));
  }
  if (before.providerID && now.providerID !== before.providerID) {
    errors.push(forbidden("spec.providerID", 'node updates may not change providerID except from "" to valid'));
  }
  errors.push(...validateTaints(now.taints, "metadata.taints"));
  if ((now.externalID ?? "") !== (before.externalID ?? ""))
    errors.push(forbidden("spec.externalID", "may not be updated"));
  return errors;
}

function validateAddresses({ status }: Node): FieldError[] {
  const seen = new Set<string>();
  return (status?.addresses ?? []).flatMap(({ type, address }, index) => {
    const key = `${type}/${address}`;
    const known = seen.has(key);
    seen.add(key);
    const value = `core.NodeAddress{Type:${quote(type)}, Address:${quote(address)}}`;
    return known ? [duplicate(`status.addresses[${index}]`, new GoValue(value))] : [];
  });
}
