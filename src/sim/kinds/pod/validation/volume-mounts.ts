import type { FieldError } from "../../../apiserver/status";
import { forbidden, invalid, notFound, notSupported, required } from "../../validation/field-error";
import { descendingPath } from "../../validation/files";

const PROPAGATIONS = ["Bidirectional", "HostToContainer", "None"];

export function validateVolumeMounts(container: any, volumes: ReadonlySet<string>, path: string): FieldError[] {
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
    if (mount.mountPropagation)
      errors.push(...validatePropagation(mount.mountPropagation, container, `${path}.mountPropagation`));
  }
  return errors;
}

function validatePropagation(propagation: string, container: any, path: string): FieldError[] {
  if (!PROPAGATIONS.includes(propagation)) return [notSupported(path, propagation, PROPAGATIONS)];
  if (propagation === "Bidirectional" && !container.securityContext?.privileged) {
    return [forbidden(path, "Bidirectional mount propagation is available only to privileged containers")];
  }
  return [];
}
