import { type Dict, isDict, type JsonSchema, memberSchema, ROOT_FIELDS } from "./schema";

const PRESERVE = "x-kubernetes-preserve-unknown-fields";
const EMBEDDED = "x-kubernetes-embedded-resource";

/**
 * Takes out, in place, what the schema does not name, and gives the paths of it in order
 * (kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/#field-pruning).
 */
export function pruneUnknown(object: Dict, schema: JsonSchema): string[] {
  const found: string[] = [];
  walk(object, schema, "", true, found, true);
  return found;
}

/** The paths of what pruning would take out. */
export function unknownPaths(object: Dict, schema: JsonSchema): string[] {
  const found: string[] = [];
  walk(object, schema, "", true, found, false);
  return found;
}

/** As `pruneUnknown`, for a value inside an object: a default. */
export function pruneValue(value: unknown, schema: JsonSchema): string[] {
  const found: string[] = [];
  walk(value, schema, "", false, found, true);
  return found;
}

function walk(
  value: unknown,
  schema: JsonSchema | undefined,
  path: string,
  isRoot: boolean,
  found: string[],
  remove: boolean,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) walk(item, schema?.items, `${path}[${index}]`, false, found, remove);
    return;
  }
  if (!isDict(value)) return;
  const resource = isRoot || schema?.[EMBEDDED] === true;
  for (const name of Object.keys(value).sort()) {
    if (resource && ROOT_FIELDS.includes(name)) continue;
    const at = path ? `${path}.${name}` : name;
    const member = schema && memberSchema(schema, name);
    if (member) walk(value[name], member, at, false, found, remove);
    else if (schema?.additionalProperties === true) walk(value[name], undefined, at, false, found, remove);
    else if (!schema?.[PRESERVE]) {
      found.push(at);
      if (remove) delete value[name];
    }
  }
}
