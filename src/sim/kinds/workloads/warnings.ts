import { deepEqual } from "../../kernel/freeze";
import type { KubeObject } from "../../types";
import { podSpecWarnings } from "../pod/warnings";
import { isDns1123Label } from "../validation/names";

/** Of the template, when it is new or has changed. */
export function templateWarnings(object: KubeObject, old?: KubeObject): string[] {
  const template = object.spec?.template;
  if (!template?.spec || (old && deepEqual(template, old.spec?.template))) return [];
  return podSpecWarnings(template.spec, "spec.template.spec");
}

/** Names of workloads become part of their pods' names. */
export function nameWarnings(name: string): string[] {
  const complaints = isDns1123Label(name);
  if (complaints.length === 0) return [];
  const text =
    "this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended";
  return [`metadata.name: ${text}: [${complaints.join(" ")}]`];
}

/** Of the name when the workload is new, and of the template. */
export const workloadWarnings = (object: KubeObject, old?: KubeObject): string[] => [
  ...(old ? [] : nameWarnings(object.metadata.name)),
  ...templateWarnings(object, old),
];
