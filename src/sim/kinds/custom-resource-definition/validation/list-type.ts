import type { FieldError } from "../../../apiserver/status";
import type { JsonSchema } from "../../custom-resource/schema";
import { forbidden, invalid, notSupported, required } from "../../validation/field-error";
import { goStrings } from "../../validation/go-syntax";

const LIST_TYPE = "x-kubernetes-list-type";
const MAP_TYPE = "x-kubernetes-map-type";
const KEYS = "x-kubernetes-list-map-keys";

/** What a schema says of how its lists and maps merge. */
export function validateListType(schema: JsonSchema, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { [LIST_TYPE]: listType, [MAP_TYPE]: mapType, [KEYS]: keys = [], items } = schema;
  if (mapType !== undefined) {
    errors.push(...mustBe(schema, "object", MAP_TYPE, path));
    if (!["atomic", "granular"].includes(mapType))
      errors.push(notSupported(`${path}.${MAP_TYPE}`, mapType, ["atomic", "granular"]));
  }
  if (listType !== undefined) {
    errors.push(...mustBe(schema, "array", LIST_TYPE, path));
    if (schema.type === "array" && listType === "set") errors.push(...validateSetItems(items, `${path}.items`));
    if (!["atomic", "set", "map"].includes(listType))
      errors.push(notSupported(`${path}.${LIST_TYPE}`, listType, ["atomic", "set", "map"]));
  }
  if (keys.length > 0 && listType !== "map") {
    const why = `must be map if ${KEYS} is non-empty`;
    errors.push(
      listType === undefined ? required(`${path}.${LIST_TYPE}`, why) : invalid(`${path}.${LIST_TYPE}`, listType, why),
    );
  }
  if (listType === "map") errors.push(...validateMapKeys(keys, items, path));
  if ((listType === "map" || listType === "set") && items?.nullable)
    errors.push(forbidden(`${path}.items.nullable`, `cannot be nullable when ${LIST_TYPE} is ${listType}`));
  return errors;
}

function mustBe({ type }: JsonSchema, wanted: string, field: string, path: string): FieldError[] {
  if (type === wanted) return [];
  const why = `must be ${wanted} if ${field} is specified`;
  return [type ? invalid(`${path}.type`, type, why) : required(`${path}.type`, why)];
}

function validateSetItems(items: JsonSchema | undefined, path: string): FieldError[] {
  const why = `must be atomic as item of a list with ${LIST_TYPE}=set`;
  if (items?.type === "array" && (items[LIST_TYPE] ?? "atomic") !== "atomic")
    return [invalid(`${path}.${LIST_TYPE}`, items[LIST_TYPE], why)];
  if (items?.type === "object" && items[MAP_TYPE] !== "atomic")
    return [invalid(`${path}.${MAP_TYPE}`, items[MAP_TYPE] ?? null, why)];
  return [];
}

function validateMapKeys(keys: readonly string[], items: JsonSchema | undefined, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (keys.length === 0) errors.push(required(`${path}.${KEYS}`, `must not be empty if ${LIST_TYPE} is map`));
  if (!items) return [...errors, required(`${path}.items`, `must have a schema if ${LIST_TYPE} is map`)];
  if (items.type !== "object") {
    errors.push(
      invalid(`${path}.items.type`, items.type ?? "", `must be object if parent array's ${LIST_TYPE} is map`),
    );
    return errors;
  }
  for (const [index, key] of keys.entries()) {
    const at = `${path}.items.properties[${key}]`;
    const property = items.properties?.[key];
    if (!property)
      errors.push(invalid(`${path}.${KEYS}`, goStrings(keys), "entries must all be names of item properties"));
    else if (property.type === "array" || property.type === "object")
      errors.push(invalid(`${at}.type`, items.type, `must be a scalar type if parent array's ${LIST_TYPE} is map`));
    if (keys.indexOf(key) < index)
      errors.push(invalid(`${path}.${KEYS}`, goStrings(keys), "must not contain duplicate entries"));
    if (property && !items.required?.includes(key) && property.default === undefined)
      errors.push(
        required(`${at}.default`, `this property is in ${KEYS}, so it must have a default or be a required property`),
      );
    if (property?.nullable)
      errors.push(forbidden(`${at}.nullable`, `this property is in ${KEYS}, so it cannot be nullable`));
  }
  return errors;
}
