import type { FieldError } from "../../apiserver/status";
import { validateContainerResourceName } from "../pod/validation/resources";
import { compareQuantities, formatQuantity, parseQuantity } from "../quantity";
import { forbidden, GoValue, invalid, notSupported, required } from "../validation/field-error";
import { isDns1123Label } from "../validation/names";
import { isPathSegmentName, segments } from "../validation/references";

/** Sorted, as upstream's sets are. */
const TYPES = ["ContainerResource", "External", "Object", "Pods", "Resource"];

/** Where each type of metric has its own part. */
const SOURCES: [type: string, field: string, validate: (source: any, path: string) => FieldError[]][] = [
  ["Object", "object", validateObject],
  ["External", "external", validateExternal],
  ["Pods", "pods", validatePods],
  ["Resource", "resource", validateResource],
  ["ContainerResource", "containerResource", validateContainerResource],
];

export function validateMetrics(spec: any, path: string): FieldError[] {
  const metrics: any[] = spec.metrics ?? [];
  const errors = metrics.flatMap((metric, index) => validateMetric(metric, `${path}[${index}]`));
  if (spec.minReplicas === 0 && !metrics.some(({ type }) => type === "Object" || type === "External")) {
    const text = "must specify at least one Object or External metric to support scaling to zero replicas";
    errors.push(forbidden(path, text));
  }
  return errors;
}

function validateMetric(metric: any, path: string): FieldError[] {
  const { type } = metric;
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${path}.type`, "must specify a metric source type"));
  if (!TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type ?? "", TYPES));
  const present = SOURCES.filter(([, field]) => metric[field] !== undefined && metric[field] !== null);
  // Of several only the first is looked into.
  if (present[0]) errors.push(...present[0][2](metric[present[0][1]], `${path}.${present[0][1]}`));
  const expected = SOURCES.find(([name]) => name === type);
  if (!expected) errors.push(notSupported(`${path}.type`, type ?? "", TYPES));
  else if (!present.includes(expected))
    errors.push(required(`${path}.${expected[1]}`, "must populate information for the given metric source"));
  if (present.length === 1) return errors;
  for (const [, field] of present)
    if (field !== expected?.[1])
      errors.push(forbidden(`${path}.${field}`, "must populate the given metric source only"));
  return errors;
}

function validateIdentifier({ name }: any, path: string): FieldError[] {
  if (!name) return [required(`${path}.name`, "must specify a metric name")];
  return isPathSegmentName(name).map((text) => invalid(`${path}.name`, name, text));
}

function validateTarget({ type, value, averageValue, averageUtilization }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${path}.type`, "must specify a metric target type"));
  if (!["Utilization", "Value", "AverageValue"].includes(type))
    errors.push(invalid(`${path}.type`, type ?? "", "must be either Utilization, Value, or AverageValue"));
  for (const [field, quantity] of Object.entries({ value, averageValue })) {
    if (quantity === undefined) continue;
    const parsed = parseQuantity(quantity);
    if (compareQuantities(parsed, parseQuantity(0)) <= 0)
      errors.push(invalid(`${path}.${field}`, new GoValue(formatQuantity(parsed)), "must be positive"));
  }
  if (averageUtilization !== undefined && averageUtilization < 1)
    errors.push(invalid(`${path}.averageUtilization`, averageUtilization, "must be greater than 0"));
  return errors;
}

function validateObject({ describedObject, metric, target = {} }: any, path: string): FieldError[] {
  const errors = segments(describedObject ?? {}, ["kind", "name"], `${path}.describedObject`);
  errors.push(...validateIdentifier(metric ?? {}, `${path}.metric`));
  errors.push(...validateTarget(target, `${path}.target`));
  if (target.value === undefined && target.averageValue === undefined)
    errors.push(required(`${path}.target.averageValue`, "must set either a target value or averageValue"));
  return errors;
}

function validateExternal({ metric, target = {} }: any, path: string): FieldError[] {
  const errors = validateIdentifier(metric ?? {}, `${path}.metric`);
  errors.push(...validateTarget(target, `${path}.target`));
  if (target.value === undefined && target.averageValue === undefined) {
    const text = "must set either a target value for metric or a per-pod target";
    errors.push(required(`${path}.target.averageValue`, text));
  }
  if (target.value !== undefined && target.averageValue !== undefined) {
    const text = "may not set both a target value for metric and a per-pod target";
    errors.push(forbidden(`${path}.target.value`, text));
  }
  return errors;
}

function validatePods({ metric, target = {} }: any, path: string): FieldError[] {
  const errors = validateIdentifier(metric ?? {}, `${path}.metric`);
  errors.push(...validateTarget(target, `${path}.target`));
  if (target.averageValue === undefined)
    errors.push(required(`${path}.target.averageValue`, "must specify a positive target averageValue"));
  return errors;
}

function validateResource({ name, target = {} }: any, path: string): FieldError[] {
  const errors = name ? [] : [required(`${path}.name`, "must specify a resource name")];
  return [...errors, ...validateResourceTarget(target, `${path}.target`)];
}

function validateResourceTarget(target: any, path: string): FieldError[] {
  const errors = validateTarget(target, path);
  const { averageUtilization, averageValue } = target;
  if (averageUtilization === undefined && averageValue === undefined) {
    const text = "must set either a target raw value or a target utilization";
    errors.push(required(`${path}.averageUtilization`, text));
  }
  if (averageUtilization !== undefined && averageValue !== undefined) {
    const text = "may not set both a target raw value and a target utilization";
    errors.push(forbidden(`${path}.averageValue`, text));
  }
  return errors;
}

function validateContainerResource({ name, container, target = {} }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${path}.name`, "must specify a resource name"));
  else errors.push(...validateContainerResourceName(name, `${path}.name`));
  if (!container) errors.push(required(`${path}.container`, "must specify a container"));
  else errors.push(...isDns1123Label(container).map((text) => invalid(`${path}.container`, container, text)));
  return [...errors, ...validateResourceTarget(target, `${path}.target`)];
}
