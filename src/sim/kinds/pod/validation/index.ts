import type { FieldError } from "../../../apiserver/status";
import type { Pod } from "../../types";
import { isIp, isIpv4, NOT_AN_IP } from "../../validation/addresses";
import { duplicate, GoValue, invalid } from "../../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../../validation/metadata";
import { isDns1123Subdomain } from "../../validation/names";
import { validatePodAnnotations } from "./annotations";
import { validatePodSpec } from "./spec";

export { validateEphemeralUpdate } from "./ephemeral";
export { validatePodTemplate } from "./spec";
export { validatePodUpdate } from "./update";

export function validatePod(pod: Pod): FieldError[] {
  const errors = validateMetadata(pod.metadata, true, isDns1123Subdomain);
  const annotations = (pod.metadata.annotations ?? {}) as Record<string, string>;
  errors.push(...validatePodAnnotations(annotations, pod.spec, "metadata.annotations"));
  errors.push(...validatePodSpec(pod.spec, "spec", pod.metadata.name));
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

export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldError[] {
  const errors = validateMetadataUpdate(pod.metadata, old.metadata);
  const nominated = pod.status?.nominatedNodeName;
  if (nominated)
    errors.push(...isDns1123Subdomain(nominated).map((text) => invalid("status.nominatedNodeName", nominated, text)));
  const ips = pod.status?.podIPs ?? [];
  for (const [index, { ip = "" }] of ips.entries())
    if (!isIp(ip)) errors.push(invalid(`status.podIPs[${index}]`, ip, NOT_AN_IP));
  for (const [index, { ip = "" }] of ips.entries()) {
    if (ips.findIndex((other) => other.ip === ip) === index) continue;
    errors.push(duplicate(`status.podIPs[${index}]`, new GoValue(`core.PodIP{IP:"${ip}"}`)));
  }
  if (ips.every(({ ip = "" }) => isIp(ip)) && ips.length > 1) {
    const four = ips.filter(({ ip = "" }) => isIpv4(ip)).length;
    if (ips.length > 2 || four !== 1) {
      const list = new GoValue(`[]core.PodIP{${ips.map(({ ip }) => `core.PodIP{IP:"${ip}"}`).join(", ")}}`);
      errors.push(invalid("status.podIPs", list, "may specify no more than one IP for each IP family"));
    }
  }
  return errors;
}
