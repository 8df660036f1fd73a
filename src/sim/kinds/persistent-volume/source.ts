import type { FieldError } from "../../apiserver/status";
import { type Check, validateCsiDriver } from "../pod/validation/volume-sources";
import { SOURCES } from "../pod/validation/volumes";
import { forbidden, required } from "../validation/field-error";
import { withoutBackstep } from "../validation/files";

/** Sources that a PersistentVolume may have as a pod's volume may, in the order in which ValidatePersistentVolumeSpec looks at them. */
const SHARED =
  "hostPath gcePersistentDisk awsElasticBlockStore glusterfs flocker nfs rbd quobyte cephfs iscsi cinder fc flexVolume azureFile vsphereVolume photonPersistentDisk portworxVolume azureDisk scaleIO storageos".split(
    " ",
  );

const local: Check = ({ path: file }, path) =>
  file ? withoutBackstep(file, `${path}.path`) : [required(`${path}.path`)];

const csi: Check = ({ driver, volumeHandle }, path) => [
  ...validateCsiDriver(driver, `${path}.driver`),
  ...(volumeHandle ? [] : [required(`${path}.volumeHandle`)]),
];

const CHECKS: readonly (readonly [string, Check])[] = [
  ...SHARED.map((name) => [name, SOURCES[name]!] as const),
  ["local", local],
  ["csi", csi],
];

/** The one source of a PersistentVolume: the first that is set counts, the others are one too many. */
export function validatePersistentSource(spec: any, path: string): FieldError[] {
  const found = CHECKS.filter(([name]) => spec[name]);
  if (found.length === 0) return [required(path, "must specify a volume type")];
  return found.flatMap(([name, check], index) =>
    index === 0
      ? check(spec[name], `${path}.${name}`)
      : [forbidden(`${path}.${name}`, "may not specify more than 1 volume type")],
  );
}
