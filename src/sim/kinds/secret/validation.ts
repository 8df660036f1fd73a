import type { FieldError } from "../../apiserver/status";
import { MAX_DATA_BYTES, validateSealed } from "../config-map/validation";
import type { Secret } from "../types";
import { immutable, invalid, required, tooLong } from "../validation/field-error";
import { jsonComplaint } from "../validation/json";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isConfigMapKey, isDns1123Subdomain } from "../validation/names";
import { base64Length, base64Text } from "./encode";

const SERVICE_ACCOUNT = "kubernetes.io/service-account.name";
const REDACTED = "<secret contents redacted>";

/** Keys that a type of Secret must have, each of them. */
const REQUIRED_KEYS: Record<string, string[]> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

const JSON_KEYS: Record<string, string> = {
  "kubernetes.io/dockercfg": ".dockercfg",
  "kubernetes.io/dockerconfigjson": ".dockerconfigjson",
};

export function validateSecret({ metadata, data: secretData, type = "" }: Secret): FieldError[] {
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  const data = (secretData ?? {}) as Record<string, string>;
  let bytes = 0;
  for (const key of Object.keys(data).sort()) {
    for (const text of isConfigMapKey(key)) errors.push(invalid(`data[${key}]`, key, text));
    bytes += base64Length(String(data[key] ?? ""));
  }
  if (bytes > MAX_DATA_BYTES) errors.push(tooLong("data", MAX_DATA_BYTES));
  if (type === "kubernetes.io/service-account-token" && !(metadata.annotations as any)?.[SERVICE_ACCOUNT]) {
    errors.push(required(`metadata.annotations[${SERVICE_ACCOUNT}]`));
  }
  if (type === "kubernetes.io/basic-auth" && !("username" in data) && !("password" in data)) {
    errors.push(required("data[username]"), required("data[password]"));
  }
  for (const key of REQUIRED_KEYS[type] ?? []) if (!(key in data)) errors.push(required(`data[${key}]`));
  const jsonKey = JSON_KEYS[type];
  if (jsonKey) errors.push(...validateJson(data[jsonKey], `data[${jsonKey}]`));
  return errors;
}

function validateJson(encoded: string | undefined, path: string): FieldError[] {
  if (encoded === undefined) return [required(path)];
  const complaint = jsonComplaint(base64Text(encoded));
  return complaint === undefined ? [] : [invalid(path, REDACTED, complaint)];
}

export function validateSecretUpdate(secret: Secret, old: Secret): FieldError[] {
  const errors = validateMetadataUpdate(secret.metadata, old.metadata);
  if ((secret.type ?? "") !== (old.type ?? "")) errors.push(immutable("type", secret.type ?? ""));
  return [...errors, ...validateSealed(secret, old, ["data"])];
}
