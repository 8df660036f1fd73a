import type { FieldError } from "../../../apiserver/status";
import type { Pod } from "../../types";
import { forbidden, invalid } from "../../validation/field-error";
import { descendingPath } from "../../validation/files";
import { APPARMOR, SECCOMP_CONTAINER, SECCOMP_POD } from "./annotated-profiles";
import { validateTolerations } from "./scheduling";

type Annotations = Readonly<Record<string, string>>;

export const MIRROR = "kubernetes.io/config.mirror";
const TOLERATIONS = "scheduler.alpha.kubernetes.io/tolerations";
const DELETION_COST = "controller.kubernetes.io/pod-deletion-cost";
const MAX_COST = 2 ** 31 - 1;

/** ValidatePodSpecificAnnotations: those that mean something to the cluster. */
export function validatePodAnnotations(annotations: Annotations, spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const mirror = annotations[MIRROR];
  if (mirror !== undefined && !spec.nodeName)
    errors.push(invalid(`${path}[${MIRROR}]`, mirror, "must set spec.nodeName if mirror pod annotation is set"));
  if (annotations[TOLERATIONS]) errors.push(...validateTolerationsText(annotations[TOLERATIONS], path));
  const cost = annotations[DELETION_COST];
  if (cost !== undefined && !isCost(cost))
    errors.push(invalid(`${path}[${DELETION_COST}]`, cost, "must be a 32bit integer"));
  return [
    ...errors,
    ...validateSeccompAnnotations(annotations, path),
    ...validateAppArmorAnnotations(annotations, spec, path),
  ];
}

/** A whole number of 32 bits as it is written without a leading zero or plus. */
const isCost = (text: string) =>
  /^(0|-?[1-9]\d*)$/.test(text) && Number(text) <= MAX_COST && Number(text) >= -MAX_COST - 1;

function validateTolerationsText(text: string, path: string): FieldError[] {
  try {
    return validateTolerations(JSON.parse(text), `${path}.${TOLERATIONS}`);
  } catch {
    return [invalid(path, TOLERATIONS, "couldn't parse tolerations from annotation")];
  }
}

/** The annotations that chose seccomp profiles before fields did. */
export function validateSeccompAnnotations(annotations: Annotations, path: string): FieldError[] {
  return Object.keys(annotations)
    .sort()
    .filter((key) => key === SECCOMP_POD || key.startsWith(SECCOMP_CONTAINER))
    .flatMap((key) => validateSeccompText(annotations[key]!, `${path}.${key}`));
}

export function validateSeccompText(profile: string, path: string): FieldError[] {
  if (["runtime/default", "docker/default", "unconfined"].includes(profile)) return [];
  if (profile.startsWith("localhost/")) return descendingPath(profile.slice("localhost/".length), path);
  return [invalid(path, profile, "must be a valid seccomp profile")];
}

const containersOf = (spec: any): any[] => [
  ...(spec.initContainers ?? []),
  ...(spec.containers ?? []),
  ...(spec.ephemeralContainers ?? []),
];

/** The annotations that chose AppArmor profiles before fields did. */
export function validateAppArmorAnnotations(annotations: Annotations, spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const key of Object.keys(annotations).sort()) {
    if (!key.startsWith(APPARMOR)) continue;
    const container = key.slice(APPARMOR.length);
    const profile = annotations[key]!;
    if (!containersOf(spec).some(({ name }) => name === container))
      errors.push(invalid(`${path}[${key}]`, container, "container not found"));
    if (!["", "runtime/default", "unconfined"].includes(profile) && !profile.startsWith("localhost/"))
      errors.push(invalid(`${path}[${key}]`, profile, `invalid AppArmor profile name: "${profile}"`));
  }
  return errors;
}

/** ValidatePodSpecificAnnotationUpdates: some stay as they were when the pod was made. */
export function validatePodAnnotationsUpdate(pod: Pod, old: Pod, path: string): FieldError[] {
  const now = (pod.metadata.annotations ?? {}) as Annotations;
  const before = (old.metadata.annotations ?? {}) as Annotations;
  const errors: FieldError[] = [];
  for (const key of [...new Set([...Object.keys(before), ...Object.keys(now)])].sort()) {
    const what =
      key === MIRROR ? "mirror pod annotation" : key.startsWith(APPARMOR) ? "AppArmor annotations" : undefined;
    if (what === undefined || now[key] === before[key]) continue;
    const verb = before[key] === undefined ? "add" : "remove or update";
    errors.push(forbidden(`${path}[${key}]`, `may not ${verb} ${what}`));
  }
  return [...errors, ...validatePodAnnotations(now, pod.spec, path)];
}
