import type { FieldError } from "../../apiserver/status";
import { specialAddress } from "../endpoints/validation";
import { PROTOCOLS } from "../pod/validation/container";
import type { Service } from "../types";
import { isCidr, isIp, isIpv4, NOT_A_CIDR, NOT_AN_IP } from "../validation/addresses";
import { duplicate, forbidden, invalid, notSupported, required } from "../validation/field-error";
import { goServicePortKey } from "../validation/go-syntax";
import { validateLabels } from "../validation/labels";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isPortNumber, isQualifiedName } from "../validation/names";
import { validatePortNumOrName } from "../validation/numbers";
import { validateClusterIps } from "./cluster-ips";
import { externallyAccessible, hasClusterAddress } from "./defaults";

const TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const DISTRIBUTIONS = ["PreferClose"];
const KUBELET_PORT = 10_250;
const MAX_STICKY_SECONDS = 86_400;

/** ValidateService, in upstream's order. */
export function validateService(service: Service): FieldError[] {
  const spec = service.spec as any;
  const headless = spec.clusterIPs?.[0] === "None" || spec.clusterIP === "None";
  const errors = validateMetadata(service.metadata, true, isDns1035Label);
  const ports: any[] = spec.ports ?? [];
  if (ports.length === 0 && !headless && spec.type !== "ExternalName") errors.push(required("spec.ports"));
  errors.push(...validateByType(spec, headless, ports));
  const names = new Set<string>();
  for (const [index, port] of ports.entries())
    errors.push(...validatePort(port, ports.length > 1, names, `spec.ports[${index}]`));
  errors.push(...validateLabels(spec.selector, "spec.selector"));
  errors.push(...validateAffinity(spec));
  errors.push(...validateClusterIps(spec));
  for (const [index, ip] of (spec.externalIPs ?? []).entries()) {
    const at = `spec.externalIPs[${index}]`;
    if (!isIp(ip)) errors.push(invalid(at, ip, NOT_AN_IP));
    else errors.push(...specialAddress(ip, at));
  }
  if (!spec.type) errors.push(required("spec.type"));
  else if (!TYPES.includes(spec.type)) errors.push(notSupported("spec.type", spec.type, TYPES));
  errors.push(...validateUniquePorts(spec, ports));
  errors.push(...validateBalancer(spec));
  const { trafficDistribution } = spec;
  if (trafficDistribution !== undefined && !DISTRIBUTIONS.includes(trafficDistribution))
    errors.push(notSupported("spec.trafficDistribution", trafficDistribution, DISTRIBUTIONS));
  return [...errors, ...validateTrafficPolicies(spec)];
}

function validateByType(spec: any, headless: boolean, ports: any[]): FieldError[] {
  const errors: FieldError[] = [];
  const noHeadless = (type: string) =>
    invalid("spec.clusterIPs[0]", "None", `may not be set to 'None' for ${type} services`);
  if (spec.type === "LoadBalancer") {
    for (const [index, { port }] of ports.entries()) {
      if (port !== KUBELET_PORT) continue;
      const text = `may not expose port ${KUBELET_PORT} externally since it is used by kubelet`;
      errors.push(invalid(`spec.ports[${index}]`, port, text));
    }
    if (headless) errors.push(noHeadless("LoadBalancer"));
  } else if (spec.type === "NodePort") {
    if (headless) errors.push(noHeadless("NodePort"));
  } else if (spec.type === "ExternalName") {
    const text = "may not be set for ExternalName services";
    if ((spec.clusterIPs ?? []).length > 0) errors.push(forbidden("spec.clusterIPs", text));
    if ((spec.ipFamilies ?? []).length > 0) errors.push(forbidden("spec.ipFamilies", text));
    if (spec.ipFamilyPolicy) errors.push(forbidden("spec.ipFamilyPolicy", text));
    const name = (spec.externalName ?? "").replace(/\.$/, "");
    if (!name) errors.push(required("spec.externalName"));
    else for (const complaint of isDns1123Subdomain(name)) errors.push(invalid("spec.externalName", name, complaint));
  }
  return errors;
}

function validatePort(port: any, needsName: boolean, names: Set<string>, at: string): FieldError[] {
  const errors: FieldError[] = [];
  if (needsName && !port.name) errors.push(required(`${at}.name`));
  else if (port.name) {
    for (const text of isDns1123Label(port.name)) errors.push(invalid(`${at}.name`, port.name, text));
    if (names.has(port.name)) errors.push(duplicate(`${at}.name`, port.name));
    names.add(port.name);
  }
  for (const text of isPortNumber(port.port ?? 0)) errors.push(invalid(`${at}.port`, port.port ?? 0, text));
  if (!port.protocol) errors.push(required(`${at}.protocol`));
  else if (!PROTOCOLS.includes(port.protocol)) errors.push(notSupported(`${at}.protocol`, port.protocol, PROTOCOLS));
  errors.push(...validatePortNumOrName(port.targetPort, `${at}.targetPort`));
  if (port.appProtocol) {
    for (const text of isQualifiedName(port.appProtocol))
      errors.push(invalid(`${at}.appProtocol`, port.appProtocol, text));
  }
  return errors;
}

function validateAffinity(spec: any): FieldError[] {
  const errors: FieldError[] = [];
  const affinity = spec.sessionAffinity;
  if (!affinity) errors.push(required("spec.sessionAffinity"));
  else if (!["ClientIP", "None"].includes(affinity))
    errors.push(notSupported("spec.sessionAffinity", affinity, ["ClientIP", "None"]));
  const path = "spec.sessionAffinityConfig";
  const config = spec.sessionAffinityConfig;
  if (affinity === "ClientIP") {
    if (!config) return [...errors, required(path, "when session affinity type is ClientIP")];
    if (!config.clientIP) return [...errors, required(`${path}.clientIP`, "when session affinity type is ClientIP")];
    const seconds = config.clientIP.timeoutSeconds;
    const at = `${path}.clientIP.timeoutSeconds`;
    if (seconds === undefined) errors.push(required(at, "when session affinity type is ClientIP"));
    else if (seconds <= 0 || seconds > MAX_STICKY_SECONDS) {
      errors.push(invalid(at, seconds, `must be greater than 0 and less than ${MAX_STICKY_SECONDS}`));
    }
  } else if (affinity === "None" && config) {
    errors.push(forbidden(path, "must not be set when session affinity is None"));
  }
  return errors;
}

function validateUniquePorts(spec: any, ports: any[]): FieldError[] {
  const errors: FieldError[] = [];
  if (spec.type === "ClusterIP") {
    for (const [index, { nodePort }] of ports.entries()) {
      if (nodePort)
        errors.push(forbidden(`spec.ports[${index}].nodePort`, "may not be used when `type` is 'ClusterIP'"));
    }
  }
  const nodePorts = new Set<string>();
  for (const [index, { nodePort, protocol }] of ports.entries()) {
    if (!nodePort) continue;
    const key = `${protocol}/${nodePort}`;
    if (nodePorts.has(key)) errors.push(duplicate(`spec.ports[${index}].nodePort`, nodePort));
    nodePorts.add(key);
  }
  const keys = new Set<string>();
  for (const [index, { port, protocol }] of ports.entries()) {
    const key = `${protocol}/${port}`;
    if (keys.has(key)) errors.push(duplicate(`spec.ports[${index}]`, goServicePortKey(protocol ?? "", port ?? 0)));
    keys.add(key);
  }
  return errors;
}

const ONLY_BALANCER = "may only be used when `type` is 'LoadBalancer'";

function validateBalancer(spec: any): FieldError[] {
  const errors: FieldError[] = [];
  const ranges: string[] = spec.loadBalancerSourceRanges ?? [];
  if (ranges.length > 0 && spec.type !== "LoadBalancer")
    errors.push(forbidden("spec.LoadBalancerSourceRanges", ONLY_BALANCER));
  for (const [index, range] of ranges.entries()) {
    if (!isCidr(range.trim())) {
      errors.push(invalid(`spec.LoadBalancerSourceRanges[${index}]`, range, NOT_A_CIDR));
    }
  }
  if (spec.allocateLoadBalancerNodePorts !== undefined && spec.type !== "LoadBalancer") {
    errors.push(forbidden("spec.allocateLoadBalancerNodePorts", ONLY_BALANCER));
  }
  if (spec.loadBalancerClass !== undefined) {
    if (spec.type !== "LoadBalancer") errors.push(forbidden("spec.loadBalancerClass", ONLY_BALANCER));
    for (const text of isQualifiedName(spec.loadBalancerClass))
      errors.push(invalid("spec.loadBalancerClass", spec.loadBalancerClass, text));
  }
  return errors;
}

function validateTrafficPolicies(spec: any): FieldError[] {
  const errors: FieldError[] = [];
  const { externalTrafficPolicy: external, internalTrafficPolicy: internal, healthCheckNodePort: health } = spec;
  if (!externallyAccessible(spec)) {
    if (external) {
      errors.push(
        invalid("spec.externalTrafficPolicy", external, "may only be set for externally-accessible services"),
      );
    }
  } else if (!external) {
    errors.push(
      required("spec.externalTrafficPolicy", "externalTrafficPolicy is required for externally-accessible services"),
    );
  } else if (!["Cluster", "Local"].includes(external)) {
    errors.push(notSupported("spec.externalTrafficPolicy", external, ["Cluster", "Local"]));
  }
  if (spec.type === "LoadBalancer" && external === "Local") {
    if (health) for (const text of isPortNumber(health)) errors.push(invalid("spec.healthCheckNodePort", health, text));
  } else if (health) {
    const text = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid("spec.healthCheckNodePort", health, text));
  }
  if (internal && !["Cluster", "Local"].includes(internal)) {
    errors.push(notSupported("spec.internalTrafficPolicy", internal, ["Cluster", "Local"]));
  }
  return errors;
}

export function validateServiceUpdate(service: Service, old: Service): FieldError[] {
  const errors = validateMetadataUpdate(service.metadata, old.metadata);
  const before = old.spec as any;
  const now = service.spec as any;
  if (hasClusterAddress(before.type) && hasClusterAddress(now.type) && (before.clusterIPs ?? []).length > 0) {
    const ips: string[] = now.clusterIPs ?? [];
    if (ips.length === 0) errors.push(invalid("spec.clusterIPs[0]", ips, "primary clusterIP can not be unset"));
    else if (ips[0] !== before.clusterIPs[0])
      errors.push(invalid("spec.clusterIPs[0]", ips, "may not change once set"));
    if (
      (before.ipFamilies ?? []).length > 0 &&
      (now.ipFamilies ?? []).length > 0 &&
      before.ipFamilies[0] !== now.ipFamilies[0]
    ) {
      errors.push(invalid("spec.ipFamilies[0]", now.ipFamilies, "may not change once set"));
    }
  }
  if (
    before.type === "LoadBalancer" &&
    now.type === "LoadBalancer" &&
    before.loadBalancerClass !== now.loadBalancerClass
  ) {
    errors.push(invalid("spec.loadBalancerClass", now.loadBalancerClass ?? null, "may not change once set"));
  }
  return errors;
}

export function validateServiceStatusUpdate(service: Service, old: Service): FieldError[] {
  const errors = validateMetadataUpdate(service.metadata, old.metadata);
  for (const [index, { ip, hostname }] of (service.status?.loadBalancer?.ingress ?? []).entries()) {
    const at = `status.loadBalancer.ingress[${index}]`;
    if (ip && !isIp(ip)) errors.push(invalid(`${at}.ip`, ip, NOT_AN_IP));
    if (!hostname) continue;
    for (const text of isDns1123Subdomain(hostname)) errors.push(invalid(`${at}.hostname`, hostname, text));
    if (isIpv4(hostname)) errors.push(invalid(`${at}.hostname`, hostname, "must be a DNS name, not an IP address"));
  }
  return errors;
}
