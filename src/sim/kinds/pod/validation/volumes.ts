import type { FieldError } from "../../../apiserver/status";
import { parseQuantity, quantityError } from "../../quantity";
import { duplicate, forbidden, invalid, notSupported, required } from "../../validation/field-error";
import { withoutBackstep } from "../../validation/files";
import { isDns1123Label, isDns1123Subdomain } from "../../validation/names";
import { downwardApi, projected, validateFiles } from "./volume-files";
import * as sources from "./volume-sources";
import { type Check, needs } from "./volume-sources";

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

const hostPath: Check = (source, path) => {
  if (!source.path) return [required(`${path}.path`)];
  const errors = withoutBackstep(source.path, `${path}.path`);
  if (!HOST_PATH_TYPES.includes(source.type ?? ""))
    errors.push(notSupported(`${path}.type`, source.type, HOST_PATH_TYPES));
  return errors;
};

const emptyDir: Check = (source, path) => {
  const limit = source.sizeLimit;
  if (limit === undefined || limit === null || quantityError(limit) !== undefined) return [];
  return parseQuantity(limit).nanos < 0n
    ? [forbidden(`${path}.sizeLimit`, "SizeLimit field must be a valid resource quantity")]
    : [];
};

/** Sources in the order in which upstream looks at them: the first that is set counts, the others are one too many. */
export const SOURCES: Record<string, Check> = {
  emptyDir,
  hostPath,
  gitRepo: sources.gitRepo,
  gcePersistentDisk: sources.disk("pdName"),
  awsElasticBlockStore: sources.disk("volumeID"),
  secret: validateFiles("secretName"),
  nfs: sources.nfs,
  iscsi: sources.iscsi,
  glusterfs: needs("endpoints", "path"),
  flocker: sources.flocker,
  persistentVolumeClaim: needs("claimName"),
  rbd: needs("monitors", "image"),
  cinder: sources.cinder,
  cephfs: needs("monitors"),
  quobyte: sources.quobyte,
  downwardAPI: downwardApi,
  fc: sources.fibreChannel,
  flexVolume: sources.flexVolume,
  configMap: validateFiles("name"),
  azureFile: needs("secretName", "shareName"),
  vsphereVolume: needs("volumePath"),
  photonPersistentDisk: needs("pdID"),
  portworxVolume: needs("volumeID"),
  azureDisk: sources.azureDisk,
  storageos: sources.storageOs,
  projected,
  scaleIO: needs("gateway", "system", "volumeName"),
  csi: sources.csi,
  ephemeral: sources.ephemeral,
  image: needs("reference"),
};

/** Sources whose complaints bear another name than the field. */
const NAMED: Record<string, string> = { gcePersistentDisk: "persistentDisk" };
/** Sources that are one too many under another name than the field's, in upstream's spelling. */
const NAMED_EXTRA: Record<string, string> = { cephfs: "cephFS", downwardAPI: "downwarAPI" };

function validateSource(volume: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  let count = 0;
  for (const [name, check] of Object.entries(SOURCES)) {
    if (!volume[name]) continue;
    if (++count > 1)
      errors.push(forbidden(`${path}.${NAMED_EXTRA[name] ?? name}`, "may not specify more than 1 volume type"));
    else errors.push(...check(volume[name], `${path}.${NAMED[name] ?? name}`));
  }
  if (count === 0) errors.push(required(path, "must specify a volume type"));
  return [...errors, ...sources.iscsiVolumeName(volume, path)];
}

/** The claim that is made for an ephemeral volume takes its name from the pod and the volume. */
function validateClaimName(volume: any, podName: string | undefined, path: string): FieldError[] {
  if (!volume.ephemeral || !podName || !volume.name) return [];
  const claim = `${podName}-${volume.name}`;
  return isDns1123Subdomain(claim).map((text) => invalid(`${path}.name`, volume.name, `PVC name "${claim}": ${text}`));
}

/**
 * Complaints, and the volumes that are well by their names: mounts of the others are not found. A pod has a name,
 * unless this is a template.
 */
export function validateVolumes(
  volumes: readonly any[] | undefined,
  path: string,
  podName?: string,
): { errors: FieldError[]; volumes: Map<string, any> } {
  const errors: FieldError[] = [];
  const well = new Map<string, any>();
  const created = new Set(
    podName ? (volumes ?? []).filter((one) => one.ephemeral).map(({ name }) => `${podName}-${name}`) : [],
  );
  for (const [index, volume] of (volumes ?? []).entries()) {
    const at = `${path}[${index}]`;
    const found = [...validateSource(volume, at), ...validateClaimName(volume, podName, at)];
    if (!volume.name) found.push(required(`${at}.name`));
    else for (const text of isDns1123Label(volume.name)) found.push(invalid(`${at}.name`, volume.name, text));
    if (well.has(volume.name)) found.push(duplicate(`${at}.name`, volume.name));
    if (found.length === 0) well.set(volume.name, volume);
    errors.push(...found);
    const claim = volume.persistentVolumeClaim?.claimName;
    if (claim && created.has(claim)) {
      const text = "must not reference a PVC that gets created for an ephemeral volume";
      errors.push(invalid(`${at}.persistentVolumeClaim.claimName`, claim, text));
    }
  }
  return { errors, volumes: well };
}
