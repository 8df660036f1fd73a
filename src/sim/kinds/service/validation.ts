import type { FieldError } from "../../apiserver/status";
import { specialAddress } from "../endpoints/validation";
import { PROTOCOLS } from "../pod/validation/container";
import type { Service } from "../types";
import { isIp, NOT_A_CIDR, NOT_AN_IP } from "../validation/addresses";
import { duplicate, forbidden, invalid, notSupported, required } from "../validation/field-error";
import { goServicePortKey } from "../validation/go-syntax";
import { isSloppyCidr } from "../validation/ip";
import { validateLabels } from "../validation/labels";
import { validateMetadata } from "../validation/metadata";
import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isPortNumber, isQualifiedName } from "../validation/names";
import { validatePortNumOrName } from "../validation/numbers";
import { validateClusterIps } from "./cluster-ips";
import { externallyAccessible } from "./defaults";

const TYPES = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];
const DISTRIBUTIONS = ["PreferClose"];
const HINTS = "service.kubernetes.io/topology-aware-hints";
const MODE = "service.kubernetes.io/topology-mode";
const MAX_STICKY_SECONDS = 86_400;

/** ValidateService, in upstream's order. */
export function validateService(service: Service): FieldError[] {
  const spec = service.spec as any;
  const headless = spec.clusterIPs?.[0] === "None" || spec.clusterIP === "None";
  const errors = validateMetadata(service.metadata, true, isDns1035Label);
  const annotations = (service.metadata.annotations ?? {}) as Record<string, string>;
  if (annotations[HINTS] !== undefined && annotations[MODE] !== undefined && annotations[HINTS] !== annotations[MODE]) {
    const text = `must match annotations[${HINTS}] when both are specified`;
    errors.push(invalid(`metadata.annotations[${MODE}]`, annotations[MODE], text));
  }
  const ports: any[] = spec.ports ?? [];
  if (ports.length === 0 && !headless && spec.type !== "ExternalName") errors.push(required("spec.ports"));
  errors.push(...validateByType(spec, headless));
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
  errors.push(...validateBalancer(service));
  errors.push(...validateTrafficPolicies(spec));
  const { trafficDistribution } = spec;
  if (trafficDistribution !== undefined && !DISTRIBUTIONS.includes(trafficDistribution))
    errors.push(notSupported("spec.trafficDistribution", trafficDistribution, DISTRIBUTIONS));
  return errors;
}

function validateByType(spec: any, headless: boolean): FieldError[] {
  const errors: FieldError[] = [];
  const noHeadless = (type: string) =>
    invalid("spec.clusterIPs[0]", "None", `may not be set to 'None' for ${type} services`);
  if (spec.type === "LoadBalancer") {
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

const SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";

/** The ranges of the field, or of the annotation that was there before it; both may have spaces around them. */
function validateSourceRanges({ metadata, spec }: Service): FieldError[] {
  const ranges = ((spec as any).loadBalancerSourceRanges ?? []) as string[];
  const annotation = metadata.annotations?.[SOURCE_RANGES] as string | undefined;
  if (ranges.length === 0 && annotation === undefined) return [];
  const inField = ranges.length > 0;
  const path = inField ? "spec.LoadBalancerSourceRanges" : `metadata.annotations[${SOURCE_RANGES}]`;
  const errors = spec.type === "LoadBalancer" ? [] : [forbidden(path, ONLY_BALANCER)];
  const listed = inField ? ranges : annotation?.trim() ? annotation.split(",") : [];
  for (const [index, range] of listed.entries()) {
    const at = inField ? `${path}[${index}]` : path;
    if (!isSloppyCidr(range.trim())) errors.push(invalid(at, range.trim(), NOT_A_CIDR));
  }
  return errors;
}

function validateBalancer(service: Service): FieldError[] {
  const spec = service.spec as any;
  const errors = validateSourceRanges(service);
  if (spec.allocateLoadBalancerNodePorts !== undefined && spec.type !== "LoadBalancer") {
    errors.push(forbidden("spec.allocateLoadBalancerNodePorts", ONLY_BALANCER));
  }
  return [...errors, ...validateBalancerClass(spec)];
}

export function validateBalancerClass({ type, loadBalancerClass: name }: any): FieldError[] {
  if (name === undefined) return [];
  if (type !== "LoadBalancer") return [forbidden("spec.loadBalancerClass", ONLY_BALANCER)];
  return isQualifiedName(name).map((text) => invalid("spec.loadBalancerClass", name, text));
}

function validateTrafficPolicies(spec: any): FieldError[] {
  const errors = validateExternalTraffic(spec);
  const { internalTrafficPolicy: internal } = spec;
  if (internal && !["Cluster", "Local"].includes(internal))
    errors.push(notSupported("spec.internalTrafficPolicy", internal, ["Cluster", "Local"]));
  return errors;
}

/** validateServiceExternalTrafficPolicy */
export function validateExternalTraffic(spec: any): FieldError[] {
  const errors: FieldError[] = [];
  const { externalTrafficPolicy: external, healthCheckNodePort: health } = spec;
  if (!externallyAccessible(spec)) {
    if (external) {
      errors.push(
        invalid("spec.externalTrafficPolicy", external, "may only be set for externally-accessible services"),
      );
    }
  } else if (!external) {
    errors.push(required("spec.externalTrafficPolicy"));
  } else if (!["Cluster", "Local"].includes(external)) {
    errors.push(notSupported("spec.externalTrafficPolicy", external, ["Cluster", "Local"]));
  }
  if (spec.type === "LoadBalancer" && external === "Local") {
    // Allocated only once all else is well.
    if (health) for (const text of isPortNumber(health)) errors.push(invalid("spec.healthCheckNodePort", health, text));
  } else if (health) {
    const text = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'";
    errors.push(invalid("spec.healthCheckNodePort", health, text));
  }
  return errors;
}
