import type { FieldError } from "../../../apiserver/status";
import { duplicate, forbidden, invalid, notSupported, required } from "../../validation/field-error";
import { isDns1123Label, isPortName, isPortNumber } from "../../validation/names";
import { validateEnv, validateEnvFrom } from "./env";
import { validateLifecycle, validateProbe } from "./handlers";
import { validateResources } from "./resources";
import { validateSecurityContext } from "./security-context";
import { validateVolumeDevices, validateVolumeMounts } from "./volume-mounts";

export const PROTOCOLS = ["SCTP", "TCP", "UDP"];
const PULL_POLICIES = ["Always", "IfNotPresent", "Never"];
const MESSAGE_POLICIES = ["File", "FallbackToLogsOnError"];

/** What the checks of a container need to know of its pod. */
export interface PodAround {
  volumes: ReadonlyMap<string, any>;
  graceSeconds: number;
}

export function validateContainers(containers: readonly any[] | undefined, pod: PodAround, path: string): FieldError[] {
  if (!containers || containers.length === 0) return [required(path)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, container] of containers.entries()) {
    const at = `${path}[${index}]`;
    errors.push(...validateCommon(container, pod, at));
    if (names.has(container.name ?? "")) errors.push(duplicate(`${at}.name`, container.name ?? ""));
    names.add(container.name ?? "");
    errors.push(...validateHooks(container, pod, at));
    if (container.restartPolicy)
      errors.push(forbidden(`${at}.restartPolicy`, "may not be set for non-init containers"));
  }
  return [...errors, ...hostPortConflicts(containers, path)];
}

function validateHooks(container: any, { graceSeconds }: PodAround, at: string): FieldError[] {
  return [
    ...validateLifecycle(container.lifecycle, `${at}.lifecycle`, graceSeconds),
    ...validateProbe(container.livenessProbe, "liveness", `${at}.livenessProbe`, graceSeconds),
    ...validateProbe(container.readinessProbe, "readiness", `${at}.readinessProbe`, graceSeconds),
    ...validateProbe(container.startupProbe, "startup", `${at}.startupProbe`, graceSeconds),
  ];
}

const NOT_FOR_INIT = ["lifecycle", "livenessProbe", "readinessProbe", "startupProbe"];

export function validateInitContainers(
  containers: readonly any[] | undefined,
  regular: readonly any[] | undefined,
  pod: PodAround,
  path: string,
): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set((regular ?? []).map(({ name }) => name));
  for (const [index, container] of (containers ?? []).entries()) {
    const at = `${path}[${index}]`;
    const sidecar = container.restartPolicy === "Always";
    errors.push(...validateCommon(container, pod, at));
    if (container.restartPolicy && !sidecar) {
      errors.push(notSupported(`${at}.restartPolicy`, container.restartPolicy, ["Always"]));
    }
    if (container.name && names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    else if (container.name) names.add(container.name);
    errors.push(...hostPortConflicts([container], path));
    if (sidecar) {
      errors.push(...validateHooks(container, pod, at));
      continue;
    }
    for (const field of NOT_FOR_INIT) {
      const text = "may not be set for init containers without restartPolicy=Always";
      if (container[field]) errors.push(forbidden(`${at}.${field}`, text));
    }
  }
  return errors;
}

export function validateCommon(container: any, pod: PodAround, at: string): FieldError[] {
  const errors: FieldError[] = [];
  const { name, image, terminationMessagePolicy, imagePullPolicy } = container;
  if (!name) errors.push(required(`${at}.name`));
  else for (const text of isDns1123Label(name)) errors.push(invalid(`${at}.name`, name, text));
  if (!image) errors.push(required(`${at}.image`));
  if (!terminationMessagePolicy)
    errors.push(required(`${at}.terminationMessagePolicy`, "must be 'File' or 'FallbackToLogsOnError'"));
  else if (!MESSAGE_POLICIES.includes(terminationMessagePolicy)) {
    errors.push(notSupported(`${at}.terminationMessagePolicy`, terminationMessagePolicy, MESSAGE_POLICIES));
  }
  errors.push(...validatePorts(container.ports, `${at}.ports`));
  errors.push(...validateEnv(container.env, `${at}.env`));
  errors.push(...validateEnvFrom(container.envFrom, `${at}.envFrom`));
  errors.push(...validateVolumeMounts(container, pod.volumes, `${at}.volumeMounts`));
  const mounts = new Map<string, string>(
    (container.volumeMounts ?? []).map(({ name = "", mountPath = "" }: any) => [name, mountPath]),
  );
  errors.push(...validateVolumeDevices(container.volumeDevices, mounts, pod.volumes, `${at}.volumeDevices`));
  if (!imagePullPolicy) errors.push(required(`${at}.imagePullPolicy`));
  else if (!PULL_POLICIES.includes(imagePullPolicy)) {
    errors.push(notSupported(`${at}.imagePullPolicy`, imagePullPolicy, PULL_POLICIES));
  }
  errors.push(...validateResources(container.resources, `${at}.resources`));
  errors.push(...validateSecurityContext(container.securityContext, `${at}.securityContext`));
  return errors;
}

function validatePorts(ports: readonly any[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, port] of (ports ?? []).entries()) {
    const at = `${path}[${index}]`;
    if (port.name) {
      const texts = isPortName(port.name);
      if (texts.length > 0) errors.push(...texts.map((text) => invalid(`${at}.name`, port.name, text)));
      else if (names.has(port.name)) errors.push(duplicate(`${at}.name`, port.name));
      else names.add(port.name);
    }
    if (!port.containerPort) errors.push(required(`${at}.containerPort`));
    else
      for (const text of isPortNumber(port.containerPort))
        errors.push(invalid(`${at}.containerPort`, port.containerPort, text));
    if (port.hostPort)
      for (const text of isPortNumber(port.hostPort)) errors.push(invalid(`${at}.hostPort`, port.hostPort, text));
    if (!port.protocol) errors.push(required(`${at}.protocol`));
    else if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${at}.protocol`, port.protocol, PROTOCOLS));
  }
  return errors;
}

function hostPortConflicts(containers: readonly any[], path: string): FieldError[] {
  const errors: FieldError[] = [];
  const taken = new Set<string>();
  for (const [index, container] of containers.entries()) {
    for (const [position, port] of (container.ports ?? []).entries()) {
      if (!port.hostPort) continue;
      const key = `${port.protocol}/${port.hostIP ?? ""}/${port.hostPort}`;
      if (taken.has(key)) errors.push(duplicate(`${path}[${index}].ports[${position}].hostPort`, key));
      taken.add(key);
    }
  }
  return errors;
}
