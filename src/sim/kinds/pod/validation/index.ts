import type { FieldError } from "../../../apiserver/status";
import type { Pod } from "../../types";
import { forbidden, invalid } from "../../validation/field-error";
import { validateMetadata } from "../../validation/metadata";
import { isDns1123Subdomain } from "../../validation/names";
import { validateAnnotatedProfiles } from "./annotated-profiles";
import { validatePodAnnotations } from "./annotations";
import { validatePodSpec } from "./spec";

export { validateEphemeralUpdate } from "./ephemeral";
export { type PodLogOptions, validatePodLogOptions } from "./log-options";
export { validatePodTemplate } from "./spec";
export { validatePodStatusUpdate } from "./status";
export { validatePodUpdate } from "./update";

export function validatePod(pod: Pod): FieldError[] {
  const errors = validateMetadata(pod.metadata, true, isDns1123Subdomain);
  const annotations = (pod.metadata.annotations ?? {}) as Record<string, string>;
  errors.push(...validatePodAnnotations(annotations, pod.spec, "metadata.annotations"));
  errors.push(...validatePodSpec(pod.spec, "spec", pod.metadata.name));
  if (!pod.spec.serviceAccountName) errors.push(...tokensWithoutAccount(pod.spec.volumes));
  for (const field of ["containers", "initContainers"] as const) {
    for (const [index, { image = "" }] of (pod.spec[field] ?? []).entries()) {
      // Pods only: templates with such images existed before the rule did.
      if (image !== image.trim()) {
        errors.push(invalid(`spec.${field}[${index}].image`, image, "must not have leading or trailing whitespace"));
      }
    }
  }
  return errors;
}

const tokensWithoutAccount = (volumes: readonly any[] | undefined): FieldError[] =>
  (volumes ?? []).flatMap(({ projected }, volume) =>
    ((projected?.sources ?? []) as any[]).flatMap(({ serviceAccountToken }, source) =>
      serviceAccountToken
        ? [
            forbidden(
              `spec.volumes[${volume}].projected.sources[${source}].serviceAccountToken`,
              "must not be specified when serviceAccountName is not set",
            ),
          ]
        : [],
    ),
  );

/** ValidatePodCreate, less what holds for every pod. */
export function validateNewPod({ metadata, spec }: Pod): FieldError[] {
  const errors: FieldError[] = [];
  if (((spec as any).ephemeralContainers ?? []).length > 0)
    errors.push(forbidden("spec.ephemeralContainers", "cannot be set on create"));
  if (spec.nodeName && (spec.schedulingGates ?? []).length > 0)
    errors.push(forbidden("spec.nodeName", "cannot be set until all schedulingGates have been cleared"));
  return [
    ...errors,
    ...validateAnnotatedProfiles((metadata.annotations ?? {}) as Record<string, string>, spec, "spec"),
  ];
}
