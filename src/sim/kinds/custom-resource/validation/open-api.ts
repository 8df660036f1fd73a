import { RE2JS } from "re2js";
import type { FieldError } from "../../../apiserver/status";
import { deepEqual } from "../../../kernel/freeze";
import { type Dict, isDict, type JsonSchema, memberSchema, valueSchema } from "../schema";
import { hasFormat, INTEGER_RANGES } from "./formats";
import { Place, Result } from "./result";

/**
 * Checks a value against a schema, in the order and the words of kube-openapi's validators. What an update leaves as it
 * was is not complained about, as long as it can be found in the old object
 * (kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#validation-ratcheting).
 */
export function validateSchema(value: unknown, schema: JsonSchema, old?: unknown, prefix = ""): FieldError[] {
  return check(value, schema, new Place("", prefix), old).errors;
}

function check(value: unknown, schema: JsonSchema, place: Place, old: unknown): Result {
  const result = new Result();
  // Nothing in JSON is undefined: that is the lack of an old value.
  if (old !== undefined && deepEqual(value, old)) return result;
  const types = typesOf(schema);
  if (value === null) {
    if (types.length > 0 && !schema.nullable) result.errors.push(place.wrongType(types.join(","), "null"));
    else checkEnum(value, schema, place, result);
    return result;
  }
  if (types.length > 0 || schema.format) checkType(value, types, schema, place, result);
  result.merge(checkAlternatives(value, schema, place));
  result.matches++;
  if (typeof value === "string") checkText(value, schema, place, result);
  if (typeof value === "number") checkNumber(value, types, schema, place, result);
  if (Array.isArray(value)) checkList(value, schema, place, result, old);
  checkEnum(value, schema, place, result);
  if (isDict(value)) checkMap(value, schema, place, result, old);
  result.matches++;
  return result;
}

const typesOf = (schema: JsonSchema): string[] => {
  if (schema["x-kubernetes-int-or-string"]) return ["integer", "string"];
  return schema.type ? [schema.type] : [];
};

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return "array";
  if (typeof value === "number") return Number.isInteger(value) ? "integer" : "number";
  return typeof value;
}

function checkType(value: unknown, types: string[], schema: JsonSchema, place: Place, result: Result): void {
  const type = typeOf(value);
  result.matches++;
  const isFormatted = (type === "string" || type === "array") && schema.format;
  if (isFormatted && !types.includes("number") && !types.includes("integer")) return;
  if (types.includes(type) || (type === "integer" && types.includes("number"))) return;
  result.errors.push(place.wrongType(types.join(","), type));
}

function checkAlternatives(value: unknown, schema: JsonSchema, place: Place): Result {
  const result = new Result();
  const { anyOf = [], oneOf = [], allOf = [], not } = schema;
  const results = (schemas: readonly JsonSchema[]) => schemas.map((one) => check(value, one, place, undefined));
  if (anyOf.length > 0) {
    const found = results(anyOf);
    const good = found.find((one) => one.isValid);
    if (!good) result.errors.push(place.alternatives("must validate at least one schema (anyOf)"));
    result.merge(good ?? furthest(found));
  }
  if (oneOf.length > 0) {
    const found = results(oneOf);
    const good = found.filter((one) => one.isValid);
    if (good.length === 1) result.merge(good[0]!);
    else {
      const how = good.length === 0 ? "Found none valid" : `Found ${good.length} valid alternatives`;
      result.errors.push(place.alternatives(`must validate one and only one schema (oneOf). ${how}`));
      if (good.length === 0) result.merge(furthest(found));
    }
  }
  if (allOf.length > 0) {
    const found = results(allOf);
    for (const one of found) result.merge(one);
    const good = found.filter((one) => one.isValid).length;
    const none = good === 0 ? ". None validated" : "";
    if (good < found.length) result.errors.push(place.alternatives(`must validate all the schemas (allOf)${none}`));
  }
  if (not && check(value, not, place, undefined).isValid)
    result.errors.push(place.alternatives("must not validate the schema (not)"));
  return result;
}

const furthest = (results: readonly Result[]): Result =>
  results.reduce((best, one) => (one.matches > best.matches ? one : best));

function checkText(value: string, schema: JsonSchema, place: Place, result: Result): void {
  const { maxLength, minLength, pattern, format } = schema;
  const length = [...value].length;
  if (maxLength !== undefined && length > maxLength) result.errors.push(place.tooLong(maxLength));
  else if (minLength !== undefined && length < minLength)
    result.errors.push(place.invalid(value, `should be at least ${minLength} chars long`));
  else if (pattern && !matchesPattern(pattern, value))
    result.errors.push(place.invalid(value, `should match '${pattern}'`));
  result.matches++;
  if (!format) return;
  if (!hasFormat(format, value)) result.errors.push(place.wrongType(format, value));
  result.matches++;
}

const patterns = new Map<string, RE2JS>();

/** Patterns are Go's, which never take long. */
export function matchesPattern(pattern: string, value: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    compiled = RE2JS.compile(pattern);
    if (patterns.size < MAX_KEPT_PATTERNS) patterns.set(pattern, compiled);
  }
  return compiled.matcher(value).find();
}

const MAX_KEPT_PATTERNS = 1000;

function checkNumber(value: number, types: string[], schema: JsonSchema, place: Place, result: Result): void {
  const { multipleOf, maximum, minimum, exclusiveMaximum, exclusiveMinimum, format = "" } = schema;
  const range = types.length === 1 && types[0] === "integer" ? INTEGER_RANGES[format] : undefined;
  if (range && (value < range[0] || value > range[1]))
    result.errors.push(place.general(`Checked value must be of type integer with format ${format} in ${place.path}`));
  if (multipleOf !== undefined && !Number.isInteger(value / multipleOf))
    result.errors.push(place.invalid(value, `should be a multiple of ${multipleOf}`));
  if (maximum !== undefined && (exclusiveMaximum ? value >= maximum : value > maximum))
    result.errors.push(place.invalid(value, `should be less than ${exclusiveMaximum ? "" : "or equal to "}${maximum}`));
  if (minimum !== undefined && (exclusiveMinimum ? value <= minimum : value < minimum))
    result.errors.push(
      place.invalid(value, `should be greater than ${exclusiveMinimum ? "" : "or equal to "}${minimum}`),
    );
  result.matches += 2;
}

function checkList(value: unknown[], schema: JsonSchema, place: Place, result: Result, old: unknown): void {
  const { items, minItems, maxItems } = schema;
  if (items) {
    for (const [index, item] of value.entries())
      result.merge(check(item, items, place.item(index), correlated(schema, item, old)));
  }
  if (minItems !== undefined && value.length < minItems)
    result.errors.push(place.invalid(value.length, `should have at least ${minItems} items`));
  if (maxItems !== undefined && value.length > maxItems) result.errors.push(place.tooMany(value.length, maxItems));
  result.matches += 2;
}

/** The entry of the old list that has the same keys; only lists of type map can tell. */
export function correlated(schema: JsonSchema, item: unknown, old: unknown): unknown {
  if (!Array.isArray(old) || schema["x-kubernetes-list-type"] !== "map" || !isDict(item)) return undefined;
  const keys = schema["x-kubernetes-list-map-keys"] ?? [];
  return old.find((one) => isDict(one) && keys.every((key) => deepEqual(one[key], item[key])));
}

function checkEnum(value: unknown, schema: JsonSchema, place: Place, result: Result): void {
  if (!schema.enum || schema.enum.length === 0) return;
  if (!schema.enum.some((one) => deepEqual(one, value))) result.errors.push(place.notSupported(value, schema.enum));
  result.matches++;
}

function checkMap(value: Dict, schema: JsonSchema, place: Place, result: Result, old: unknown): void {
  const { minProperties, maxProperties, required: wanted = [], additionalProperties } = schema;
  const names = Object.keys(value).sort();
  if (minProperties !== undefined && names.length < minProperties)
    result.errors.push(place.invalid(names.length, `should have at least ${minProperties} properties`));
  if (maxProperties !== undefined && names.length > maxProperties)
    result.errors.push(place.tooMany(names.length, maxProperties));
  if (additionalProperties === false) {
    for (const name of names.filter((one) => !Object.hasOwn(schema.properties ?? {}, one)))
      result.errors.push(place.general(`${place.path}.${name} in body is a forbidden property`));
  }
  const former = isDict(old) ? old : {};
  for (const name of names) {
    const member = memberSchema(schema, name);
    if (!member || (member === valueSchema(schema) && Object.hasOwn(schema.properties ?? {}, name))) continue;
    const before = Object.hasOwn(former, name) ? former[name] : undefined;
    result.merge(check(value[name], member, place.member(name), before));
  }
  for (const name of wanted) if (!Object.hasOwn(value, name)) result.errors.push(place.missing(name));
  result.matches++;
}
