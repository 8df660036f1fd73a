import { deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { podSpecWarnings } from "../pod/warnings";

/** Of the template, when it is new or has changed. */
export function templateWarnings(object: KubeObject, old?: KubeObject): string[] {
  const template = object.spec?.template;
  if (!template?.spec || (old && deepEqual(template, old.spec?.template))) return [];
  return podSpecWarnings(template.spec, "spec.template.spec");
}
