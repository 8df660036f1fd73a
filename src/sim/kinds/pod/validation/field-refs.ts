import type { FieldError } from "../../../apiserver/status";
import { compareQuantities, parseQuantity } from "../../quantity";
import { invalid, notSupported, required } from "../../validation/field-error";
import { isQualifiedName } from "../../validation/names";

/** What of a pod its own containers may read, by environment variables and by files. */
export const ENV_FIELDS = [
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
  "spec.nodeName",
  "spec.serviceAccountName",
  "status.hostIP",
  "status.hostIPs",
  "status.podIP",
  "status.podIPs",
];
export const FILE_FIELDS = [
  "metadata.annotations",
  "metadata.labels",
  "metadata.name",
  "metadata.namespace",
  "metadata.uid",
];
const KNOWN_FIELDS = new Set([
  ...ENV_FIELDS,
  ...FILE_FIELDS,
  "spec.restartPolicy",
  "spec.schedulerName",
  "status.phase",
]);
const SUBSCRIPT = /^(metadata\.annotations|metadata\.labels)\['(.*)'\]$/s;
const ANY_SUBSCRIPT = /^(.*)\['(.*)'\]$/s;

export const CONTAINER_RESOURCES = [
  "limits.cpu",
  "limits.ephemeral-storage",
  "limits.memory",
  "requests.cpu",
  "requests.ephemeral-storage",
  "requests.memory",
];

export function validateFieldRef(ref: any, fields: readonly string[], path: string): FieldError[] {
  if (!ref.apiVersion) return [required(`${path}.apiVersion`)];
  if (!ref.fieldPath) return [required(`${path}.fieldPath`)];
  const fieldPath = String(ref.fieldPath);
  const subscript = SUBSCRIPT.exec(fieldPath);
  if (subscript) {
    const key = subscript[2]!;
    const name = subscript[1] === "metadata.annotations" ? key.toLowerCase() : key;
    return isQualifiedName(name).map((text) => invalid(path, key, text));
  }
  const wrong = ANY_SUBSCRIPT.exec(fieldPath);
  if (wrong) {
    const text = `error converting fieldPath: field label does not support subscript: ${fieldPath}`;
    return [invalid(`${path}.fieldPath`, fieldPath, text)];
  }
  if (!KNOWN_FIELDS.has(fieldPath)) {
    return [
      invalid(`${path}.fieldPath`, fieldPath, `error converting fieldPath: field label not supported: ${fieldPath}`),
    ];
  }
  return fields.includes(fieldPath) ? [] : [notSupported(`${path}.fieldPath`, fieldPath, fields)];
}

export function validateResourceFieldRef(ref: any, path: string, inVolume: boolean): FieldError[] {
  if (inVolume && !ref.containerName) return [required(`${path}.containerName`)];
  if (!ref.resource) return [required(`${path}.resource`)];
  const resource = String(ref.resource);
  const hugePages = /^(limits|requests)\.hugepages-/.test(resource);
  if (!hugePages && !CONTAINER_RESOURCES.includes(resource)) {
    return [notSupported(`${path}.resource`, resource, CONTAINER_RESOURCES)];
  }
  return validateDivisor(resource, ref.divisor, path);
}

const CPU_DIVISORS = ["1m", "1"];
const BYTE_DIVISORS = ["1", "1k", "1M", "1G", "1T", "1P", "1E", "1Ki", "1Mi", "1Gi", "1Ti", "1Pi", "1Ei"];

function validateDivisor(resource: string, divisor: string | undefined, path: string): FieldError[] {
  if (divisor === undefined || compareQuantities(parseQuantity(divisor), parseQuantity("0")) === 0) return [];
  const cpu = resource.endsWith(".cpu");
  const allowed = cpu ? CPU_DIVISORS : BYTE_DIVISORS;
  if (allowed.includes(String(divisor))) return [];
  const what = resource.slice(resource.indexOf(".") + 1);
  return [
    invalid(
      `${path}.divisor`,
      divisor,
      `only divisor's values ${list(allowed)} are supported with the ${what} resource`,
    ),
  ];
}

const list = (values: readonly string[]) => values.slice().sort().join(", ");
