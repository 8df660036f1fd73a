import type { FieldError } from "../../apiserver/status";
import { PROTOCOLS } from "../pod/validation/container";
import type { Endpoints } from "../types";
import { isIp, isIpv4, NOT_AN_IP } from "../validation/addresses";
import { invalid, notSupported, required } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Label, isDns1123Subdomain, isPortNumber, isQualifiedName } from "../validation/names";

export function validateEndpoints({ metadata, subsets }: Endpoints): FieldError[] {
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  for (const [index, subset] of (subsets ?? []).entries()) {
    const path = `subsets[${index}]`;
    const { addresses = [], notReadyAddresses = [], ports = [] } = subset as any;
    if (addresses.length === 0 && notReadyAddresses.length === 0) {
      errors.push(required(path, "must specify `addresses` or `notReadyAddresses`"));
    }
    for (const [position, address] of addresses.entries())
      errors.push(...validateAddress(address, `${path}.addresses[${position}]`));
    for (const [position, address] of notReadyAddresses.entries()) {
      errors.push(...validateAddress(address, `${path}.notReadyAddresses[${position}]`));
    }
    for (const [position, port] of ports.entries()) {
      errors.push(...validatePort(port, ports.length > 1, `${path}.ports[${position}]`));
    }
  }
  return errors;
}

function validateAddress({ ip = "", hostname, nodeName }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!isIp(ip)) errors.push(invalid(`${path}.ip`, ip, NOT_AN_IP));
  if (hostname) errors.push(...isDns1123Label(hostname).map((text) => invalid(`${path}.hostname`, hostname, text)));
  if (nodeName) errors.push(...isDns1123Subdomain(nodeName).map((text) => invalid(`${path}.nodeName`, nodeName, text)));
  return [...errors, ...specialAddress(ip, `${path}.ip`)];
}

/** Addresses that mean this very host, this very link or many hosts at once cannot be an endpoint. */
export function specialAddress(ip: string, path: string): FieldError[] {
  if (!isIp(ip)) return [invalid(path, ip, "must be a valid IP address")];
  const errors: FieldError[] = [];
  if (ip === "0.0.0.0" || ip === "::") errors.push(invalid(path, ip, `may not be unspecified (${ip})`));
  if (isIpv4(ip) && ip.startsWith("127."))
    errors.push(invalid(path, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)"));
  else if (ip === "::1") errors.push(invalid(path, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)"));
  if (ip.startsWith("169.254.") || /^fe[89ab]/i.test(ip)) {
    errors.push(invalid(path, ip, "may not be in the link-local range (169.254.0.0/16, fe80::/10)"));
  }
  if (ip.startsWith("224.0.0.") || /^ff02:/i.test(ip)) {
    errors.push(invalid(path, ip, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)"));
  }
  return errors;
}

function validatePort({ name, port = 0, protocol, appProtocol }: any, needsName: boolean, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (needsName && !name) errors.push(required(`${path}.name`));
  else if (name) errors.push(...isDns1123Label(name).map((text) => invalid(`${path}.name`, name, text)));
  for (const text of isPortNumber(port)) errors.push(invalid(`${path}.port`, port, text));
  if (!protocol) errors.push(required(`${path}.protocol`));
  else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
  if (appProtocol)
    for (const text of isQualifiedName(appProtocol)) errors.push(invalid(`${path}.appProtocol`, appProtocol, text));
  return errors;
}

export const validateEndpointsUpdate = (endpoints: Endpoints, old: Endpoints): FieldError[] =>
  validateMetadataUpdate(endpoints.metadata, old.metadata);
