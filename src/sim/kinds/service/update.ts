import type { FieldError } from "../../apiserver/status";
import type { Service } from "../types";
import { isIp, NOT_AN_IP } from "../validation/addresses";
import { forbidden, invalid, notSupported, required } from "../validation/field-error";
import { validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { validateBalancerClass } from "./validation";

const FIXED = "may not change once set";

/** ValidateServiceUpdate, less what holds for every Service: what a Service was given it keeps, second addresses aside. */
export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  const errors = validateMetadataUpdate(service.metadata, old.metadata);
  const now = service.spec as any;
  const before = old.spec as any;
  if (now.type !== "ExternalName" && before.type !== "ExternalName") {
    errors.push(...validateClusterIpsUpdate(now, before), ...validateFamiliesUpdate(now, before));
  }
  if (
    now.type === "LoadBalancer" &&
    before.type === "LoadBalancer" &&
    now.loadBalancerClass !== before.loadBalancerClass
  )
    errors.push(invalid("spec.loadBalancerClass", now.loadBalancerClass ?? null, FIXED));
  errors.push(...validateBalancerClass(now));
  if (needsHealthPort(now) && needsHealthPort(before) && now.healthCheckNodePort !== before.healthCheckNodePort)
    errors.push(forbidden("spec.healthCheckNodePort", "field is immutable"));
  return errors;
}

/** Whether nodes tell the balancer if they have an endpoint. */
export const needsHealthPort = (spec: any): boolean =>
  spec.type === "LoadBalancer" && spec.externalTrafficPolicy === "Local";

const isHeadless = ({ clusterIPs }: any): boolean => clusterIPs?.length === 1 && clusterIPs[0] === "None";

function validateClusterIpsUpdate(now: any, before: any): FieldError[] {
  if (isHeadless(now) && isHeadless(before)) return [];
  const at = (index: number) => `spec.clusterIPs[${index}]`;
  const [ips, old]: string[][] = [now.clusterIPs ?? [], before.clusterIPs ?? []];
  if (ips!.length === old!.length)
    return old!.flatMap((ip, index) => (ip === ips![index] ? [] : [invalid(at(index), ips, FIXED)]));
  const errors: FieldError[] = [];
  if (ips!.length === 0) errors.push(invalid(at(0), ips, "primary clusterIP can not be unset"));
  else if (old!.length > 0 && ips![0] !== old![0]) errors.push(invalid(at(0), ips, FIXED));
  return old!.length > ips!.length && ips!.length === 1 ? [...errors, ...released(now, "clusterIP")] : errors;
}

function validateFamiliesUpdate(now: any, before: any): FieldError[] {
  if (isHeadless(now) || isHeadless(before)) return [];
  const at = "spec.ipFamilies[0]";
  const [families, old]: string[][] = [now.ipFamilies ?? [], before.ipFamilies ?? []];
  if (families!.length === old!.length)
    return old!.flatMap((family, index) => (family === families![index] ? [] : [invalid(at, families, FIXED)]));
  const errors: FieldError[] = [];
  if (families!.length < old!.length && (now.clusterIPs ?? []).length === 0)
    errors.push(invalid(at, families, "primary ipFamily can not be unset"));
  // Upstream shows the addresses as the bad value here.
  if (families!.length > 0 && old!.length > 0 && families![0] !== old![0])
    errors.push(invalid(at, now.clusterIPs ?? [], FIXED));
  return families!.length < old!.length && families!.length === 1 ? [...errors, ...released(now, "ipFamily")] : errors;
}

/** A Service that gives its second address back says that it wants one only. */
function released({ ipFamilyPolicy }: any, what: string): FieldError[] {
  if (ipFamilyPolicy === "SingleStack") return [];
  const text = `must be set to 'SingleStack' when releasing the secondary ${what}`;
  return [invalid("spec.ipFamilyPolicy", ipFamilyPolicy, text)];
}

const IP_MODES = ["Proxy", "VIP"];

/** ValidateServiceStatusUpdate: what a balancer says of itself. */
export function validateServiceStatusUpdate(service: Service, old: Service): FieldError[] {
  const errors = validateMetadataUpdate(service.metadata, old.metadata);
  const ingress = (service.status?.loadBalancer?.ingress ?? []) as any[];
  const path = "status.loadBalancer.ingress";
  if (ingress.length > 0 && service.spec.type !== "LoadBalancer")
    return [...errors, forbidden(path, "may only be used when `spec.type` is 'LoadBalancer'")];
  return [...errors, ...ingress.flatMap((point, index) => validateIngressPoint(point, `${path}[${index}]`))];
}

function validateIngressPoint({ ip, ipMode, hostname }: any, at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (ip && !isIp(ip)) errors.push(invalid(`${at}.ip`, ip, NOT_AN_IP));
  if (ip && ipMode === undefined) errors.push(required(`${at}.ipMode`, "must be specified when `ip` is set"));
  else if (ipMode !== undefined && !ip)
    errors.push(forbidden(`${at}.ipMode`, "may not be specified when `ip` is not set"));
  else if (ipMode !== undefined && !IP_MODES.includes(ipMode))
    errors.push(notSupported(`${at}.ipMode`, ipMode, IP_MODES));
  if (!hostname) return errors;
  for (const text of isDns1123Subdomain(hostname)) errors.push(invalid(`${at}.hostname`, hostname, text));
  if (isIp(hostname)) errors.push(invalid(`${at}.hostname`, hostname, "must be a DNS name, not an IP address"));
  return errors;
}
