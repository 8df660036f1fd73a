import type { FieldError } from "../../../apiserver/status";
import { compareQuantities, formatQuantity, parseQuantity, type Quantity, quantityError } from "../../quantity";
import { forbidden, GoValue, invalid, quote, required } from "../../validation/field-error";
import { isQualifiedName } from "../../validation/names";
import { NOT_NEGATIVE } from "../../validation/numbers";

const CONTAINER_RESOURCES = new Set(["cpu", "memory", "ephemeral-storage"]);
const STANDARD_RESOURCES = new Set([
  ...CONTAINER_RESOURCES,
  "requests.cpu",
  "requests.memory",
  "requests.ephemeral-storage",
  "limits.cpu",
  "limits.memory",
  "limits.ephemeral-storage",
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "storage",
  "requests.storage",
  "services.nodeports",
  "services.loadbalancers",
]);
/** What can only be had in whole numbers. */
const WHOLE = new Set([
  "pods",
  "resourcequotas",
  "services",
  "replicationcontrollers",
  "secrets",
  "configmaps",
  "persistentvolumeclaims",
  "services.nodeports",
  "services.loadbalancers",
]);
const MILLI = 1_000_000n;
const UNIT = 1_000_000_000n;

export const isHugePages = (name: string) => name.startsWith("hugepages-");
const isNative = (name: string) => !name.includes("/") || name.includes("kubernetes.io/");
export const isExtended = (name: string) =>
  !isNative(name) && !name.startsWith("requests.") && isQualifiedName(`requests.${name}`).length === 0;
/** Only resources that a node can stretch may be requested below their limit. */
export const mayOvercommit = (name: string) => isNative(name) && !isHugePages(name);

export function validateContainerResourceName(name: string, path: string): FieldError[] {
  const errors = isQualifiedName(name).map((text) => invalid(path, name, text));
  if (errors.length > 0) return errors;
  if (!name.includes("/")) {
    if (!STANDARD_RESOURCES.has(name) && !isHugePages(name)) {
      errors.push(invalid(path, name, "must be a standard resource type or fully qualified"));
    }
    if (!CONTAINER_RESOURCES.has(name) && !isHugePages(name)) {
      errors.push(invalid(path, name, "must be a standard resource for containers"));
    }
  } else if (!isNative(name) && !isExtended(name)) {
    errors.push(invalid(path, name, "doesn't follow extended resource name standard"));
  }
  return errors;
}

/** ValidateResourceName: any resource, not only those of containers. */
export function validateResourceName(name: string, path: string): FieldError[] {
  const errors = isQualifiedName(name).map((text) => invalid(path, name, text));
  if (errors.length === 0 && !name.includes("/") && !STANDARD_RESOURCES.has(name) && !isHugePages(name))
    errors.push(invalid(path, name, "must be a standard resource type or fully qualified"));
  return errors;
}

/** ValidateResourceQuantityValue: not negative, and whole where only whole ones can be had. */
export function validateQuantity(name: string, quantity: Quantity, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (quantity.nanos < 0n) errors.push(invalid(path, formatQuantity(quantity), NOT_NEGATIVE));
  const whole = isExtended(name) || WHOLE.has(name) || name.startsWith("count/");
  if (whole && quantity.nanos % UNIT !== 0n) {
    const text = formatQuantity(quantity);
    const amount = `resource.int64Amount{value:${quantity.nanos / MILLI}, scale:-3}`;
    const value = `resource.Quantity{i:${amount}, d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:${quote(text)}, Format:${quote(quantity.format)}}`;
    errors.push(invalid(path, new GoValue(value), "must be an integer"));
  }
  return errors;
}

export function validateResources(resources: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const limits: Record<string, string> = resources?.limits ?? {};
  const requests: Record<string, string> = resources?.requests ?? {};
  const all = [...Object.keys(limits), ...Object.keys(requests)];
  for (const name of Object.keys(limits).sort()) {
    const at = `${path}.limits[${name}]`;
    errors.push(...validateContainerResourceName(name, at));
    if (quantityError(limits[name]) === undefined)
      errors.push(...validateQuantity(name, parseQuantity(limits[name]!), at));
  }
  for (const name of Object.keys(requests).sort()) {
    const at = `${path}.requests[${name}]`;
    errors.push(...validateContainerResourceName(name, at));
    if (quantityError(requests[name]) !== undefined) continue;
    const request = parseQuantity(requests[name]!);
    errors.push(...validateQuantity(name, request, at));
    if (limits[name] !== undefined && quantityError(limits[name]) === undefined) {
      const limit = parseQuantity(limits[name]!);
      const order = compareQuantities(request, limit);
      const asked = formatQuantity(request);
      if (order !== 0 && !mayOvercommit(name)) {
        errors.push(invalid(`${path}.requests`, asked, `must be equal to ${name} limit of ${formatQuantity(limit)}`));
      } else if (order > 0) {
        errors.push(
          invalid(`${path}.requests`, asked, `must be less than or equal to ${name} limit of ${formatQuantity(limit)}`),
        );
      }
    } else if (!mayOvercommit(name)) {
      errors.push(required(`${path}.limits`, "Limit must be set for non overcommitable resources"));
    }
  }
  if (all.some(isHugePages) && !all.includes("cpu") && !all.includes("memory")) {
    errors.push(forbidden(path, "HugePages require cpu or memory"));
  }
  return errors;
}
