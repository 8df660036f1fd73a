import type { FieldError } from "../../apiserver/status";
import { deepEqual } from "../../kernel/freeze";
import { base64Length, utf8Length } from "../secret/encode";
import type { ConfigMap } from "../types";
import { forbidden, invalid, tooLong } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isConfigMapKey, isDns1123Subdomain } from "../validation/names";

/** Of the values of a ConfigMap or Secret together. */
export const MAX_DATA_BYTES = 1024 * 1024;
const IMMUTABLE = "field is immutable when `immutable` is set";

export function validateConfigMap({ metadata, data, binaryData }: ConfigMap): FieldError[] {
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  let bytes = 0;
  for (const key of Object.keys(data ?? {}).sort()) {
    const path = `data[${key}]`;
    for (const text of isConfigMapKey(key)) errors.push(invalid(path, key, text));
    if (binaryData && key in binaryData) errors.push(invalid(path, key, "duplicate of key present in binaryData"));
    bytes += utf8Length(String((data as any)[key] ?? ""));
  }
  for (const key of Object.keys(binaryData ?? {}).sort()) {
    for (const text of isConfigMapKey(key)) errors.push(invalid(`binaryData[${key}]`, key, text));
    bytes += base64Length(String((binaryData as any)[key] ?? ""));
  }
  if (bytes > MAX_DATA_BYTES) errors.push(tooLong("[]", MAX_DATA_BYTES));
  return errors;
}

/** What `immutable: true` seals, also of Secrets. */
export function validateSealed(now: any, old: any, fields: readonly string[]): FieldError[] {
  if (!old.immutable) return [];
  const errors: FieldError[] = [];
  if (!now.immutable) errors.push(forbidden("immutable", IMMUTABLE));
  for (const field of fields)
    if (!deepEqual(now[field] ?? {}, old[field] ?? {})) errors.push(forbidden(field, IMMUTABLE));
  return errors;
}

export const validateConfigMapUpdate = (configMap: ConfigMap, old: ConfigMap): FieldError[] => [
  ...validateMetadataUpdate(configMap.metadata, old.metadata),
  ...validateSealed(configMap, old, ["data", "binaryData"]),
];
