import type { FieldError } from "../../../apiserver/status";
import { forbidden, invalid, notFound, notSupported, required } from "../../validation/field-error";
import { descendingPath } from "../../validation/files";

const PROPAGATIONS = ["Bidirectional", "HostToContainer", "None"];

export function validateVolumeMounts(container: any, volumes: ReadonlyMap<string, any>, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const paths = new Set<string>();
  const devices = new Map<string, string>(
    (container.volumeDevices ?? []).map((device: any) => [device.name, device.devicePath]),
  );
  const devicePaths = new Set(devices.values());
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const at = `${path}[${index}]`;
    const { name = "", mountPath = "", subPath, subPathExpr } = mount;
    if (!name) errors.push(required(`${at}.name`));
    if (!volumes.has(name)) errors.push(notFound(`${at}.name`, name));
    if (!mountPath) errors.push(required(`${at}.mountPath`));
    if (paths.has(mountPath)) errors.push(invalid(`${at}.mountPath`, mountPath, "must be unique"));
    paths.add(mountPath);
    if (devices.has(name)) errors.push(invalid(`${at}.name`, name, "must not already exist in volumeDevices"));
    if (devicePaths.has(mountPath)) {
      errors.push(invalid(`${at}.mountPath`, mountPath, "must not already exist as a path in volumeDevices"));
    }
    if (subPath) errors.push(...descendingPath(subPath, `${path}.subPath`));
    if (subPathExpr) {
      if (subPath)
        errors.push(invalid(`${at}.subPathExpr`, subPathExpr, "subPathExpr and subPath are mutually exclusive"));
      errors.push(...descendingPath(subPathExpr, `${path}.subPathExpr`));
    }
    if (mount.recursiveReadOnly) errors.push(...validateRecursiveReadOnly(mount, `${at}.recursiveReadOnly`));
    if (mount.mountPropagation)
      errors.push(...validatePropagation(mount.mountPropagation, container, `${path}.mountPropagation`));
  }
  return errors;
}

const RECURSIVE = ["Disabled", "Enabled", "IfPossible"];

function validateRecursiveReadOnly({ recursiveReadOnly, readOnly, mountPropagation }: any, path: string): FieldError[] {
  if (!RECURSIVE.includes(recursiveReadOnly)) return [notSupported(path, recursiveReadOnly, RECURSIVE)];
  if (recursiveReadOnly === "Disabled") return [];
  const errors: FieldError[] = [];
  if (!readOnly) errors.push(forbidden(path, "may only be specified when readOnly is true"));
  if (mountPropagation !== undefined && mountPropagation !== "None")
    errors.push(forbidden(path, "may only be specified when mountPropagation is None or not specified"));
  return errors;
}

function validatePropagation(propagation: string, container: any, path: string): FieldError[] {
  if (!PROPAGATIONS.includes(propagation)) return [notSupported(path, propagation, PROPAGATIONS)];
  if (propagation === "Bidirectional" && !container.securityContext?.privileged) {
    return [forbidden(path, "Bidirectional mount propagation is available only to privileged containers")];
  }
  return [];
}

/** Claims whose volume a container sees as a device; `mounts` are the paths of its mounts by their names. */
export function validateVolumeDevices(
  devices: readonly any[] | undefined,
  mounts: ReadonlyMap<string, string>,
  volumes: ReadonlyMap<string, any>,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  const paths = new Set<string>();
  const mountPaths = new Set(mounts.values());
  for (const [index, { name = "", devicePath = "" }] of (devices ?? []).entries()) {
    const at = `${path}[${index}]`;
    const volume = volumes.get(name);
    if (!name) errors.push(required(`${at}.name`));
    if (names.has(name)) errors.push(invalid(`${at}.name`, name, "must be unique"));
    if (!volume) errors.push(notFound(`${at}.name`, name));
    else if (!volume.persistentVolumeClaim && !volume.ephemeral) {
      const text = "can only use volume source type of PersistentVolumeClaim or Ephemeral for block mode";
      errors.push(invalid(`${at}.name`, name, text));
    }
    if (!devicePath) errors.push(required(`${at}.devicePath`));
    if (paths.has(devicePath)) errors.push(invalid(`${at}.devicePath`, devicePath, "must be unique"));
    if (devicePath.split("/").includes(".."))
      errors.push(invalid(`${at}.devicePath`, devicePath, "can not contain backsteps ('..')"));
    else paths.add(devicePath);
    if (mounts.has(name)) errors.push(invalid(`${at}.name`, name, "must not already exist in volumeMounts"));
    if (mountPaths.has(devicePath))
      errors.push(invalid(`${at}.devicePath`, devicePath, "must not already exist as a path in volumeMounts"));
    if (name) names.add(name);
  }
  return errors;
}
