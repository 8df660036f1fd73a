import { RE2JS } from "re2js";
import type { FieldError } from "../../../apiserver/status";
import { clone, deepEqual } from "../../../kernel/freeze";
import { applyDefaults } from "../../custom-resource/defaults";
import { pruneValue } from "../../custom-resource/prune";
import { isDict, type JsonSchema, ROOT_FIELDS, valueSchema, visitSchemas } from "../../custom-resource/schema";
import { compilationError, usesOldSelf } from "../../custom-resource/validation/cel-environment";
import { validateSchema } from "../../custom-resource/validation/open-api";
import { forbidden, invalid, notSupported, required } from "../../validation/field-error";
import { validateListType } from "./list-type";
import { validateStructure } from "./structure";

const TYPES = ["array", "boolean", "integer", "number", "object", "string"];

/** Outside the schema language of CRDs. */
const UNSUPPORTED = ["id", "additionalItems", "patternProperties", "definitions", "dependencies", "$ref"];

/** All that a schema may say at its root beside a status subresource. */
const AT_ROOT: ReadonlySet<string> = new Set(
  "description type format title maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems uniqueItems multipleOf required items properties externalDocs example x-kubernetes-preserve-unknown-fields x-kubernetes-validations".split(
    " ",
  ),
);
const AT_ROOT_TEXT =
  "only [Description Type Format Title Maximum ExclusiveMaximum Minimum ExclusiveMinimum MaxLength MinLength Pattern MaxItems MinItems UniqueItems MultipleOf Required Items Properties ExternalDocs Example XPreserveUnknownFields XValidations] fields are allowed at the root of the schema if the status subresource is enabled";

const REASONS = ["FieldValueDuplicate", "FieldValueForbidden", "FieldValueInvalid", "FieldValueRequired"];

/** validateCustomResourceDefinitionValidation: a structural schema without anything that CRDs do not know. */
export function validateOpenApiSchema(schema: JsonSchema, withStatus: boolean, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (withStatus) {
    if (schema.type && schema.type !== "object") {
      const why = 'only "object" is allowed as the type at the root of the schema if the status subresource is enabled';
      errors.push(invalid(`${path}.type`, schema.type, why));
    } else if (Object.keys(schema).some((field) => !AT_ROOT.has(field))) {
      errors.push(invalid(path, schema, AT_ROOT_TEXT));
    }
  }
  if (schema.nullable) errors.push(forbidden(`${path}.nullable`, "nullable cannot be true at the root"));
  const structure = validateStructure(schema, path);
  errors.push(...structure);
  if (structure.length === 0) errors.push(...validateDefaults(schema, path));
  const rules: FieldError[] = [];
  visitSchemas(schema, path, (one, at) => {
    errors.push(...validateOne(one, at), ...validateListType(one, at), ...validateRuleForms(one, at));
    rules.push(...validateExpressions(one, at));
  });
  // Expressions are looked at once the schema that gives their variables types is good.
  return errors.length > 0 ? errors : rules;
}

function validateOne(schema: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (schema.type === "null")
    errors.push(forbidden(`${path}.type`, "type cannot be set to null, use nullable as an alternative"));
  else if (schema.type && !TYPES.includes(schema.type)) errors.push(notSupported(`${path}.type`, schema.type, TYPES));
  for (const field of UNSUPPORTED)
    if (Object.hasOwn(schema, field)) errors.push(forbidden(`${path}.${field}`, `${field} is not supported`));
  if (schema.uniqueItems) {
    const why = "uniqueItems cannot be set to true since the runtime complexity becomes quadratic";
    errors.push(forbidden(`${path}.uniqueItems`, why));
  }
  const named = Object.keys(schema.properties ?? {}).length > 0;
  if (named && schema.additionalProperties !== undefined && schema.additionalProperties !== true)
    errors.push(forbidden(`${path}.additionalProperties`, "additionalProperties and properties are mutual exclusive"));
  if (schema["x-kubernetes-preserve-unknown-fields"] === false)
    errors.push(invalid(`${path}.x-kubernetes-preserve-unknown-fields`, false, "must be true or undefined"));
  if (schema.pattern !== undefined) {
    try {
      RE2JS.compile(schema.pattern);
    } catch (error) {
      const why = `must be a valid regular expression, but isn't: ${(error as Error).message}`;
      errors.push(invalid(`${path}.pattern`, schema.pattern, why));
    }
  }
  return errors;
}

/** Defaults fit the schema that has them, and bring nothing that it does not know. */
function validateDefaults(root: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const name of ROOT_FIELDS)
    if (root.properties?.[name]?.default !== undefined)
      errors.push(forbidden(`${path}.properties[${name}].default`, `must not be set in top-level ${name}`));
  visitStructural(root, path, (schema, at) => {
    if (schema.default === undefined) return;
    const value = clone(schema.default);
    pruneValue(value, schema);
    if (!deepEqual(value, schema.default)) {
      errors.push(invalid(`${at}.default`, schema.default, "must not have unknown fields"));
      return;
    }
    applyDefaults(value, schema);
    errors.push(...validateSchema(value, schema, undefined, `${at}.default`));
  });
  return errors;
}

/** Without the alternatives of anyOf and their like, which have no defaults. */
function visitStructural(schema: JsonSchema, path: string, visit: (schema: JsonSchema, path: string) => void): void {
  visit(schema, path);
  if (isDict(schema.items)) visitStructural(schema.items as JsonSchema, `${path}.items`, visit);
  const values = valueSchema(schema);
  if (values) visitStructural(values, `${path}.additionalProperties`, visit);
  for (const [name, property] of Object.entries(schema.properties ?? {}))
    visitStructural(property, `${path}.properties[${name}]`, visit);
}

const hasLineBreak = (text: string) => /[\n\r]/.test(text);

function validateRuleForms(schema: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  for (const [index, rule] of (schema["x-kubernetes-validations"] ?? []).entries()) {
    const at = `${path}.x-kubernetes-validations[${index}]`;
    const text = (rule.rule ?? "").trim();
    const message = (rule.message ?? "").trim();
    if (!text) errors.push(required(`${at}.rule`, "rule is not specified"));
    else if (rule.message && !message)
      errors.push(invalid(`${at}.message`, rule.message, "message must be non-empty if specified"));
    else if (hasLineBreak(message))
      errors.push(invalid(`${at}.message`, rule.message, "message must not contain line breaks"));
    else if (hasLineBreak(text) && !message)
      errors.push(required(`${at}.message`, "message must be specified if rule contains line breaks"));
    if (rule.messageExpression && !rule.messageExpression.trim())
      errors.push(required(`${at}.messageExpression`, "messageExpression must be non-empty if specified"));
    if (rule.reason && !REASONS.includes(rule.reason))
      errors.push(notSupported(`${at}.reason`, rule.reason, [...REASONS].sort()));
    if (rule.fieldPath && !rule.fieldPath.trim())
      errors.push(invalid(`${at}.fieldPath`, rule.fieldPath, "fieldPath must be non-empty if specified"));
    else if (rule.fieldPath && !leadsSomewhere(schema, rule.fieldPath))
      errors.push(invalid(`${at}.fieldPath`, rule.fieldPath, "fieldPath must be a valid path"));
  }
  return errors;
}

function leadsSomewhere(schema: JsonSchema, path: string): boolean {
  const names = path.replace(/\['([^']*)'\]/g, ".$1").split(".");
  if (names.shift() !== "") return false;
  let found: JsonSchema | undefined = schema;
  for (const name of names) found = found && (found.properties?.[name] ?? valueSchema(found));
  return found !== undefined;
}

function validateExpressions(schema: JsonSchema, path: string): FieldError[] {
  return (schema["x-kubernetes-validations"] ?? []).flatMap((rule, index) => {
    const at = `${path}.x-kubernetes-validations[${index}]`;
    const errors: FieldError[] = [];
    const wrong = compilationError(rule.rule);
    if (wrong !== undefined) errors.push(invalid(`${at}.rule`, rule, `compilation failed: ${wrong}`));
    const message = rule.messageExpression ? compilationError(rule.messageExpression) : undefined;
    if (message !== undefined)
      errors.push(invalid(`${at}.messageExpression`, rule, `messageExpression compilation failed: ${message}`));
    if (rule.optionalOldSelf !== undefined && !usesOldSelf(rule.rule))
      errors.push(
        invalid(`${at}.optionalOldSelf`, rule.optionalOldSelf, "may not be set if oldSelf is not used in rule"),
      );
    return errors;
  });
}
