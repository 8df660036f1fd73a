import type { FieldError } from "../../../apiserver/status";
import { GoValue, invalid, notSupported, quote, required, tooLong } from "../../validation/field-error";
import { descendingPath } from "../../validation/files";
import { goSecurityContext } from "../../validation/go-syntax";
import { isUserOrGroupId } from "../../validation/names";
import { validateWindowsOptions } from "./windows-options";

const PROFILE_TYPES = ["Localhost", "RuntimeDefault", "Unconfined"];

const ids = (context: any, fields: readonly string[], path: string): FieldError[] =>
  fields.flatMap((field) => {
    const id = context[field];
    return id === undefined || id === null
      ? []
      : isUserOrGroupId(id).map((text) => invalid(`${path}.${field}`, id, text));
  });

function validateSeccomp(profile: any, path: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  const errors: FieldError[] = [];
  if (!type) errors.push(required(`${path}.type`, "type is required when seccompProfile is set"));
  else if (!PROFILE_TYPES.includes(type)) errors.push(notSupported(`${path}.type`, type, PROFILE_TYPES));
  const at = `${path}.localhostProfile`;
  if (type !== "Localhost") {
    if (localhostProfile === undefined) return errors;
    const self = `core.SeccompProfile{Type:${quote(type ?? "")}, LocalhostProfile:(*string)(0xc000000000)}`;
    return [...errors, invalid(at, new GoValue(self), "can only be set when seccomp type is Localhost")];
  }
  if (localhostProfile === undefined) return [...errors, required(at, "must be set when seccomp type is Localhost")];
  return [...errors, ...descendingPath(localhostProfile, at)];
}

const MAX_PROFILE_BYTES = 4095;

function validateAppArmor(profile: any, path: string): FieldError[] {
  if (!profile) return [];
  const { type, localhostProfile } = profile;
  if (type === "Localhost") {
    const at = `${path}.localhostProfile`;
    if (localhostProfile === undefined) return [required(at, "must be set when AppArmor type is Localhost")];
    const errors: FieldError[] = [];
    if (localhostProfile.trim() !== localhostProfile)
      errors.push(invalid(at, localhostProfile, "must not be padded with whitespace"));
    else if (localhostProfile === "") errors.push(required(at, "must be set when AppArmor type is Localhost"));
    if (localhostProfile.length > MAX_PROFILE_BYTES) errors.push(tooLong(at, MAX_PROFILE_BYTES));
    return errors;
  }
  const errors: FieldError[] = [];
  if (type === "RuntimeDefault" || type === "Unconfined") {
    if (localhostProfile !== undefined)
      errors.push(
        invalid(`${path}.localhostProfile`, localhostProfile, "can only be set when AppArmor type is Localhost"),
      );
    return errors;
  }
  return type
    ? [notSupported(`${path}.type`, type, PROFILE_TYPES)]
    : [required(`${path}.type`, "type is required when appArmorProfile is set")];
}

/** Of a container. */
export function validateSecurityContext(context: any, path: string): FieldError[] {
  if (!context) return [];
  const errors = ids(context, ["runAsUser", "runAsGroup"], path);
  if (context.procMount && !["Default", "Unmasked"].includes(context.procMount)) {
    errors.push(notSupported(`${path}.procMount`, context.procMount, ["Default", "Unmasked"]));
  }
  errors.push(...validateSeccomp(context.seccompProfile, `${path}.seccompProfile`));
  if (context.allowPrivilegeEscalation === false) {
    const self = goSecurityContext(context);
    if (context.privileged)
      errors.push(invalid(path, self, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true"));
    if ((context.capabilities?.add ?? []).includes("CAP_SYS_ADMIN")) {
      errors.push(
        invalid(path, self, "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN"),
      );
    }
  }
  return [
    ...errors,
    ...validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...validateAppArmor(context.appArmorProfile, `${path}.appArmorProfile`),
  ];
}

const SYSCTL = "[a-z0-9]([-_a-z0-9]*[a-z0-9])?([\\./][a-z0-9]([-_a-z0-9]*[a-z0-9])?)*";

/** Of a pod. Its `shareProcessNamespace` lives in the spec, and is complained of here, as upstream does. */
export function validatePodSecurityContext(spec: any, path: string): FieldError[] {
  const context = spec.securityContext;
  if (!context) return [];
  const errors: FieldError[] = [];
  if (spec.hostNetwork) errors.push(...hostPortsMatch(spec, path.slice(0, path.lastIndexOf("."))));
  errors.push(...ids(context, ["fsGroup", "runAsUser", "runAsGroup"], path));
  for (const [index, id] of (context.supplementalGroups ?? []).entries()) {
    errors.push(...isUserOrGroupId(id).map((text) => invalid(`${path}.supplementalGroups[${index}]`, id, text)));
  }
  if (spec.shareProcessNamespace && spec.hostPID) {
    const text = "ShareProcessNamespace and HostPID cannot both be enabled";
    errors.push(invalid(`${path}.shareProcessNamespace`, true, text));
  }
  const seen = new Set<string>();
  for (const [index, { name = "" }] of (context.sysctls ?? []).entries()) {
    const at = `${path}.sysctls[${index}].name`;
    if (!name) errors.push(required(at));
    else if (!new RegExp(`^${SYSCTL}$`).test(name))
      errors.push(invalid(at, name, `must have at most 253 characters and match regex ^${SYSCTL}$`));
    else if (seen.has(name))
      errors.push({ type: "FieldValueDuplicate", field: at, detail: `Duplicate value: "${name}"` });
    seen.add(name);
  }
  const choice = (field: string, choices: readonly string[]) => {
    const value = context[field];
    if (value !== undefined && !choices.includes(value)) errors.push(notSupported(`${path}.${field}`, value, choices));
  };
  choice("fsGroupChangePolicy", ["Always", "OnRootMismatch"]);
  errors.push(
    ...validateSeccomp(context.seccompProfile, `${path}.seccompProfile`),
    ...validateWindowsOptions(context.windowsOptions, `${path}.windowsOptions`),
    ...validateAppArmor(context.appArmorProfile, `${path}.appArmorProfile`),
  );
  choice("supplementalGroupsPolicy", ["Merge", "Strict"]);
  choice("seLinuxChangePolicy", ["MountOption", "Recursive"]);
  return errors;
}

function hostPortsMatch(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, container] of (spec.containers ?? []).entries()) {
    for (const [position, port] of (container.ports ?? []).entries()) {
      if (port.hostPort && port.hostPort !== port.containerPort) {
        const at = `${path}.containers[${index}].ports[${position}].containerPort`;
        errors.push(invalid(at, port.containerPort, "must match `hostPort` when `hostNetwork` is true"));
      }
    }
  }
  return errors;
}
