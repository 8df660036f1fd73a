import { base64Text } from "../../secret/encode";
import { isDict, type JsonSchema, memberSchema } from "../schema";
import { celTimestamp } from "./cel-environment";

/** Words of the expression language, which fields must not be called (upstream's celReservedSymbols). */
const RESERVED: ReadonlySet<string> = new Set(
  "true false null in as break const continue else for function if import let loop package namespace return var void while".split(
    " ",
  ),
);

const ESCAPES: readonly [RegExp, string][] = [
  [/__/g, "__underscores__"],
  [/\./g, "__dot__"],
  [/-/g, "__dash__"],
  [/\//g, "__slash__"],
];

/** The name by which an expression reaches a field: `my-field` is `my__dash__field`; undefined where none can. */
export function celName(name: string): string | undefined {
  if (RESERVED.has(name)) return `__${name}__`;
  const escaped = ESCAPES.reduce((text, [pattern, word]) => text.replace(pattern, word), name);
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(escaped) ? escaped : undefined;
}

/** A value as an expression sees it: whole numbers are ints unless the schema says that they are numbers. */
export function celValue(value: unknown, schema: JsonSchema | undefined): unknown {
  if (Array.isArray(value)) return value.map((item) => celValue(item, schema?.items));
  if (isDict(value)) return celObject(value, schema);
  if (typeof value === "number") return Number.isInteger(value) && schema?.type !== "number" ? BigInt(value) : value;
  if (typeof value !== "string") return value;
  switch (schema?.format) {
    case "date-time":
    case "datetime":
    case "date":
      return celTimestamp(value);
    case "byte":
      return base64Text(value);
    default:
      return value;
  }
}

/** Fields of a struct have their names escaped, keys of a map have not. */
function celObject(value: Record<string, unknown>, schema: JsonSchema | undefined): Record<string, unknown> {
  const seen: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const isField = schema?.properties && Object.hasOwn(schema.properties, name);
    const known = isField ? celName(name) : name;
    if (known !== undefined) seen[known] = celValue(member, schema && memberSchema(schema, name));
  }
  return seen;
}
