import type { FieldError } from "../../../apiserver/status";
import type { Pod } from "../../types";
import { isIp, isIpv4, NOT_AN_IP } from "../../validation/addresses";
import { duplicate, forbidden, GoValue, immutable, invalid } from "../../validation/field-error";
import { validateMetadataUpdate } from "../../validation/metadata";
import { isDns1123Subdomain, isQualifiedName } from "../../validation/names";
import { validatePodAnnotationsUpdate } from "./annotations";

const SYSTEM_CONDITIONS = ["PodScheduled", "Ready", "Initialized"];

/** ValidatePodStatusUpdate: what cannot happen to a pod that runs. */
export function validatePodStatusUpdate(pod: Pod, old: Pod): FieldError[] {
  const errors = validateMetadataUpdate(pod.metadata, old.metadata);
  errors.push(...validatePodAnnotationsUpdate(pod, old, "metadata.annotations"));
  const now = (pod.status ?? {}) as any;
  const before = (old.status ?? {}) as any;
  for (const [index, { type = "" }] of (now.conditions ?? []).entries()) {
    if (SYSTEM_CONDITIONS.includes(type)) continue;
    for (const text of isQualifiedName(type)) errors.push(invalid(`metadata.conditions[${index}].Type`, type, text));
  }
  if ((pod.spec.nodeName ?? "") !== (old.spec.nodeName ?? ""))
    errors.push(forbidden("status.nodeName", "may not be changed directly"));
  const nominated = now.nominatedNodeName;
  if (nominated && nominated !== before.nominatedNodeName)
    errors.push(...isDns1123Subdomain(nominated).map((text) => invalid("status.nominatedNodeName", nominated, text)));
  if ((now.qosClass ?? "") !== (before.qosClass ?? "")) errors.push(immutable("status.qosClass", now.qosClass ?? ""));
  return [...errors, ...validateRestarts(now, before, old.spec), ...validatePodIps(now.podIPs ?? [])];
}

/** Containers that do not restart stay as they ended; sidecars always restart, ephemeral containers never. */
function validateRestarts(now: any, before: any, spec: Pod["spec"]): FieldError[] {
  const policy = spec.restartPolicy ?? "";
  const sidecars = new Set(
    (spec.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === "Always").map(({ name }) => name),
  );
  const check = (list: string, restartPolicy: string) =>
    validateContainerStates(now[list], before[list], `status.${list}`, restartPolicy, sidecars);
  return [
    ...check("containerStatuses", policy),
    ...check("initContainerStatuses", policy),
    ...check("ephemeralContainerStatuses", "Never"),
  ];
}

/** ValidateContainerStateTransition */
export function validateContainerStates(
  now: readonly any[] | undefined,
  before: readonly any[] | undefined,
  path: string,
  restartPolicy: string,
  sidecars: ReadonlySet<string> = new Set(),
): FieldError[] {
  if (restartPolicy === "Always") return [];
  return (before ?? []).flatMap(({ name, state }, index) => {
    const ended = state?.terminated;
    if (!ended || (ended.exitCode !== 0 && restartPolicy === "OnFailure") || sidecars.has(name)) return [];
    const revived = (now ?? []).some((status) => status.name === name && !status.state?.terminated);
    return revived ? [forbidden(`${path}[${index}].state`, "may not be transitioned to non-terminated state")] : [];
  });
}

function validatePodIps(ips: readonly { ip?: string }[]): FieldError[] {
  const errors: FieldError[] = [];
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
