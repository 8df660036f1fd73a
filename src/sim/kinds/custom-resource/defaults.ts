import { clone } from "../../kernel/freeze";
import { isDict, type JsonSchema, memberSchema, valueSchema } from "./schema";

/**
 * Fills in defaults in place, and drops nulls where null is not allowed
 * (kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#defaulting-and-nullable).
 */
export function applyDefaults(value: unknown, schema: JsonSchema): void {
  if (Array.isArray(value)) {
    const { items } = schema;
    if (!items) return;
    for (const [index, item] of value.entries()) {
      if (isForbiddenNull(item, items) && items.default !== undefined) value[index] = clone(items.default);
      applyDefaults(value[index], items);
    }
    return;
  }
  if (!isDict(value)) return;
  for (const [name, property] of Object.entries(schema.properties ?? {})) {
    if (property.default === undefined) continue;
    if (!Object.hasOwn(value, name) || isForbiddenNull(value[name], property)) value[name] = clone(property.default);
  }
  const values = valueSchema(schema);
  for (const name of Object.keys(value)) {
    const member = memberSchema(schema, name);
    if (!member) continue;
    if (isForbiddenNull(value[name], member)) {
      if (member === values && member.default !== undefined) value[name] = clone(member.default);
      else delete value[name];
    }
    applyDefaults(value[name], member);
  }
}

const isForbiddenNull = (value: unknown, schema: JsonSchema) => value === null && !schema.nullable;
