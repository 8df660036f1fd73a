import type { FieldError } from "../../apiserver/status";
import { specialAddress } from "../endpoints/validation";
import { PROTOCOLS } from "../pod/validation/container";
import type { EndpointSlice } from "../types";
import { isIpv4, isIpv6 } from "../validation/addresses";
import { duplicate, immutable, invalid, notSupported, required, tooMany } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Label, isDns1123Subdomain, isPortNumber, isQualifiedName } from "../validation/names";

export const MAX_ENDPOINTS = 1000;
export const MAX_ADDRESSES = 100;
export const MAX_PORTS = 20_000;
const MAX_TOPOLOGY = 16;
const ADDRESS_TYPES = ["FQDN", "IPv4", "IPv6"];

export function validateEndpointSlice({ metadata, addressType, endpoints, ports }: EndpointSlice): FieldError[] {
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  if (!addressType) errors.push(required("addressType"));
  else if (!ADDRESS_TYPES.includes(addressType)) errors.push(notSupported("addressType", addressType, ADDRESS_TYPES));
  const list = endpoints ?? [];
  if (list.length > MAX_ENDPOINTS) errors.push(tooMany("endpoints", list.length, MAX_ENDPOINTS));
  else
    for (const [index, endpoint] of list.entries())
      errors.push(...validateEndpoint(endpoint, addressType, `endpoints[${index}]`));
  return [...errors, ...validatePorts(ports ?? [])];
}

function validateEndpoint(endpoint: any, addressType: string | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { addresses = [], hostname, nodeName, deprecatedTopology: topology = {} } = endpoint;
  if (addresses.length === 0) errors.push(required(`${path}.addresses`, "must contain at least 1 address"));
  else if (addresses.length > MAX_ADDRESSES) errors.push(tooMany(`${path}.addresses`, addresses.length, MAX_ADDRESSES));
  for (const [index, address] of addresses.entries()) {
    const at = `${path}.addresses[${index}]`;
    if (addressType === "IPv4") {
      if (!isIpv4(address)) errors.push(invalid(at, address, "must be a valid IPv4 address"));
      else errors.push(...specialAddress(address, at));
    } else if (addressType === "IPv6") {
      if (!isIpv6(address)) errors.push(invalid(at, address, "must be a valid IPv6 address"));
      else errors.push(...specialAddress(address, at));
    } else if (addressType === "FQDN") {
      errors.push(...isDns1123Subdomain(address.replace(/\.$/, "")).map((text) => invalid(at, address, text)));
    }
  }
  if (nodeName) errors.push(...isDns1123Subdomain(nodeName).map((text) => invalid(`${path}.nodeName`, nodeName, text)));
  const keys = Object.keys(topology);
  if (keys.length > MAX_TOPOLOGY) errors.push(tooMany(`${path}.deprecatedTopology`, keys.length, MAX_TOPOLOGY));
  if (hostname) errors.push(...isDns1123Label(hostname).map((text) => invalid(`${path}.hostname`, hostname, text)));
  return errors;
}

function validatePorts(ports: readonly any[]): FieldError[] {
  if (ports.length > MAX_PORTS) return [tooMany("ports", ports.length, MAX_PORTS)];
  const errors: FieldError[] = [];
  const names = new Set<string>();
  for (const [index, { name = "", port, protocol, appProtocol }] of ports.entries()) {
    const at = `ports[${index}]`;
    if (name) errors.push(...isDns1123Label(name).map((text) => invalid(`${at}.name`, name, text)));
    if (names.has(name)) errors.push(duplicate(`${at}.name`, name));
    names.add(name);
    if (port !== undefined && port !== null)
      errors.push(...isPortNumber(port).map((text) => invalid(`${at}.port`, port, text)));
    if (!protocol) errors.push(required(`${at}.protocol`));
    else if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${at}.protocol`, protocol, PROTOCOLS));
    if (appProtocol)
      errors.push(...isQualifiedName(appProtocol).map((text) => invalid(`${at}.appProtocol`, appProtocol, text)));
  }
  return errors;
}

export function validateEndpointSliceUpdate(slice: EndpointSlice, old: EndpointSlice): FieldError[] {
  const errors = validateMetadataUpdate(slice.metadata, old.metadata);
  if (slice.addressType !== old.addressType) errors.push(immutable("addressType", slice.addressType));
  return errors;
}
