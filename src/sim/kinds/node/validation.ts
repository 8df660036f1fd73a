import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { validateTaintEffect } from "../pod/validation/scheduling";
import type { Node } from "../types";
import { isCidr } from "../validation/addresses";
import { duplicate, forbidden, GoValue, invalid, quote } from "../validation/field-error";
import { goStrings } from "../validation/go-syntax";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain, isLabelValue, isQualifiedName } from "../validation/names";

export function validateNode({ metadata, spec = {} }: Node): FieldError[] {
  const errors = validateMetadata(metadata, false, isDns1123Subdomain);
  errors.push(...validateTaints(spec.taints, "metadata.taints"));
  const cidrs = (spec.podCIDRs ?? []) as string[];
  for (const [index, cidr] of cidrs.entries()) {
    if (!isCidr(cidr))
      errors.push(
        invalid(`spec.podCIDRs[${index}]`, cidr, "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)"),
      );
  }
  for (const [index, cidr] of cidrs.entries()) {
    if (cidrs.indexOf(cidr) !== index) errors.push(duplicate(`spec.podCIDRs[${index}]`, cidr));
  }
  if (cidrs.length > 2 || (cidrs.length > 1 && cidrs.filter((cidr) => cidr.includes(":")).length !== 1)) {
    errors.push(invalid("spec.podCIDRs", goStrings(cidrs), "may specify no more than one CIDR for each IP family"));
  }
  return errors;
}

function validateTaints(taints: readonly any[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { key = "", value = "", effect = "" }] of (taints ?? []).entries()) {
    const at = `${path}[${index}]`;
    for (const text of isQualifiedName(key)) errors.push(invalid(`${at}.key`, key, text));
    for (const text of isLabelValue(value)) errors.push(invalid(`${at}.value`, value, text));
    errors.push(...validateTaintEffect(effect, `${at}.effect`));
    const pair = `${effect}/${key}`;
    if (seen.has(pair)) {
      const taint = `core.Taint{Key:${quote(key)}, Value:${quote(value)}, Effect:${quote(effect)}, TimeAdded:<nil>}`;
      const error = duplicate(at, new GoValue(taint));
      errors.push({ ...error, detail: `${error.detail}: taints must be unique by key and effect pair` });
    }
    seen.add(pair);
  }
  return errors;
}

export function validateNodeUpdate(node: Node, old: Node): FieldError[] {
  const errors = validateMetadataUpdate(node.metadata, old.metadata);
  const before = old.spec ?? {};
  const now = node.spec ?? {};
  if ((before.podCIDRs ?? []).length > 0 && !deepEqual(now.podCIDRs, before.podCIDRs)) {
    errors.push(forbidden("spec.podCIDRs", 'node updates may not change podCIDR except from "" to valid'));
  }
  if (before.providerID && now.providerID !== before.providerID) {
    errors.push(forbidden("spec.providerID", 'node updates may not change providerID except from "" to valid'));
  }
  return errors;
}
