import type { FieldError } from "../../../apiserver/status";
import { invalid, notSupported, required } from "../../validation/field-error";
import { withoutBackstep } from "../../validation/files";
import { goSecurityContext } from "../../validation/go-syntax";
import { isUserOrGroupId } from "../../validation/names";

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
  if (!profile.type) return [required(`${path}.type`, "type is required when seccompProfile is set")];
  if (profile.type === "Localhost") {
    if (!profile.localhostProfile)
      return [required(`${path}.localhostProfile`, "must be set when seccomp type is Localhost")];
    return withoutBackstep(profile.localhostProfile, `${path}.localhostProfile`);
  }
  if (profile.localhostProfile) {
    return [
      invalid(`${path}.localhostProfile`, profile.localhostProfile, "can only be set when seccomp type is Localhost"),
    ];
  }
  return PROFILE_TYPES.includes(profile.type) ? [] : [notSupported(`${path}.type`, profile.type, PROFILE_TYPES)];
}

/** Of a container. */
export function validateSecurityContext(context: any, path: string): FieldError[] {
  if (!context) return [];
  const errors = ids(context, ["runAsUser", "runAsGroup"], path);
  if (context.procMount && !["Default", "Unmasked"].includes(context.procMount)) {
    errors.push(notSupported(`${path}.procMount`, context.procMount, ["Default", "Unmasked"]));
  }
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
  return [...errors, ...validateSeccomp(context.seccompProfile, `${path}.seccompProfile`)];
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
  const change = context.fsGroupChangePolicy;
  if (change !== undefined && !["Always", "OnRootMismatch"].includes(change)) {
    errors.push(notSupported(`${path}.fsGroupChangePolicy`, change, ["Always", "OnRootMismatch"]));
  }
  return [...errors, ...validateSeccomp(context.seccompProfile, `${path}.seccompProfile`)];
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
