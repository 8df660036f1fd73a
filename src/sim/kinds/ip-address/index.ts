import type { KindDefinition } from "../../apiserver/kind";
import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { AGE_COLUMN, age, NAME_COLUMN, NONE, shown } from "../printing";
import type { IPAddress } from "../types";
import { GoValue, immutable, invalid, quote, required } from "../validation/field-error";
import { validateIp } from "../validation/ip";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { isPathSegmentName, segments } from "../validation/references";

/** An address that a Service has taken, named after itself (https://kubernetes.io/docs/reference/networking/virtual-ips/#ip-address-objects). */
export const ipAddress: KindDefinition<IPAddress> = {
  group: "networking.k8s.io",
  version: "v1",
  kind: "IPAddress",
  plural: "ipaddresses",
  singular: "ipaddress",
  shortNames: ["ip"],
  namespaced: false,
  setDefaults(draft) {
    (draft as any).spec ??= {};
  },
  prepareForCreate(draft) {
    (draft.metadata as any).generation = 1;
  },
  prepareForUpdate(draft, old) {
    if (!deepEqual(draft.spec, old.spec)) (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
  },
  validate: validateIpAddress,
  validateUpdate(address, old) {
    const errors = validateMetadataUpdate(address.metadata, old.metadata);
    const { parentRef } = address.spec;
    if (!deepEqual(parentRef, old.spec.parentRef)) errors.push(immutable("spec.parentRef", goParent(parentRef)));
    return errors;
  },
  columns: [NAME_COLUMN, shown("ParentRef"), AGE_COLUMN],
  row: ({ metadata, spec }, nowMs) => [
    metadata.name,
    parentText(spec.parentRef),
    age(metadata.creationTimestamp, nowMs),
  ],
};

function goParent(parent: any): GoValue {
  if (!parent) return new GoValue("null");
  const { group = "", resource = "", namespace = "", name = "" } = parent;
  return new GoValue(
    `networking.ParentReference{Group:${quote(group)}, Resource:${quote(resource)}, Namespace:${quote(namespace)}, Name:${quote(name)}}`,
  );
}

/** `services/default/kubernetes` */
function parentText(parent: IPAddress["spec"]["parentRef"] | undefined): string {
  if (!parent) return NONE;
  const resource = `${parent.resource}${parent.group ? `.${parent.group}` : ""}`.toLowerCase();
  return [resource, ...(parent.namespace ? [parent.namespace] : []), parent.name].join("/");
}

/** Complaints about the name as texts: the name itself must be the address in its canonical form. */
const isAddressName = (name: string): string[] =>
  validateIp(name, "").map(({ detail }) => detail.slice(detail.indexOf('": ') + 3));

function validateIpAddress({ metadata, spec }: IPAddress): FieldError[] {
  const errors = validateMetadata(metadata, false, isAddressName);
  const parent = spec.parentRef as any;
  const path = "spec.parentRef";
  if (!parent) return [...errors, required(path)];
  const { group, namespace } = parent;
  if (group) for (const text of isDns1123Subdomain(group)) errors.push(invalid(`${path}.group`, group, text));
  errors.push(...segments(parent, ["resource", "name"], path));
  if (namespace)
    for (const text of isPathSegmentName(namespace)) errors.push(invalid(`${path}.namespace`, namespace, text));
  return errors;
}
