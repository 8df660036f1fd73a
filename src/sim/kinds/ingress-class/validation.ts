import type { FieldError } from "../../apiserver/status";
import type { IngressClass } from "../types";
import { forbidden, immutable, invalid, notSupported, required, tooLong } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Label, isDns1123Subdomain, regexError } from "../validation/names";
import { validateTypedReference } from "../validation/references";

const MAX_CONTROLLER = 250;
const PATH_PATTERN = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
const PATH = new RegExp(`^${PATH_PATTERN}$`);
const SCOPES = ["Cluster", "Namespace"];

export function validateIngressClass({ metadata, spec }: IngressClass): FieldError[] {
  const errors = validateMetadata(metadata, false, isDns1123Subdomain);
  const at = "spec.controller";
  const { controller, parameters } = spec;
  if (!controller) errors.push(required(at));
  else {
    if (controller.length > MAX_CONTROLLER) errors.push(tooLong(at, MAX_CONTROLLER));
    errors.push(...validateDomainPrefixedPath(controller, at));
  }
  return parameters ? [...errors, ...validateParameters(parameters, "spec.parameters")] : errors;
}

/** IsDomainPrefixedPath: `acme.io/foo`. */
function validateDomainPrefixedPath(value: string, path: string): FieldError[] {
  const slash = value.indexOf("/");
  const [host, rest] = slash < 0 ? [value, ""] : [value.slice(0, slash), value.slice(slash + 1)];
  if (slash < 0 || host === "" || rest === "")
    return [invalid(path, value, 'must be a domain-prefixed path (such as "acme.io/foo")')];
  const errors = isDns1123Subdomain(host).map((text) => invalid(path, host, text));
  if (!PATH.test(rest)) errors.push(invalid(path, rest, regexError("Invalid path", PATH_PATTERN)));
  return errors;
}

function validateParameters(parameters: any, path: string): FieldError[] {
  const errors = validateTypedReference(parameters, path);
  const { scope, namespace } = parameters;
  if (!scope) return [...errors, required(`${path}.scope`)];
  if (!SCOPES.includes(scope)) return [...errors, notSupported(`${path}.scope`, scope, SCOPES)];
  const at = `${path}.namespace`;
  if (scope === "Cluster" && namespace !== undefined)
    errors.push(forbidden(at, "`parameters.scope` is set to 'Cluster'"));
  if (scope === "Namespace") {
    if (namespace === undefined) errors.push(required(at, "`parameters.scope` is set to 'Namespace'"));
    else for (const text of isDns1123Label(namespace)) errors.push(invalid(at, namespace, text));
  }
  return errors;
}

export function validateIngressClassUpdate(ingressClass: IngressClass, old: IngressClass): FieldError[] {
  const errors = validateMetadataUpdate(ingressClass.metadata, old.metadata);
  if (ingressClass.spec.controller !== old.spec.controller)
    errors.push(immutable("spec.controller", ingressClass.spec.controller ?? ""));
  return errors;
}
