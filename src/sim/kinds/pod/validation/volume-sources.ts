import type { FieldError } from "../../../apiserver/status";
import { validateClaimTemplate } from "../../persistent-volume-claim/spec-validation";
import { invalid, notSupported, required, tooLong } from "../../validation/field-error";
import { withoutBackstep } from "../../validation/files";
import { inclusiveRange, isDns1123Label, isDns1123Subdomain } from "../../validation/names";

/** What is wrong with one source of a volume. */
export type Check = (source: any, path: string) => FieldError[];

export const needs =
  (...fields: string[]): Check =>
  (source, path) =>
    fields.filter((field) => !source[field] || source[field].length === 0).map((field) => required(`${path}.${field}`));

const inByte = (value: number | undefined, path: string): FieldError[] =>
  value !== undefined && (value < 0 || value > 255) ? [invalid(path, value, inclusiveRange(0, 255))] : [];

/** A disk of a cloud, by the field that names it, and the partition of it that is mounted. */
export const disk =
  (nameField: string): Check =>
  (source, path) => [...needs(nameField)(source, path), ...inByte(source.partition, `${path}.partition`)];

const secretName = (source: any, path: string): FieldError[] =>
  source.secretRef && !source.secretRef.name ? [required(`${path}.secretRef.name`)] : [];

export const cinder: Check = (source, path) => [...needs("volumeID")(source, path), ...secretName(source, path)];

const ISCSI_FORMS: Record<string, RegExp> = {
  iqn: /iqn\.\d{4}-\d{2}\.([A-Za-z0-9-.]+)(:[^,;*&$|\s]+)$/,
  eui: /^eui.[A-Fa-f0-9]{16}$/,
  naa: /^naa.[A-Fa-f0-9]{32}$/,
};

function iscsiName(name: string, path: string): FieldError[] {
  const form = ISCSI_FORMS[name.slice(0, 3)];
  if (!form) return [invalid(path, name, "must be valid format starting with iqn, eui, or naa")];
  return form.test(name) ? [] : [invalid(path, name, "must be valid format")];
}

export const iscsi: Check = (source, path) => {
  const errors = needs("targetPortal", "iqn")(source, path);
  if (source.iqn) errors.push(...iscsiName(source.iqn, `${path}.iqn`));
  errors.push(...inByte(source.lun, `${path}.lun`));
  if ((source.chapAuthDiscovery || source.chapAuthSession) && !source.secretRef)
    errors.push(required(`${path}.secretRef`));
  const { initiatorName } = source;
  if (initiatorName !== undefined) errors.push(...iscsiName(initiatorName, `${path}.initiatorname`));
  return errors;
};

/** So long may the names of the volume and of its portal be together where the initiator has a name of its own. */
const ISCSI_NAME_MAX = 64;

/** The one rule of a source that knows the name of its volume. */
export function iscsiVolumeName(volume: any, path: string): FieldError[] {
  const { iscsi: source, name = "" } = volume;
  if (source?.initiatorName === undefined || `${name}:${source.targetPortal ?? ""}`.length <= ISCSI_NAME_MAX) return [];
  const text =
    "Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.";
  return [invalid(`${path}.name`, name, text)];
}

export const fibreChannel: Check = ({ targetWWNs = [], wwids = [], lun }, path) => {
  const errors: FieldError[] = [];
  if (targetWWNs.length === 0 && wwids.length === 0)
    errors.push(required(`${path}.targetWWNs`, "must specify either targetWWNs or wwids, but not both"));
  if (targetWWNs.length === 0) return errors;
  if (wwids.length > 0) {
    const text = "targetWWNs and wwids can not be specified simultaneously";
    errors.push(invalid(`${path}.targetWWNs`, targetWWNs, text));
  }
  if (lun === undefined) errors.push(required(`${path}.lun`, "lun is required if targetWWNs is specified"));
  return [...errors, ...inByte(lun, `${path}.lun`)];
};

export const flocker: Check = ({ datasetName = "", datasetUUID = "" }, path) => {
  const errors: FieldError[] = [];
  if (!datasetName && !datasetUUID) errors.push(required(path, "one of datasetName and datasetUUID is required"));
  if (datasetName && datasetUUID)
    errors.push(invalid(path, "resource", "datasetName and datasetUUID can not be specified simultaneously"));
  if (datasetName.includes("/")) errors.push(invalid(`${path}.datasetName`, datasetName, "must not contain '/'"));
  return errors;
};

const QUOBYTE_TENANT_MAX = 64;
const HOST_PORTS = "must be a host:port pair or multiple pairs separated by commas";
/** Of a host and a port, as Go's net.SplitHostPort tells them apart. */
const HOST_PORT = /^(\[[^[\]]*\]|[^:[\]]*):[^:[\]]*$/;

export const quobyte: Check = ({ registry = "", tenant = "", volume }, path) => {
  const errors: FieldError[] = [];
  if (!registry) errors.push(required(`${path}.registry`, HOST_PORTS));
  else if (tenant.length > QUOBYTE_TENANT_MAX) {
    errors.push(required(`${path}.tenant`, "must be a UUID and may not exceed a length of 64 characters"));
  } else {
    for (const pair of registry.split(","))
      if (!HOST_PORT.test(pair)) errors.push(invalid(`${path}.registry`, registry, HOST_PORTS));
  }
  if (!volume) errors.push(required(`${path}.volume`));
  return errors;
};

export const storageOs: Check = (source, path) => {
  const errors = needs("volumeName")(source, path);
  for (const field of ["volumeName", "volumeNamespace"]) {
    if (source[field])
      for (const text of isDns1123Label(source[field])) errors.push(invalid(`${path}.${field}`, source[field], text));
  }
  return [...errors, ...secretName(source, path)];
};

export const flexVolume: Check = (source, path) => {
  const errors = needs("driver")(source, path);
  for (const key of Object.keys(source.options ?? {}).sort()) {
    const domain = `.${key.split("/")[0]!.toLowerCase()}`;
    if (domain.endsWith(".kubernetes.io") || domain.endsWith(".k8s.io"))
      errors.push(invalid(`${path}.options[${key}]`, key, "kubernetes.io and k8s.io namespaces are reserved"));
  }
  return errors;
};

const CACHING_MODES = ["None", "ReadOnly", "ReadWrite"];
const DISK_KINDS = ["Dedicated", "Managed", "Shared"];
const MANAGED_URI = "/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}";
const BLOB_URI = "https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd";

export const azureDisk: Check = (source, path) => {
  const errors = needs("diskName", "diskURI")(source, path);
  const { cachingMode, kind, diskURI = "" } = source;
  if (cachingMode !== undefined && !CACHING_MODES.includes(cachingMode))
    errors.push(notSupported(`${path}.cachingMode`, cachingMode, CACHING_MODES));
  if (kind === undefined) return errors;
  if (!DISK_KINDS.includes(kind)) errors.push(notSupported(`${path}.kind`, kind, DISK_KINDS));
  const [prefix, form] = kind === "Managed" ? ["/subscriptions/", MANAGED_URI] : ["https://", BLOB_URI];
  if (!diskURI.startsWith(prefix)) errors.push(notSupported(`${path}.diskURI`, diskURI, [form]));
  return errors;
};

export const nfs: Check = (source, path) => {
  const errors = needs("server", "path")(source, path);
  if (!(source.path ?? "").startsWith("/"))
    errors.push(invalid(`${path}.path`, source.path ?? "", "must be an absolute path"));
  return errors;
};

export const gitRepo: Check = (source, path) => {
  const errors = needs("repository")(source, path);
  const directory = source.directory ?? "";
  if (directory.startsWith("/")) errors.push(invalid(`${path}.directory`, directory, "must be a relative path"));
  return [...errors, ...withoutBackstep(directory, `${path}.directory`)];
};

const CSI_DRIVER_MAX = 63;

/** The name of a CSI driver: a subdomain in either case. */
export function validateCsiDriver(driver: string | undefined, path: string): FieldError[] {
  const name = driver ?? "";
  const errors = name ? [] : [required(path)];
  if (name.length > CSI_DRIVER_MAX) errors.push(tooLong(path, CSI_DRIVER_MAX));
  for (const text of isDns1123Subdomain(name.toLowerCase())) errors.push(invalid(path, name, text));
  return errors;
}

export const csi: Check = (source, path) => {
  const errors = validateCsiDriver(source.driver, `${path}.driver`);
  if (!source.nodePublishSecretRef) return errors;
  const { name = "" } = source.nodePublishSecretRef;
  if (!name) return [...errors, required(`${path}.nodePublishSecretRef.name`)];
  return [...errors, ...isDns1123Subdomain(name).map((text) => invalid(`${path}.name`, name, text))];
};

export const ephemeral: Check = ({ volumeClaimTemplate }, path) =>
  volumeClaimTemplate
    ? validateClaimTemplate(volumeClaimTemplate, `${path}.volumeClaimTemplate`)
    : [required(`${path}.volumeClaimTemplate`)];
