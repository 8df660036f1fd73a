import type { FieldError } from "../../apiserver/status";
import { mayOvercommit, validateContainerResourceName, validateResourceName } from "../pod/validation/resources";
import {
  compareQuantities,
  formatQuantity,
  parseQuantity,
  type Quantity,
  quantityMilliValue,
  quantityOf,
} from "../quantity";
import type { LimitRange } from "../types";
import { duplicate, forbidden, invalid, required } from "../validation/field-error";
import { validateMetadata } from "../validation/metadata";
import { isDns1123Subdomain, isQualifiedName } from "../validation/names";

const TYPES = new Set(["Pod", "Container", "PersistentVolumeClaim"]);
const SIDES = ["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"] as const;
type Side = (typeof SIDES)[number];
type Bounds = Partial<Record<Side, Quantity>>;

export function validateLimitRange({ metadata, spec }: LimitRange): FieldError[] {
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  const seen = new Set<string>();
  ((spec?.limits ?? []) as any[]).forEach((item, index) => {
    const path = `spec.limits[${index}]`;
    errors.push(...validateType(item.type ?? "", `${path}.type`));
    if (seen.has(item.type)) errors.push(duplicate(`${path}.type`, item.type));
    seen.add(item.type);
    errors.push(...validateItem(item, path));
  });
  return errors;
}

function validateType(type: string, path: string): FieldError[] {
  const errors = isQualifiedName(type).map((text) => invalid(path, type, text));
  if (errors.length === 0 && !type.includes("/") && !TYPES.has(type))
    errors.push(invalid(path, type, "must be a standard limit type or fully qualified"));
  return errors;
}

function validateItem(item: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const bounds = new Map<string, Bounds>();
  for (const side of SIDES) {
    if (item.type === "Pod" && (side === "default" || side === "defaultRequest")) {
      if (Object.keys(item[side] ?? {}).length > 0)
        errors.push(forbidden(`${path}.${side}`, "may not be specified when `type` is 'Pod'"));
      continue;
    }
    for (const name of Object.keys(item[side] ?? {}).sort()) {
      errors.push(...nameErrors(item.type, name, `${path}.${side}[${name}]`));
      bounds.set(name, { ...bounds.get(name), [side]: parseQuantity(item[side][name]) });
    }
  }
  if (item.type === "PersistentVolumeClaim" && item.min?.storage === undefined && item.max?.storage === undefined) {
    const text = "either minimum or maximum storage value is required, but neither was provided";
    errors.push(required(`${path}.limits`, text));
  }
  for (const [name, found] of bounds) errors.push(...boundErrors(name, found, path));
  return errors;
}

const nameErrors = (type: string, name: string, path: string): FieldError[] =>
  type === "Pod" || type === "Container" ? validateContainerResourceName(name, path) : validateResourceName(name, path);

function boundErrors(name: string, bounds: Bounds, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { min, max, default: limit, defaultRequest: request, maxLimitRequestRatio: ratio } = bounds;
  const wrong = (side: Side, value: Quantity, text: string) =>
    errors.push(invalid(`${path}.${side}[${name}]`, formatQuantity(value), text));
  const exceeds = (a: Quantity | undefined, b: Quantity | undefined): boolean =>
    a !== undefined && b !== undefined && compareQuantities(a, b) > 0;
  const words = (what: string, a: Quantity, than: string, b: Quantity) =>
    `${what} value ${formatQuantity(a)} is greater than ${than} value ${formatQuantity(b)}`;
  if (exceeds(min, max)) wrong("min", min!, words("min", min!, "max", max!));
  if (exceeds(min, request)) wrong("defaultRequest", request!, words("min", min!, "default request", request!));
  if (exceeds(request, max)) wrong("defaultRequest", request!, words("default request", request!, "max", max!));
  if (exceeds(request, limit))
    wrong("defaultRequest", request!, words("default request", request!, "default limit", limit!));
  if (exceeds(min, limit)) wrong("default", min!, words("min", min!, "default", limit!));
  if (exceeds(limit, max)) wrong("default", max!, words("default", limit!, "max", max!));
  if (ratio && compareQuantities(ratio, quantityOf(1)) < 0)
    wrong("maxLimitRequestRatio", ratio, `ratio ${formatQuantity(ratio)} is less than 1`);
  if (ratio && min && max) {
    const most = quantityMilliValue(max) / quantityMilliValue(min);
    if (quantityMilliValue(ratio) / 1000 > most)
      wrong(
        "maxLimitRequestRatio",
        ratio,
        `ratio ${formatQuantity(ratio)} is greater than max/min = ${most.toFixed(6)}`,
      );
  }
  if (!mayOvercommit(name) && limit && request && compareQuantities(limit, request) !== 0)
    wrong(
      "defaultRequest",
      request,
      `default value ${formatQuantity(limit)} must equal to defaultRequest value ${formatQuantity(request)} in ${name}`,
    );
  return errors;
}
