import type { FieldError } from "../../../apiserver/status";
import { clone, deepEqual } from "../../../kernel/freeze";
import type { Pod } from "../../types";
import { forbidden, invalid, NIL, required } from "../../validation/field-error";
import { validateMetadataUpdate } from "../../validation/metadata";
import { inclusiveRange } from "../../validation/names";
import { validatePodAnnotationsUpdate } from "./annotations";
import { MAX_INT32 } from "./spec";
import { podSpecDiff } from "./spec-diff";

const MAY_CHANGE =
  "pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)";

/** Nearly all of a pod is fixed once it exists; what remains is images, deadlines and further tolerations. */
export function validatePodUpdate(pod: Pod, old: Pod): FieldError[] {
  const errors = validateMetadataUpdate(pod.metadata, old.metadata);
  errors.push(...validatePodAnnotationsUpdate(pod, old, "metadata.annotations"));
  for (const field of ["containers", "initContainers"] as const) {
    errors.push(...validateContainersUpdate(pod.spec[field], old.spec[field], `spec.${field}`));
    if ((pod.spec[field] ?? []).length !== (old.spec[field] ?? []).length) return errors;
  }
  errors.push(...validateDeadline(pod, old), ...validateTolerationsAdded(pod, old), ...validateGatesRemoved(pod, old));

  const munged = clone(pod.spec) as any;
  for (const field of ["containers", "initContainers"] as const) {
    for (const [index, container] of (munged[field] ?? []).entries())
      container.image = (old.spec[field] as any)[index].image;
  }
  for (const field of ["activeDeadlineSeconds", "tolerations", "schedulingGates"] as const) {
    if ((old.spec as any)[field] === undefined) delete munged[field];
    else munged[field] = (old.spec as any)[field];
  }
  if (Number(old.spec.terminationGracePeriodSeconds) < 0 && munged.terminationGracePeriodSeconds === 1) {
    munged.terminationGracePeriodSeconds = old.spec.terminationGracePeriodSeconds;
  }
  if ((old.spec.schedulingGates ?? []).length > 0) {
    munged.nodeSelector = old.spec.nodeSelector;
    if (munged.nodeSelector === undefined) delete munged.nodeSelector;
  }
  if (!deepEqual(munged, old.spec)) errors.push(forbidden("spec", `${MAY_CHANGE}\n${podSpecDiff(old.spec, munged)}`));
  return errors;
}

/** ValidateContainerUpdates: as many as there were, and each with an image. */
export function validateContainersUpdate(
  now: readonly any[] | undefined,
  old: readonly any[] | undefined,
  path: string,
): FieldError[] {
  if ((now ?? []).length !== (old ?? []).length)
    return [forbidden(path, "pod updates may not add or remove containers")];
  return (now ?? []).flatMap(({ image = "" }, index) => {
    const at = `${path}[${index}].image`;
    if (!image) return [required(at)];
    return image === image.trim() ? [] : [invalid(at, image, "must not have leading or trailing whitespace")];
  });
}

function validateDeadline(pod: Pod, old: Pod): FieldError[] {
  const path = "spec.activeDeadlineSeconds";
  const now = pod.spec.activeDeadlineSeconds;
  const before = old.spec.activeDeadlineSeconds;
  if (now === undefined || now === null) {
    return before === undefined || before === null
      ? []
      : [invalid(path, NIL, "must not update from a positive integer to nil value")];
  }
  if (now < 0 || now > MAX_INT32) return [invalid(path, now, inclusiveRange(0, MAX_INT32))];
  return before !== undefined && before < now
    ? [invalid(path, now, "must be less than or equal to previous value")]
    : [];
}

function validateTolerationsAdded(pod: Pod, old: Pod): FieldError[] {
  const rest = (toleration: any) => ({ ...toleration, tolerationSeconds: undefined });
  const kept = (old.spec.tolerations ?? []).every((before) =>
    (pod.spec.tolerations ?? []).some((now) => deepEqual(rest(before), rest(now))),
  );
  return kept
    ? []
    : [forbidden("spec.tolerations", "existing toleration can not be modified except its tolerationSeconds")];
}

function validateGatesRemoved(pod: Pod, old: Pod): FieldError[] {
  const before = new Set((old.spec.schedulingGates ?? []).map(({ name }) => name));
  const added = (pod.spec.schedulingGates ?? []).filter(({ name }) => !before.has(name));
  if (added.length === 0) return [];
  const names = added.map(({ name }) => name).join(", ");
  return [forbidden("spec.schedulingGates", `only deletion is allowed, but found new scheduling gates '{${names}}'`)];
}
