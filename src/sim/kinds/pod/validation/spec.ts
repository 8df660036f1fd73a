import type { FieldError } from "../../../apiserver/status";
import type { PodSpec } from "../../types";
import { isIp, NOT_AN_IP } from "../../validation/addresses";
import { forbidden, invalid, notSupported, required } from "../../validation/field-error";
import { validateLabels } from "../../validation/labels";
import { validateAnnotations } from "../../validation/metadata";
import { inclusiveRange, isDns1123Label, isDns1123Subdomain, isQualifiedName } from "../../validation/names";
import { validateAnnotatedProfiles } from "./annotated-profiles";
import { validatePodAnnotations } from "./annotations";
import { validateContainers, validateInitContainers } from "./container";
import { validateEphemeralContainers } from "./ephemeral";
import { validateAffinity, validateTolerations, validateTopologySpread } from "./scheduling";
import { validatePodSecurityContext } from "./security-context";
import { validateVolumes } from "./volumes";

export const MAX_INT32 = 2_147_483_647;
const RESTART_POLICIES = ["Always", "OnFailure", "Never"];
const DNS_POLICIES = ["ClusterFirstWithHostNet", "ClusterFirst", "Default", "None"];
const MAX_NAMESERVERS = 3;
const MAX_SEARCHES = 32;

/** ValidatePodSpec, in upstream's order. The name is the pod's, unless this is a template. */
export function validatePodSpec(podSpec: PodSpec, path: string, podName?: string): FieldError[] {
  const spec = podSpec as any;
  const { errors, volumes } = validateVolumes(spec.volumes, `${path}.volumes`, podName);
  const around = { volumes, graceSeconds: spec.terminationGracePeriodSeconds ?? 30 };
  errors.push(...validateContainers(spec.containers, around, `${path}.containers`));
  errors.push(...validateInitContainers(spec.initContainers, spec.containers, around, `${path}.initContainers`));
  errors.push(...validateEphemeralContainers(spec, around, `${path}.ephemeralContainers`));
  errors.push(...validateChoice(spec.restartPolicy, RESTART_POLICIES, `${path}.restartPolicy`));
  errors.push(...validateChoice(spec.dnsPolicy, DNS_POLICIES, `${path}.dnsPolicy`));
  errors.push(...validateLabels(spec.nodeSelector, `${path}.nodeSelector`));
  errors.push(...validatePodSecurityContext(spec, `${path}.securityContext`));
  for (const [index, secret] of (spec.imagePullSecrets ?? []).entries()) {
    if (!secret.name) errors.push(required(`${path}.imagePullSecrets[${index}].name`));
  }
  errors.push(...validateAffinity(spec.affinity, `${path}.affinity`));
  errors.push(...validateDnsConfig(spec, `${path}.dnsConfig`));
  for (const [index, gate] of (spec.readinessGates ?? []).entries()) {
    const type = gate.conditionType ?? "";
    errors.push(
      ...isQualifiedName(type).map((text) => invalid(`${path}.readinessGates[${index}].conditionType`, type, text)),
    );
  }
  for (const [index, gate] of (spec.schedulingGates ?? []).entries()) {
    const name = gate.name ?? "";
    errors.push(...isQualifiedName(name).map((text) => invalid(`${path}.schedulingGates[${index}]`, name, text)));
  }
  errors.push(...validateTopologySpread(spec.topologySpreadConstraints, `${path}.topologySpreadConstraints`));
  errors.push(...validateNames(spec, path));
  errors.push(...validateTolerations(spec.tolerations, `${path}.tolerations`));
  errors.push(...validateHostAliases(spec.hostAliases, `${path}.hostAliases`));
  for (const field of ["priorityClassName", "runtimeClassName"]) {
    if (!spec[field]) continue;
    for (const text of isDns1123Subdomain(spec[field])) errors.push(invalid(`${path}.${field}`, spec[field], text));
  }
  if (spec.preemptionPolicy !== undefined) {
    errors.push(
      ...validateChoice(spec.preemptionPolicy, ["Never", "PreemptLowerPriority"], `${path}.preemptionPolicy`),
    );
  }
  if (spec.os) {
    if (!spec.os.name) errors.push(required(`${path}.os.name`, "cannot be empty"));
    else errors.push(...validateChoice(spec.os.name, ["linux", "windows"], `${path}.os`));
  }
  return errors;
}

function validateChoice(value: string | undefined, choices: readonly string[], path: string): FieldError[] {
  if (!value) return [required(path)];
  return choices.includes(value) ? [] : [notSupported(path, value, choices)];
}

function validateNames(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const field of ["serviceAccountName", "nodeName"]) {
    if (spec[field])
      for (const text of isDns1123Subdomain(spec[field])) errors.push(invalid(`${path}.${field}`, spec[field], text));
  }
  const deadline = spec.activeDeadlineSeconds;
  if (deadline !== undefined && deadline !== null && (deadline < 1 || deadline > MAX_INT32)) {
    errors.push(invalid(`${path}.activeDeadlineSeconds`, deadline, inclusiveRange(1, MAX_INT32)));
  }
  for (const field of ["hostname", "subdomain"]) {
    if (spec[field])
      for (const text of isDns1123Label(spec[field])) errors.push(invalid(`${path}.${field}`, spec[field], text));
  }
  return errors;
}

export function validateHostAliases(aliases: readonly any[] | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, alias] of (aliases ?? []).entries()) {
    if (!isIp(alias.ip ?? "")) errors.push(invalid(`${path}[${index}].ip`, alias.ip ?? "", NOT_AN_IP));
    for (const [position, name] of (alias.hostnames ?? []).entries()) {
      for (const text of isDns1123Subdomain(name))
        errors.push(invalid(`${path}[${index}].hostnames[${position}]`, name, text));
    }
  }
  return errors;
}

function validateDnsConfig(spec: any, path: string): FieldError[] {
  const config = spec.dnsConfig;
  const errors: FieldError[] = [];
  if (spec.dnsPolicy === "None") {
    const text = `must provide \`dnsConfig\` when \`dnsPolicy\` is None`;
    if (!config) return [required(path, text)];
    if ((config.nameservers ?? []).length === 0) {
      return [required(`${path}.nameservers`, "must provide at least one DNS nameserver when `dnsPolicy` is None")];
    }
  }
  if (!config) return errors;
  const { nameservers = [], searches = [], options = [] } = config;
  if (nameservers.length > MAX_NAMESERVERS) {
    errors.push(invalid(`${path}.nameservers`, nameservers, `must not have more than ${MAX_NAMESERVERS} nameservers`));
  }
  for (const [index, server] of nameservers.entries()) {
    if (!isIp(server)) errors.push(invalid(`${path}.nameservers[${index}]`, server, NOT_AN_IP));
  }
  if (searches.length > MAX_SEARCHES) {
    errors.push(invalid(`${path}.searches`, searches, `must not have more than ${MAX_SEARCHES} search paths`));
  }
  for (const [index, search] of searches.entries()) {
    if (search === ".") continue;
    const name = search.endsWith(".") ? search.slice(0, -1) : search;
    for (const text of isDns1123Subdomain(name)) errors.push(invalid(`${path}.searches[${index}]`, search, text));
  }
  for (const [index, option] of options.entries()) {
    if (!option.name) errors.push(required(`${path}.options[${index}]`, "must not be empty"));
  }
  return errors;
}

/** ValidatePodTemplateSpec; the paths of labels and annotations lack `metadata`, as upstream's do. */
export function validatePodTemplate(template: any, path: string): FieldError[] {
  const errors = validateLabels(template.metadata?.labels, `${path}.labels`);
  errors.push(...validateAnnotations(template.metadata?.annotations, `${path}.annotations`));
  const annotations = (template.metadata?.annotations ?? {}) as Record<string, string>;
  errors.push(...validatePodAnnotations(annotations, template.spec ?? {}, `${path}.annotations`));
  errors.push(...validatePodSpec(template.spec ?? {}, `${path}.spec`));
  errors.push(...validateAnnotatedProfiles(annotations, template.spec ?? {}, `${path}.spec`));
  if ((template.spec?.ephemeralContainers ?? []).length > 0) {
    errors.push(forbidden(`${path}.spec.ephemeralContainers`, "ephemeral containers not allowed in pod template"));
  }
  return errors;
}
