import type { FieldError } from "../../../apiserver/status";
import type { CustomResourceDefinition } from "../../custom-resource/definition-types";
import { invalid, required } from "../../validation/field-error";

const ANNOTATION = "api-approved.kubernetes.io";
const PATH = `metadata.annotations[${ANNOTATION}]`;
/** Groups of the Kubernetes community, whose APIs are reviewed. */
const PROTECTED = /(^|\.)(k8s|kubernetes)\.io$/;
const REVIEW = "https://github.com/kubernetes/enhancements/pull/1111";

/** Definitions in Kubernetes' own groups say who approved them. */
export function validateApproval({ metadata, spec }: CustomResourceDefinition): FieldError[] {
  if (!PROTECTED.test(spec?.group ?? "")) return [];
  const value = (metadata.annotations as Record<string, string> | undefined)?.[ANNOTATION];
  if (!value) return [required(PATH, `protected groups must have approval annotation "${ANNOTATION}", see ${REVIEW}`)];
  if (value.startsWith("unapproved") || URL.canParse(value)) return [];
  return [
    invalid(
      PATH,
      value,
      `protected groups must have approval annotation "${ANNOTATION}" with either a URL or a reason starting with "unapproved", see ${REVIEW}`,
    ),
  ];
}
