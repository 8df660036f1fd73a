import { Optional } from "@marcbachmann/cel-js";
import type { FieldError } from "../../../apiserver/status";
import { deepEqual } from "../../../kernel/freeze";
import { duplicate, forbidden, invalid, required } from "../../validation/field-error";
import { type Dict, isDict, type JsonSchema, type ValidationRule, valueSchema } from "../schema";
import { compile, usesOldSelf } from "./cel-environment";
import { celValue } from "./cel-values";
import { correlated } from "./open-api";

const RULES = "x-kubernetes-validations";
/** The root's path, as upstream prints one that is nil. */
const NO_PATH = "<nil>";
const MAX_MESSAGE_LENGTH = 5120;

const METADATA: JsonSchema = {
  type: "object",
  properties: { name: { type: "string" }, generateName: { type: "string" } },
};

/** Whether a schema has any rule at all: most have none, and their objects need not be walked. */
const withRules = new WeakMap<JsonSchema, boolean>();

function hasRules(schema: JsonSchema): boolean {
  let known = withRules.get(schema);
  if (known === undefined) {
    const inside = [
      ...Object.values(schema.properties ?? {}),
      ...(schema.allOf ?? []),
      ...[schema.items, valueSchema(schema)].filter((one) => one !== undefined),
    ];
    known = (schema[RULES]?.length ?? 0) > 0 || inside.some(hasRules);
    withRules.set(schema, known);
  }
  return known;
}

/** Runs the rules of a schema and of all inside it: of an update too, where `old` is what was there. */
export function validateRules(object: Dict, schema: JsonSchema, old?: Dict): FieldError[] {
  if (!hasRules(schema)) return [];
  const rooted: JsonSchema = {
    ...schema,
    properties: { apiVersion: { type: "string" }, kind: { type: "string" }, ...schema.properties, metadata: METADATA },
  };
  return walk(visible(object), rooted, "", old && visible(old));
}

/** Of the metadata, rules see the names only. */
function visible(object: Dict): Dict {
  const { name, generateName } = (object.metadata ?? {}) as Dict;
  return {
    ...object,
    metadata: { ...(name !== undefined && { name }), ...(generateName !== undefined && { generateName }) },
  };
}

function walk(value: unknown, schema: JsonSchema, path: string, old: unknown): FieldError[] {
  if (value === null || value === undefined || !hasRules(schema)) return [];
  const errors = (schema[RULES] ?? []).flatMap((rule) => evaluate(rule, value, schema, path, old));
  for (const one of schema.allOf ?? []) errors.push(...walk(value, { ...schema, allOf: [], ...one }, path, old));
  if (Array.isArray(value)) {
    const { items } = schema;
    if (items)
      for (const [index, item] of value.entries())
        errors.push(...walk(item, items, `${path}[${index}]`, correlated(schema, item, old)));
    return errors;
  }
  if (!isDict(value)) return errors;
  const former = isDict(old) ? old : {};
  const values = valueSchema(schema);
  for (const name of Object.keys(value).sort()) {
    const property = schema.properties?.[name];
    const at = property ? (path ? `${path}.${name}` : name) : `${path}[${name}]`;
    const member = property ?? values;
    if (member) errors.push(...walk(value[name], member, at, former[name]));
  }
  return errors;
}

function evaluate(rule: ValidationRule, value: unknown, schema: JsonSchema, path: string, old: unknown): FieldError[] {
  const comparing = usesOldSelf(rule.rule);
  if (comparing && old === undefined && !rule.optionalOldSelf) return [];
  // What an update leaves as it was is let through, like everything that validation would now refuse.
  if (!comparing && old !== undefined && deepEqual(value, old)) return [];
  const type = schema.type ?? "";
  const about = (rule.message ?? rule.rule).trim();
  const self = celValue(value, schema);
  const before = old === undefined ? undefined : celValue(old, schema);
  const oldSelf = rule.optionalOldSelf ? (before === undefined ? Optional.none() : Optional.of(before)) : before;
  const variables = { self, ...(oldSelf !== undefined && { oldSelf }) };
  try {
    if (compile(rule.rule)(variables) === true) return [];
  } catch (error) {
    return [invalid(path || NO_PATH, type, `${errorText(error)} evaluating rule: ${about}`)];
  }
  const message =
    messageOf(rule, variables) ?? (rule.message ? rule.message.trim() : `failed rule: ${rule.rule.trim()}`);
  const inside = rule.fieldPath?.trim().replace(/^\./, "");
  const at = [path, inside].filter(Boolean).join(".").replaceAll(".[", "[");
  return [refusal(rule.reason, at || NO_PATH, type, message)];
}

/** cel-go's words start in lower case. */
function errorText(error: unknown): string {
  const [line = ""] = (error as Error).message.split("\n");
  return line.replace(/^[A-Z](?=[a-z])/, (letter) => letter.toLowerCase());
}

/** What the rule's own expression says; undefined where it has none, or where that gives no proper message. */
function messageOf({ messageExpression }: ValidationRule, variables: Dict): string | undefined {
  if (!messageExpression) return undefined;
  try {
    const text: unknown = compile(messageExpression)(variables);
    const isProper = typeof text === "string" && text.trim() !== "" && text.length <= MAX_MESSAGE_LENGTH;
    return isProper && !/[\r\n]/.test(text) ? text.trim() : undefined;
  } catch {
    return undefined;
  }
}

function refusal(reason: string | undefined, path: string, type: string, message: string): FieldError {
  switch (reason) {
    case "FieldValueForbidden":
      return forbidden(path, message);
    case "FieldValueRequired":
      return required(path, message);
    case "FieldValueDuplicate":
      return duplicate(path, type);
    default:
      return invalid(path, type, message);
  }
}
