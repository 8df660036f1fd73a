import type { FieldError } from "../../../apiserver/status";
import { forbidden, invalid, required } from "../../validation/field-error";
import { validateKeysToPaths, validateMode, volumeFilePath } from "../../validation/files";
import { FILE_FIELDS, validateFieldRef, validateResourceFieldRef } from "./field-refs";
import { type Check, needs } from "./volume-sources";

const TOKEN_MIN_SECONDS = 600;
const TOKEN_MAX_SECONDS = 2 ** 32;

/** A volume of the keys of a ConfigMap or Secret. */
export function validateFiles(nameField: string): Check {
  return (source, path) => {
    const errors: FieldError[] = [];
    if (!source[nameField]) errors.push(required(`${path}.${nameField}`));
    errors.push(...validateMode(source.defaultMode, `${path}.defaultMode`));
    errors.push(...validateKeysToPaths(source.items, `${path}.items`));
    return errors;
  };
}

function validateDownwardFile(item: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!item.path) errors.push(required(`${path}.path`));
  errors.push(...volumeFilePath(item.path ?? "", `${path}.path`));
  if (item.fieldRef) {
    errors.push(...validateFieldRef(item.fieldRef, FILE_FIELDS, `${path}.fieldRef`));
    if (item.resourceFieldRef)
      errors.push(invalid(path, "resource", "fieldRef and resourceFieldRef can not be specified simultaneously"));
  } else if (item.resourceFieldRef) {
    errors.push(...validateResourceFieldRef(item.resourceFieldRef, `${path}.resourceFieldRef`, true));
  } else {
    errors.push(required(path, "one of fieldRef and resourceFieldRef is required"));
  }
  return [...errors, ...validateMode(item.mode, `${path}.mode`)];
}

export const downwardApi: Check = (source, path) => [
  ...validateMode(source.defaultMode, `${path}.defaultMode`),
  ...(source.items ?? []).flatMap((item: any) => validateDownwardFile(item, path)),
];

/** `volume` is the path of the whole volume: what is wrong with a token's file is said there. */
function validateToken(token: any, path: string, volume: string): FieldError[] {
  const errors: FieldError[] = [];
  const seconds = token.expirationSeconds ?? 0;
  if (seconds < TOKEN_MIN_SECONDS) {
    errors.push(invalid(`${path}.expirationSeconds`, seconds, "may not specify a duration less than 10 minutes"));
  }
  if (seconds > TOKEN_MAX_SECONDS) {
    errors.push(invalid(`${path}.expirationSeconds`, seconds, "may not specify a duration larger than 2^32 seconds"));
  }
  if (!token.path) errors.push(required(`${volume}.path`));
  else errors.push(...volumeFilePath(token.path, `${volume}.path`));
  return errors;
}

const keys: Check = (source, path) => [
  ...needs("name")(source, path),
  ...validateKeysToPaths(source.items, `${path}.items`),
];

const PROJECTIONS: Record<string, (source: any, path: string, volume: string) => FieldError[]> = {
  secret: keys,
  configMap: keys,
  downwardAPI: (source, path) => (source.items ?? []).flatMap((item: any) => validateDownwardFile(item, path)),
  serviceAccountToken: validateToken,
  clusterTrustBundle: needs("path"),
};

/** Files whose names two sources may not both give. Tokens are not looked at. */
const filesOf = (name: string, source: any): { file: string; owner: string }[] => {
  if (name === "clusterTrustBundle") return [{ file: source.path ?? "", owner: source.path ?? "" }];
  const items = (source.items ?? []) as any[];
  return items.filter(({ path }) => path).map(({ path }) => ({ file: path, owner: source.name ?? path }));
};

/** A source that names nothing projects nothing, and is no mistake. */
export const projected: Check = (volume, path) => {
  const errors = validateMode(volume.defaultMode, `${path}.defaultMode`);
  const taken = new Set<string>();
  for (const [index, source] of (volume.sources ?? []).entries()) {
    const at = `${path}.sources[${index}]`;
    const set = Object.entries(PROJECTIONS).filter(([name]) => source[name]);
    for (const [name, check] of set) {
      errors.push(...check(source[name], `${at}.${name}`, path));
      for (const { file, owner } of filesOf(name, source[name])) {
        if (taken.has(file)) errors.push(invalid(path, owner, "conflicting duplicate paths"));
        taken.add(file);
      }
    }
    if (set.length > 1) errors.push(forbidden(at, "may not specify more than 1 volume type per source"));
  }
  return errors;
};
