import type { FieldError } from "../../apiserver/status";
import { type Check, validateCsiDriver } from "../pod/validation/volume-sources";
import { SOURCES } from "../pod/validation/volumes";
import { forbidden, invalid, required } from "../validation/field-error";
import { withoutBackstep } from "../validation/files";
import { isDns1123Label, isDns1123Subdomain } from "../validation/names";

/** Sources that a PersistentVolume may have as a pod's volume may, in the order in which ValidatePersistentVolumeSpec looks at them. */
const BEFORE_LOCAL =
  "hostPath gcePersistentDisk awsElasticBlockStore glusterfs flocker nfs rbd quobyte cephfs iscsi cinder fc flexVolume azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk scaleIO".split(
    " ",
  );

const local: Check = ({ path: file }, path) =>
  file ? withoutBackstep(file, `${path}.path`) : [required(`${path}.path`)];

const CSI_SECRETS = [
  "controllerPublishSecretRef",
  "controllerExpandSecretRef",
  "nodePublishSecretRef",
  "nodeExpandSecretRef",
];

const csi: Check = (source, path) => [
  ...validateCsiDriver(source.driver, `${path}.driver`),
  ...(source.volumeHandle ? [] : [required(`${path}.volumeHandle`)]),
  ...CSI_SECRETS.filter((field) => source[field]).flatMap((field) => secret(source[field], `${path}.${field}`)),
];

/** A Secret of any namespace, by its name and the namespace. */
const secret: Check = ({ name, namespace }, path) => [
  ...(name ? isDns1123Subdomain(name).map((text) => invalid(`${path}.name`, name, text)) : [required(`${path}.name`)]),
  ...(namespace
    ? isDns1123Label(namespace).map((text) => invalid(`${path}.namespace`, namespace, text))
    : [required(`${path}.namespace`)]),
];

const CHECKS: readonly (readonly [string, Check])[] = [
  ...BEFORE_LOCAL.map((name) => [name, SOURCES[name]!] as const),
  ["local", local],
  ["storageos", SOURCES.storageos!],
  ["csi", csi],
];

/** Sources whose complaints bear another name than the field. */
const NAMED: Record<string, string> = { gcePersistentDisk: "persistentDisk" };

/** The one source of a PersistentVolume: the first that is set counts, the others are one too many. */
export function validatePersistentSource(spec: any, path: string): FieldError[] {
  const found = CHECKS.filter(([name]) => spec[name]);
  if (found.length === 0) return [required(path, "must specify a volume type")];
  return found.flatMap(([name, check], index) => {
    if (index > 0) return [forbidden(`${path}.${name}`, "may not specify more than 1 volume type")];
    const errors = check(spec[name], `${path}.${NAMED[name] ?? name}`);
    if (name === "local" && !spec.nodeAffinity)
      errors.push(required(`${path}.nodeAffinity`, "Local volume requires node affinity"));
    return errors;
  });
}
