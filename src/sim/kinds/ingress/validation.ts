import type { FieldError } from "../../apiserver/status";
import type { Ingress } from "../types";
import { isIp } from "../validation/addresses";
import { GoValue, invalid, notSupported, required } from "../validation/field-error";
import { validateLegacyIp } from "../validation/ip";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import {
  isDns1035Label,
  isDns1123Subdomain,
  isPortName,
  isPortNumber,
  isWildcardDns1123Subdomain,
} from "../validation/names";
import { validateTypedReference } from "../validation/references";

export const CLASS_ANNOTATION = "kubernetes.io/ingress.class";
const PATH_TYPES = ["Exact", "ImplementationSpecific", "Prefix"];
const BAD_SEQUENCES = ["//", "/./", "/../", "%2f", "%2F"];
const BAD_ENDS = ["/..", "/."];

/** ValidateIngressCreate, in upstream's order; the annotation is compared with the field at creation only. */
export function validateIngress(ingress: Ingress): FieldError[] {
  const { metadata } = ingress;
  const errors = [
    ...validateMetadata(metadata, true, isDns1123Subdomain),
    ...validateIngressSpec(ingress.spec, "spec"),
  ];
  const annotation = metadata.annotations?.[CLASS_ANNOTATION];
  const { ingressClassName } = ingress.spec;
  if (metadata.resourceVersion || annotation === undefined || ingressClassName === undefined) return errors;
  if (annotation !== ingressClassName) {
    const text = "must match `ingressClassName` when both are specified";
    errors.push(invalid(`annotations.${CLASS_ANNOTATION}`, annotation, text));
  }
  return errors;
}

export function validateIngressSpec(spec: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { rules, defaultBackend, tls = [], ingressClassName } = spec;
  if ((rules ?? []).length === 0 && !defaultBackend) {
    const none = new GoValue(rules ? "[]networking.IngressRule{}" : "[]networking.IngressRule(nil)");
    errors.push(invalid(path, none, "either `defaultBackend` or `rules` must be specified"));
  }
  if (defaultBackend) errors.push(...validateBackend(defaultBackend, `${path}.defaultBackend`));
  for (const [index, rule] of (rules ?? []).entries()) errors.push(...validateRule(rule, `${path}.rules[${index}]`));
  for (const [index, entry] of tls.entries()) errors.push(...validateTls(entry, `${path}.tls[${index}]`));
  if (ingressClassName !== undefined) {
    for (const text of isDns1123Subdomain(ingressClassName))
      errors.push(invalid(`${path}.ingressClassName`, ingressClassName, text));
  }
  return errors;
}

const hostComplaints = (host: string): string[] =>
  host.includes("*") ? isWildcardDns1123Subdomain(host) : isDns1123Subdomain(host);

function validateTls({ hosts = [], secretName }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, host] of hosts.entries())
    for (const text of hostComplaints(host)) errors.push(invalid(`${path}.hosts[${index}]`, host, text));
  if (secretName)
    for (const text of isDns1123Subdomain(secretName)) errors.push(invalid(`${path}.secretName`, secretName, text));
  return errors;
}

function validateRule({ host, http }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (host) {
    if (isIp(host)) errors.push(invalid(`${path}.host`, host, "must be a DNS name, not an IP address"));
    for (const text of hostComplaints(host)) errors.push(invalid(`${path}.host`, host, text));
  }
  if (!http) return errors;
  const paths: any[] = http.paths ?? [];
  if (paths.length === 0) errors.push(required(`${path}.http.paths`));
  for (const [index, item] of paths.entries()) errors.push(...validatePath(item, `${path}.http.paths[${index}]`));
  return errors;
}

function validatePath({ path = "", pathType, backend }: any, at: string): FieldError[] {
  if (pathType === undefined) return [required(`${at}.pathType`, "pathType must be specified")];
  const errors: FieldError[] = [];
  const wrong = (text: string) => errors.push(invalid(`${at}.path`, path, text));
  if (pathType === "Exact" || pathType === "Prefix") {
    if (!path.startsWith("/")) wrong("must be an absolute path");
    for (const sequence of BAD_SEQUENCES) if (path.includes(sequence)) wrong(`must not contain '${sequence}'`);
    for (const end of BAD_ENDS) if (path.endsWith(end)) wrong(`cannot end with '${end}'`);
  } else if (pathType === "ImplementationSpecific") {
    if (path && !path.startsWith("/")) wrong("must be an absolute path");
  } else {
    errors.push(notSupported(`${at}.pathType`, pathType, PATH_TYPES));
  }
  return [...errors, ...validateBackend(backend ?? {}, `${at}.backend`)];
}

function validateBackend({ resource, service }: any, path: string): FieldError[] {
  if (resource && service) return [invalid(path, "", "cannot set both resource and service backends")];
  if (resource) return validateTypedReference(resource, `${path}.resource`);
  if (!service) return [invalid(path, "", "resource or service backend is required")];
  const errors: FieldError[] = [];
  if (!service.name) errors.push(required(`${path}.service.name`));
  else
    for (const text of isDns1035Label(service.name)) errors.push(invalid(`${path}.service.name`, service.name, text));
  const { name, number } = service.port ?? {};
  const port = `${path}.service.port`;
  if (name && number) errors.push(invalid(path, "", "cannot set both port name & port number"));
  else if (name) for (const text of isPortName(name)) errors.push(invalid(`${port}.name`, name, text));
  else if (number) for (const text of isPortNumber(number)) errors.push(invalid(`${port}.number`, number, text));
  else errors.push(required(path, "port name or number is required"));
  return errors;
}

export const validateIngressUpdate = (ingress: Ingress, old: Ingress): FieldError[] =>
  validateMetadataUpdate(ingress.metadata, old.metadata);

export function validateIngressStatusUpdate(ingress: Ingress, old: Ingress): FieldError[] {
  const errors = validateMetadataUpdate(ingress.metadata, old.metadata);
  for (const [index, { ip, hostname }] of (ingress.status?.loadBalancer?.ingress ?? []).entries()) {
    const at = `status.loadBalancer.ingress[${index}]`;
    if (ip) errors.push(...validateLegacyIp(ip, `${at}.ip`));
    if (!hostname) continue;
    for (const text of isDns1123Subdomain(hostname)) errors.push(invalid(`${at}.hostname`, hostname, text));
    if (isIp(hostname)) errors.push(invalid(`${at}.hostname`, hostname, "must be a DNS name, not an IP address"));
  }
  return errors;
}
