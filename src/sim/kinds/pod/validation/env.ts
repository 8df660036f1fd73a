import type { FieldError } from "../../../apiserver/status";
import { invalid, required } from "../../validation/field-error";
import { isConfigMapKey, isDns1123Subdomain, isRelaxedEnvVarName } from "../../validation/names";
import { ENV_FIELDS, validateFieldRef, validateResourceFieldRef } from "./field-refs";

export function validateEnv(variables: readonly any[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, variable] of (variables ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (!variable.name) errors.push(required(`${at}.name`));
    else for (const text of isRelaxedEnvVarName(variable.name)) errors.push(invalid(`${at}.name`, variable.name, text));
    if (variable.valueFrom) errors.push(...validateValueFrom(variable, `${at}.valueFrom`));
  }
  return errors;
}

function validateValueFrom({ value, valueFrom }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let sources = 0;
  if (valueFrom.fieldRef) {
    sources++;
    errors.push(...validateFieldRef(valueFrom.fieldRef, ENV_FIELDS, `${path}.fieldRef`));
  }
  if (valueFrom.resourceFieldRef) {
    sources++;
    errors.push(...validateResourceFieldRef(valueFrom.resourceFieldRef, `${path}.resourceFieldRef`, false));
  }
  for (const source of ["configMapKeyRef", "secretKeyRef"]) {
    if (!valueFrom[source]) continue;
    sources++;
    errors.push(...validateKeyRef(valueFrom[source], `${path}.${source}`));
  }
  if (sources === 0) {
    const text = "must specify one of: `fieldRef`, `resourceFieldRef`, `configMapKeyRef` or `secretKeyRef`";
    errors.push(invalid(path, "", text));
  } else if (value) {
    errors.push(invalid(path, "", "may not be specified when `value` is not empty"));
  } else if (sources > 1) {
    errors.push(invalid(path, "", "may not have more than one field specified at a time"));
  }
  return errors;
}

function validateKeyRef({ name = "", key }: any, path: string): FieldError[] {
  const errors = isDns1123Subdomain(name).map((text) => invalid(`${path}.name`, name, text));
  if (!key) errors.push(required(`${path}.key`));
  else for (const text of isConfigMapKey(key)) errors.push(invalid(`${path}.key`, key, text));
  return errors;
}

export function validateEnvFrom(sources: readonly any[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, source] of (sources ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (source.prefix)
      for (const text of isRelaxedEnvVarName(source.prefix)) errors.push(invalid(`${at}.prefix`, source.prefix, text));
    let count = 0;
    for (const kind of ["configMapRef", "secretRef"]) {
      if (!source[kind]) continue;
      count++;
      const { name } = source[kind];
      if (!name) errors.push(required(`${at}.${kind}.name`));
      else for (const text of isDns1123Subdomain(name)) errors.push(invalid(`${at}.${kind}.name`, name, text));
    }
    if (count === 0) errors.push(invalid(path, "", "must specify one of: `configMapRef` or `secretRef`"));
    else if (count > 1) errors.push(invalid(path, "", "may not have more than one field specified at a time"));
  }
  return errors;
}
