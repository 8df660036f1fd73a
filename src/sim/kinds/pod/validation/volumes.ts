import type { FieldError } from "../../../apiserver/status";
import { parseQuantity, quantityError } from "../../quantity";
import { duplicate, forbidden, invalid, notSupported, required } from "../../validation/field-error";
import { validateKeysToPaths, validateMode, volumeFilePath, withoutBackstep } from "../../validation/files";
import { isDns1123Label, isDns1123Subdomain } from "../../validation/names";
import { FILE_FIELDS, validateFieldRef, validateResourceFieldRef } from "./field-refs";

type Check = (source: any, path: string) => FieldError[];

const HOST_PATH_TYPES = [
  "",
  "BlockDevice",
  "CharDevice",
  "Directory",
  "DirectoryOrCreate",
  "File",
  "FileOrCreate",
  "Socket",
];
const TOKEN_MIN_SECONDS = 600;
const TOKEN_MAX_SECONDS = 2 ** 32;

const needs =
  (...fields: string[]): Check =>
  (source, path) =>
    fields.filter((field) => !source[field] || source[field].length === 0).map((field) => required(`${path}.${field}`));

function validateHostPath(source: any, path: string): FieldError[] {
  if (!source.path) return [required(`${path}.path`)];
  const errors = withoutBackstep(source.path, `${path}.path`);
  if (!HOST_PATH_TYPES.includes(source.type ?? ""))
    errors.push(notSupported(`${path}.type`, source.type, HOST_PATH_TYPES));
  return errors;
}

function validateFiles(nameField: string): Check {
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

function validateDownward(source: any, path: string): FieldError[] {
  const errors = validateMode(source.defaultMode, `${path}.defaultMode`);
  for (const item of source.items ?? []) errors.push(...validateDownwardFile(item, path));
  return errors;
}

function validateToken(token: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const seconds = token.expirationSeconds;
  if (seconds < TOKEN_MIN_SECONDS) {
    errors.push(invalid(`${path}.expirationSeconds`, seconds, "may not specify a duration less than 10 minutes"));
  }
  if (seconds > TOKEN_MAX_SECONDS) {
    errors.push(invalid(`${path}.expirationSeconds`, seconds, "may not specify a duration larger than 2^32 seconds"));
  }
  if (!token.path) errors.push(required(`${path}.path`));
  else errors.push(...volumeFilePath(token.path, `${path}.path`));
  return errors;
}

const PROJECTIONS: Record<string, Check> = {
  secret: (source, path) => [...needs("name")(source, path), ...validateKeysToPaths(source.items, `${path}.items`)],
  configMap: (source, path) => [...needs("name")(source, path), ...validateKeysToPaths(source.items, `${path}.items`)],
  downwardAPI: (source, path) => (source.items ?? []).flatMap((item: any) => validateDownwardFile(item, path)),
  serviceAccountToken: validateToken,
  clusterTrustBundle: needs("path"),
};

function validateProjected(projected: any, path: string): FieldError[] {
  const errors = validateMode(projected.defaultMode, `${path}.defaultMode`);
  const paths = new Set<string>();
  for (const [index, source] of (projected.sources ?? []).entries()) {
    const at = `${path}.sources[${index}]`;
    let count = 0;
    for (const [name, check] of Object.entries(PROJECTIONS)) {
      if (!source[name]) continue;
      if (++count > 1) errors.push(forbidden(at, "may not specify more than 1 volume type"));
      else errors.push(...check(source[name], `${at}.${name}`));
      const files = source[name].items ?? (source[name].path ? [source[name]] : []);
      for (const { path: file } of files) {
        if (paths.has(file)) errors.push(invalid(path, file, "conflicting duplicate paths"));
        paths.add(file);
      }
    }
    if (count === 0) errors.push(required(at, "must specify a volume type"));
  }
  return errors;
}

function validateEmptyDir(source: any, path: string): FieldError[] {
  const limit = source.sizeLimit;
  if (limit === undefined || limit === null || quantityError(limit) !== undefined) return [];
  return parseQuantity(limit).nanos < 0n
    ? [forbidden(`${path}.sizeLimit`, "SizeLimit field must be a valid resource quantity")]
    : [];
}

function validateNfs(source: any, path: string): FieldError[] {
  const errors = needs("server", "path")(source, path);
  if (source.path && !source.path.startsWith("/"))
    errors.push(invalid(`${path}.path`, source.path, "must be an absolute path"));
  return errors;
}

function validateGitRepo(source: any, path: string): FieldError[] {
  const errors = needs("repository")(source, path);
  const directory = source.directory ?? "";
  if (directory.startsWith("/")) errors.push(invalid(`${path}.directory`, directory, "must be a relative path"));
  return [...errors, ...withoutBackstep(directory, `${path}.directory`)];
}

function validateCsi(source: any, path: string): FieldError[] {
  if (!source.driver) return [required(`${path}.driver`)];
  return isDns1123Subdomain(source.driver.toLowerCase()).map((text) => invalid(`${path}.driver`, source.driver, text));
}

const ephemeral: Check = ({ volumeClaimTemplate }, path) => {
  if (!volumeClaimTemplate) return [required(`${path}.volumeClaimTemplate`)];
  const at = `${path}.volumeClaimTemplate.spec`;
  const spec = volumeClaimTemplate.spec ?? {};
  const errors: FieldError[] = [];
  if ((spec.accessModes ?? []).length === 0)
    errors.push(required(`${at}.accessModes`, "at least 1 access mode is required"));
  if (spec.resources?.requests?.storage === undefined) errors.push(required(`${at}.resources[storage]`));
  return errors;
};

/** Sources in the order in which upstream looks at them: the first that is set counts, the others are one too many. */
const SOURCES: Record<string, Check> = {
  emptyDir: validateEmptyDir,
  hostPath: validateHostPath,
  gitRepo: validateGitRepo,
  gcePersistentDisk: needs("pdName"),
  awsElasticBlockStore: needs("volumeID"),
  secret: validateFiles("secretName"),
  nfs: validateNfs,
  iscsi: needs("targetPortal", "iqn"),
  glusterfs: needs("endpoints", "path"),
  persistentVolumeClaim: needs("claimName"),
  rbd: needs("monitors", "image"),
  cinder: needs("volumeID"),
  cephfs: needs("monitors"),
  flocker: () => [],
  downwardAPI: validateDownward,
  fc: () => [],
  flexVolume: needs("driver"),
  configMap: validateFiles("name"),
  azureFile: needs("secretName", "shareName"),
  vsphereVolume: needs("volumePath"),
  photonPersistentDisk: needs("pdID"),
  portworxVolume: needs("volumeID"),
  azureDisk: needs("diskName", "diskURI"),
  quobyte: needs("registry", "volume"),
  storageos: () => [],
  projected: validateProjected,
  scaleIO: needs("volumeName"),
  csi: validateCsi,
  ephemeral,
  image: needs("reference"),
};

function validateSource(volume: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  for (const [name, check] of Object.entries(SOURCES)) {
    if (!volume[name]) continue;
    if (++count > 1) errors.push(forbidden(`${path}.${name}`, "may not specify more than 1 volume type"));
    else errors.push(...check(volume[name], `${path}.${name}`));
  }
  if (count === 0) errors.push(required(path, "must specify a volume type"));
  return errors;
}

/** Complaints, and the names of the volumes that are well: mounts of the others are not found. */
export function validateVolumes(
  volumes: readonly any[] | undefined,
  path: string,
): { errors: FieldError[]; names: Set<string> } {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, volume] of (volumes ?? []).entries()) {
    const at = `${path}[${index}]`;
    const found = validateSource(volume, at);
    if (!volume.name) found.push(required(`${at}.name`));
    else for (const text of isDns1123Label(volume.name)) found.push(invalid(`${at}.name`, volume.name, text));
    if (names.has(volume.name)) found.push(duplicate(`${at}.name`, volume.name));
    if (found.length === 0) names.add(volume.name);
    errors.push(...found);
  }
  return { errors, names };
}
