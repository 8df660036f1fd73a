import type { FieldError } from "../../../apiserver/status";
import { deepEqual } from "../../../kernel/freeze";
import type { Pod } from "../../types";
import { duplicate, forbidden, notFound } from "../../validation/field-error";
import { validateMetadataUpdate } from "../../validation/metadata";
import { validatePodAnnotationsUpdate } from "./annotations";
import { type PodAround, validateCommon } from "./container";

/** On pods that a node runs from a file of its own. */
const MIRROR = "kubernetes.io/config.mirror";

/** A debugging container may have no more than this: it is not there to serve. */
const ALLOWED = new Set([
  "name",
  "image",
  "command",
  "args",
  "workingDir",
  "envFrom",
  "env",
  "volumeMounts",
  "volumeDevices",
  "terminationMessagePath",
  "terminationMessagePolicy",
  "imagePullPolicy",
  "securityContext",
  "stdin",
  "stdinOnce",
  "tty",
  "targetContainerName",
]);
const NOT_HERE = "cannot be set for an Ephemeral Container";

/** `spec.ephemeralContainers` of a pod that has its other containers. */
export function validateEphemeralContainers(spec: any, pod: PodAround, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const others = new Set([...(spec.containers ?? []), ...(spec.initContainers ?? [])].map(({ name }: any) => name));
  const names = new Set(others);
  for (const [index, container] of (spec.ephemeralContainers ?? []).entries()) {
    const at = `${path}[${index}]`;
    errors.push(...validateCommon(container, pod, at));
    if (names.has(container.name)) errors.push(duplicate(`${at}.name`, container.name));
    names.add(container.name);
    const target = container.targetContainerName;
    if (target && !others.has(target)) errors.push(notFound(`${at}.targetContainerName`, target));
    for (const [field, value] of Object.entries(container))
      if (!ALLOWED.has(field) && !isEmpty(value)) errors.push(forbidden(`${at}.${field}`, NOT_HERE));
    for (const [mount, { subPath, subPathExpr }] of (container.volumeMounts ?? []).entries()) {
      if (subPath) errors.push(forbidden(`${at}.volumeMounts[${mount}].subPath`, NOT_HERE));
      if (subPathExpr) errors.push(forbidden(`${at}.volumeMounts[${mount}].subPathExpr`, NOT_HERE));
    }
  }
  return errors;
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === "object" && Object.keys(value).length === 0);

/** An update of `pods/ephemeralcontainers`: they can be added, not changed or taken away. */
export function validateEphemeralUpdate(pod: Pod, old: Pod, validate: (pod: Pod) => FieldError[]): FieldError[] {
  if (old.metadata.annotations?.[MIRROR] !== undefined)
    return [forbidden("[]", "static pods do not support ephemeral containers")];
  return [
    ...validateMetadataUpdate(pod.metadata, old.metadata),
    ...validate(pod),
    ...validatePodAnnotationsUpdate(pod, old, "metadata.annotations"),
    ...ephemeralChanges(pod, old),
  ];
}

export function ephemeralChanges(pod: Pod, old: Pod): FieldError[] {
  const errors: FieldError[] = [];
  const now = new Map(((pod.spec as any).ephemeralContainers ?? []).map((each: any) => [each.name, each]));
  for (const before of (old.spec as any).ephemeralContainers ?? []) {
    const after = now.get(before.name);
    const problem = after === undefined ? "removed" : deepEqual(after, before) ? undefined : "changed";
    if (problem)
      errors.push(
        forbidden("spec.ephemeralContainers", `existing ephemeral containers "${before.name}" may not be ${problem}\n`),
      );
  }
  return errors;
}
