import type { FieldError } from "../../apiserver/status";
import type { ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding } from "../types";
import { duplicate, forbidden, GoValue, invalid, notSupported, quote, required } from "../validation/field-error";
import { validateLabelSelector } from "../validation/labels";
import { validateMetadata } from "../validation/metadata";
import { isDns1035Label, isDns1123Subdomain, isQualifiedName } from "../validation/names";
import { isPathSegmentName } from "../validation/references";
import { type ExpressionScope, requiredExpression, validateExpression } from "./expressions";
import { validateMatchConditions } from "./match-conditions";
import { oneOf } from "./one-of";
import { type MatchResources, validateMatchResources } from "./rules";

const REASONS = ["Forbidden", "Invalid", "RequestEntityTooLarge"];
const ACTIONS = ["Audit", "Deny", "Warn"];
const MAX_AUDIT_ANNOTATIONS = 20;
const MAX_VALUE_EXPRESSION_BYTES = 5 * 1024;
/** Words of the language that no variable may be called. */
const RESERVED = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

const hasLineBreak = (text: string) => /[\r\n]/.test(text);

export function validatePolicy({ metadata, spec }: ValidatingAdmissionPolicy): FieldError[] {
  return [...validateMetadata(metadata, false, isDns1123Subdomain), ...validatePolicySpec(metadata.name, spec)];
}

function validatePolicySpec(name: string, spec: any): FieldError[] {
  const params = spec.paramKind !== undefined;
  const variables = (spec.variables ?? []).length > 0;
  const scope: ExpressionScope = { params, variables, authorizer: true };
  const errors = oneOf("spec.failurePolicy", spec.failurePolicy, ["Fail", "Ignore"]);
  if (params) errors.push(...validateParamKind(spec.paramKind, "spec.paramKind"));
  errors.push(...validateConstraints(spec.matchConstraints));
  const conditions = { params, authorizer: true };
  errors.push(...validateMatchConditions(spec.matchConditions, "spec.matchConditions", conditions));
  for (const [index, variable] of (spec.variables ?? []).entries())
    errors.push(...validateVariable(variable, `spec.variables[${index}]`, scope));
  const validations: any[] = spec.validations ?? [];
  const annotations: any[] = spec.auditAnnotations ?? [];
  if (validations.length + annotations.length === 0) {
    const why = "validations or auditAnnotations must contain at least one item";
    return [...errors, required("spec.validations", why), required("spec.auditAnnotations", why)];
  }
  for (const [index, one] of validations.entries())
    errors.push(...validateValidation(one, `spec.validations[${index}]`, scope));
  return [...errors, ...validateAnnotations(name, annotations, scope)];
}

function validateConstraints(match: MatchResources | undefined): FieldError[] {
  const path = "spec.matchConstraints";
  if (!match) return [required(path)];
  const errors = validateMatchResources(match, path);
  return match.resourceRules?.length ? errors : [...errors, required(`${path}.resourceRules`)];
}

function validateParamKind({ apiVersion, kind }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const parts = (apiVersion ?? "").split("/");
  const wrong = (value: string, text: string) => errors.push(invalid(`${path}.apiVersion`, value, text));
  if (!apiVersion) errors.push(required(`${path}.apiVersion`));
  else if (parts.length > 2) wrong(apiVersion, `unexpected GroupVersion string: ${apiVersion}`);
  else {
    const [group, version] = parts.length === 2 ? parts : ["", parts[0]];
    const wrongGroup = group ? isDns1123Subdomain(group) : [];
    if (wrongGroup.length > 0) wrong(group, wrongGroup.join(","));
    const wrongVersion = version ? isDns1035Label(version) : [];
    if (!version) wrong(apiVersion, "version must be specified");
    else if (wrongVersion.length > 0) wrong(version, wrongVersion.join(","));
  }
  const wrongKind = kind ? isDns1035Label(kind.toLowerCase()) : [];
  if (!kind) errors.push(required(`${path}.kind`));
  else if (wrongKind.length > 0) {
    const text = `may have mixed case, but should otherwise match: ${wrongKind.join(",")}`;
    errors.push(invalid(`${path}.kind`, kind, text));
  }
  return errors;
}

function validateVariable({ name, expression }: any, path: string, scope: ExpressionScope): FieldError[] {
  const errors: FieldError[] = [];
  if (!name?.trim()) errors.push(required(`${path}.name`, "name is not specified"));
  else if (!/^[_a-zA-Z][_a-zA-Z0-9]*$/.test(name) || RESERVED.has(name))
    errors.push(invalid(`${path}.name`, name, "name is not a valid CEL identifier"));
  if (!expression?.trim()) return [...errors, required(`${path}.expression`, "expression is not specified")];
  return [...errors, ...validateExpression(expression, `${path}.expression`, scope, [])];
}

function validateValidation(one: any, path: string, scope: ExpressionScope): FieldError[] {
  const { expression, message, messageExpression, reason } = one;
  const missing = "expression is not specified";
  const errors = requiredExpression(expression, `${path}.expression`, scope, ["bool"], missing);
  if (messageExpression && !messageExpression.trim())
    errors.push(invalid(`${path}.messageExpression`, messageExpression, "must be non-empty if specified"));
  else if (messageExpression) {
    const speaks = { ...scope, authorizer: false };
    errors.push(...validateExpression(messageExpression, `${path}.messageExpression`, speaks, ["string"]));
  }
  if (message && !message.trim())
    errors.push(invalid(`${path}.message`, message, "message must be non-empty if specified"));
  else if (message && hasLineBreak(message.trim()))
    errors.push(invalid(`${path}.message`, message, "message must not contain line breaks"));
  return [...errors, ...oneOf(`${path}.reason`, reason, REASONS)];
}

function validateAnnotations(policy: string, annotations: any[], scope: ExpressionScope): FieldError[] {
  const path = "spec.auditAnnotations";
  const errors: FieldError[] = [];
  if (annotations.length > MAX_AUDIT_ANNOTATIONS) {
    const members = annotations.map(
      ({ key, valueExpression }) =>
        `admissionregistration.AuditAnnotation{Key:${quote(key ?? "")}, ValueExpression:${quote(valueExpression ?? "")}}`,
    );
    const shown = new GoValue(`[]admissionregistration.AuditAnnotation{${members.join(", ")}}`);
    errors.push(invalid(path, shown, `must not have more than ${MAX_AUDIT_ANNOTATIONS} auditAnnotations`));
  }
  for (const [index, { key = "", valueExpression = "" }] of annotations.entries()) {
    const at = `${path}[${index}]`;
    if (policy)
      for (const text of isQualifiedName(`${policy}/${key}`))
        errors.push(invalid(`${at}.key`, `${policy}/${key}`, text));
    else errors.push(invalid(`${at}.key`, key, "requires metadata.name be non-empty"));
    const value = valueExpression.trim();
    if (value === "") errors.push(required(`${at}.valueExpression`, "valueExpression is not specified"));
    else if (value.length > MAX_VALUE_EXPRESSION_BYTES)
      errors.push(required(`${at}.valueExpression`, `must not exceed ${MAX_VALUE_EXPRESSION_BYTES} bytes in length`));
    else errors.push(...validateExpression(value, `${at}.valueExpression`, scope, ["string", "null_type"]));
    if (annotations.findIndex((one) => one.key === key) < index) errors.push(duplicate(`${at}.key`, key));
  }
  return errors;
}

export function validateBinding({ metadata, spec }: ValidatingAdmissionPolicyBinding): FieldError[] {
  const errors = validateMetadata(metadata, false, isDns1123Subdomain);
  const { policyName, paramRef, matchResources, validationActions } = spec as any;
  if (!policyName) errors.push(required("spec.policyName"));
  else for (const text of isDns1123Subdomain(policyName)) errors.push(invalid("spec.policyName", policyName, text));
  if (paramRef) errors.push(...validateParamRef(paramRef, "spec.paramRef"));
  // Upstream spells the path so.
  if (matchResources) errors.push(...validateMatchResources(matchResources, "spec.matchResouces"));
  return [...errors, ...validateActions(validationActions ?? [], "spec.validationActions")];
}

function validateParamRef({ name, selector, parameterNotFoundAction }: any, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const both = "name and selector are mutually exclusive";
  if (name) {
    for (const text of isPathSegmentName(name)) errors.push(invalid(`${path}.name`, name, text));
    if (selector) errors.push(forbidden(`${path}.name`, both));
  }
  if (selector) {
    errors.push(...validateLabelSelector(selector, `${path}.selector`));
    if (name) errors.push(forbidden(`${path}.selector`, both));
  }
  if (!name && !selector) errors.push(required(path, "one of name or selector must be specified"));
  if (!parameterNotFoundAction) errors.push(required(`${path}.parameterNotFoundAction`));
  else if (!["Deny", "Allow"].includes(parameterNotFoundAction))
    errors.push(notSupported(`${path}.parameterNotFoundAction`, parameterNotFoundAction, ["Deny", "Allow"]));
  return errors;
}

function validateActions(actions: readonly string[], path: string): FieldError[] {
  const errors = actions.flatMap((action, index) => {
    const wrong = oneOf(`${path}[${index}]`, action, ACTIONS);
    return actions.indexOf(action) < index ? [...wrong, duplicate(`${path}[${index}]`, action)] : wrong;
  });
  if (actions.includes("Deny") && actions.includes("Warn")) {
    const shown = new GoValue(`[]admissionregistration.ValidationAction{${actions.map(quote).join(", ")}}`);
    const why =
      "must not contain both Deny and Warn (repeating the same validation failure information in the API response and headers serves no purpose)";
    errors.push(invalid(path, shown, why));
  }
  if (actions.length === 0) errors.push(required(path, "at least one validation action is required"));
  return errors;
}
