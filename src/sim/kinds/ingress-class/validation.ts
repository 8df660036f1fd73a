import type { FieldError } from "../../apiserver/status";
import type { IngressClass } from "../types";
import { domainPrefixedPath } from "../validation/domain-prefixed-path";
import { forbidden, immutable, invalid, notSupported, required, tooLong } from "../validation/field-error";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Label, isDns1123Subdomain } from "../validation/names";
import { validateTypedReference } from "../validation/references";

const MAX_CONTROLLER = 250;
const SCOPES = ["Cluster", "Namespace"];

export function validateIngressClass({ metadata, spec }: IngressClass): FieldError[] {
  const errors = validateMetadata(metadata, false, isDns1123Subdomain);
  const at = "spec.controller";
  const { controller, parameters } = spec;
  if (!controller) errors.push(required(at));
  else {
    if (controller.length > MAX_CONTROLLER) errors.push(tooLong(at, MAX_CONTROLLER));
    errors.push(...domainPrefixedPath(controller, at));
  }
  return parameters ? [...errors, ...validateParameters(parameters, "spec.parameters")] : errors;
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
