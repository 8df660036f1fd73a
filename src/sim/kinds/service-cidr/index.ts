import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { AGE_COLUMN, age, NAME_COLUMN, NONE, shown } from "../printing";
import type { ServiceCIDR } from "../types";
import { GoValue, immutable, invalid, required } from "../validation/field-error";
import { goStrings } from "../validation/go-syntax";
import { ipRange, isSloppyCidr, validateCidr } from "../validation/ip";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";

const MAX_RANGES = 2;

/** A range from which Services get their addresses. */
export const serviceCidr: KindDefinition<ServiceCIDR> = {
  group: "networking.k8s.io",
  version: "v1",
  kind: "ServiceCIDR",
  plural: "servicecidrs",
  singular: "servicecidr",
  namespaced: false,
  hasStatus: true,
  setDefaults(draft) {
    (draft as any).spec ??= {};
    (draft as any).status ??= {};
  },
  prepareForCreate(draft) {
    (draft as any).status = {};
  },
  prepareForUpdate(draft, old) {
    (draft as any).status = old.status;
  },
  validate: ({ metadata, spec }) => [
    ...validateMetadata(metadata, false, isDns1123Subdomain),
    ...validateRanges((spec.cidrs ?? []) as string[]),
  ],
  validateUpdate: ({ metadata, spec }, old) => [
    ...validateMetadataUpdate(metadata, old.metadata),
    ...validateRangesUpdate((spec.cidrs ?? []) as string[], (old.spec.cidrs ?? []) as string[]),
  ],
  validateStatusUpdate: ({ metadata }, old) => validateMetadataUpdate(metadata, old.metadata),
  columns: [NAME_COLUMN, shown("CIDRs"), AGE_COLUMN],
  row: ({ metadata, spec }, nowMs) => [
    metadata.name,
    (spec.cidrs ?? []).join(",") || NONE,
    age(metadata.creationTimestamp, nowMs),
  ],
};

function validateRanges(cidrs: readonly string[]): FieldError[] {
  const path = "spec.cidrs";
  if (cidrs.length === 0) return [required(path, "at least one CIDR required")];
  if (cidrs.length > MAX_RANGES) {
    const spec = new GoValue(`networking.ServiceCIDRSpec{CIDRs:${goStrings(cidrs).text}}`);
    return [invalid(path, spec, "may only hold up to 2 values")];
  }
  const errors = cidrs.flatMap((cidr, index) => validateCidr(cidr, `${path}[${index}]`));
  const [first, second] = cidrs.map((cidr) => (isSloppyCidr(cidr) ? ipRange(cidr).bits : undefined));
  if (cidrs.length === MAX_RANGES && first !== undefined && first === second) {
    const text = "may specify no more than one IP for each IP family, i.e 192.168.0.0/24 and 2001:db8::/64";
    errors.push(invalid(path, cidrs, text));
  }
  return errors;
}

/** A second family may join; nothing else changes. */
function validateRangesUpdate(cidrs: readonly string[], old: readonly string[]): FieldError[] {
  const path = "spec.cidrs";
  if (deepEqual(cidrs, old)) return [];
  const grows = old.length === 1 && cidrs.length === MAX_RANGES;
  if (!grows && cidrs.length !== old.length) return [immutable(path, cidrs)];
  return old.flatMap((cidr, index) =>
    cidr === cidrs[index] ? [] : [immutable(`${path}[${index}]`, cidrs[index] ?? "")],
  );
}
