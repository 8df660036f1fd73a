import type { FieldError } from "../../apiserver/status";
import { invalid, required } from "../validation/field-error";
import { isDns1123Subdomain, isPortNumber } from "../validation/names";

export interface ClientConfig {
  url?: string;
  service?: { name?: string; namespace?: string; path?: string; port?: number };
  caBundle?: string;
}

const FORM = "; desired format: https://host[/path]";

/** Where a webhook is: an address of its own, or a Service of the cluster (apiserver's util/webhook). */
export function validateClientConfig(config: ClientConfig | undefined, path: string): FieldError[] {
  const { url, service } = config ?? {};
  if ((url === undefined) === (service === undefined))
    return [required(path, "exactly one of url or service is required")];
  return url === undefined ? validateService(service!, `${path}.service`) : validateUrl(url, `${path}.url`);
}

function validateUrl(url: string, path: string): FieldError[] {
  const parts = /^(?:([a-zA-Z][a-zA-Z0-9+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/s.exec(url);
  const [, scheme = "", authority = "", , query, fragment] = parts ?? [];
  const errors: FieldError[] = [];
  const at = authority.lastIndexOf("@");
  const host = authority.slice(at + 1);
  if (scheme.toLowerCase() !== "https")
    errors.push(invalid(path, scheme.toLowerCase(), `'https' is the only allowed URL scheme${FORM}`));
  if (host === "") errors.push(invalid(path, host, `host must be specified${FORM}`));
  if (at >= 0) errors.push(invalid(path, authority.slice(0, at), "user information is not permitted in the URL"));
  if (fragment) errors.push(invalid(path, fragment, "fragments are not permitted in the URL"));
  if (query) errors.push(invalid(path, query, "query parameters are not permitted in the URL"));
  return errors;
}

function validateService(service: NonNullable<ClientConfig["service"]>, path: string): FieldError[] {
  const { name, namespace, path: route, port = 0 } = service;
  const errors: FieldError[] = [];
  if (!name) errors.push(required(`${path}.name`, "service name is required"));
  if (!namespace) errors.push(required(`${path}.namespace`, "service namespace is required"));
  const wrongPort = isPortNumber(port);
  if (wrongPort.length > 0) errors.push(invalid(`${path}.port`, port, `port is not valid: ${wrongPort.join(", ")}`));
  if (!route || route === "/") return errors;
  const wrong = (text: string) => errors.push(invalid(`${path}.path`, route, text));
  if (route === "//") {
    wrong("segment[0] may not be empty");
    return errors;
  }
  if (!route.startsWith("/")) wrong("must start with a '/'");
  for (const [index, step] of route.slice(1).replace(/\/$/, "").split("/").entries()) {
    if (step === "") wrong(`segment[${index}] may not be empty`);
    else for (const text of isDns1123Subdomain(step)) wrong(`segment[${index}]: ${text}`);
  }
  return errors;
}
