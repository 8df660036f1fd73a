import { fieldsOf, type OpenApiSchema, type OpenApiSchemas, resolveReference, valuesOf } from "../../openapi/schema";
import { wordWrap } from "../../printers/word-wrap";

/** As many values of an enum stand beside a field in a list of fields. */
const VALUES_SHOWN = 4;
const WIDTH = 76;

/** How `kubectl explain` shows a kind or a field of it; undefined where there is no such field. */
export function explainPlaintext(
  schemas: OpenApiSchemas,
  schema: OpenApiSchema,
  path: readonly string[],
  recursive: boolean,
): string | undefined {
  return new Plaintext(schemas, recursive).output(schema, path, new Set());
}

/** Schemas that were gone through on the way to this one: those that contain themselves end there. */
type Seen = ReadonlySet<string>;

class Plaintext {
  constructor(
    private readonly schemas: OpenApiSchemas,
    private readonly recursive: boolean,
  ) {}

  output(schema: OpenApiSchema, path: readonly string[], seen: Seen): string | undefined {
    const resolved = this.resolved(schema);
    if (path.length === 0) {
      const fields = this.fieldList(schema, 1, new Set());
      const description = indent(wordWrap(this.description(resolved) || "<empty>", WIDTH), 4);
      return `DESCRIPTION:\n${description}\n${fields && `FIELDS:\n${fields}`}`;
    }
    if (schema.$ref && seen.has(schema.$ref)) return undefined;
    const next = schema.$ref ? new Set([...seen, schema.$ref]) : seen;
    const [name, ...rest] = path as [string, ...string[]];
    const field = Object.hasOwn(resolved.properties ?? {}, name) ? resolved.properties![name] : undefined;
    if (field) {
      const below = this.output(field, rest, new Set());
      if (below === undefined || rest.length > 0) return below;
      return `FIELD: ${name} <${this.typeName(field)}>\n${longEnum(field)}\n\n${below}`;
    }
    const inner = resolved.items ?? valuesOf(resolved);
    if (inner) return this.output(inner, path, next);
    for (const part of resolved.allOf ?? []) {
      const found = this.output(part, path, next);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private resolved(schema: OpenApiSchema): OpenApiSchema {
    return resolveReference(this.schemas, schema.$ref) ?? schema;
  }

  /** Descriptions of the schema and of all that it consists of, one behind the other. */
  private description(schema: OpenApiSchema): string {
    const resolved = this.resolved(schema);
    const parts = [...(resolved.allOf ?? []), resolved.items, valuesOf(resolved)].filter((part) => part !== undefined);
    const own = resolved.description ? `${resolved.description}\n` : "";
    return own + parts.map((part) => this.description(part)).join("");
  }

  private fieldList(schema: OpenApiSchema, level: number, seen: Seen): string {
    if (schema.$ref && seen.has(schema.$ref)) return "";
    const next = schema.$ref ? new Set([...seen, schema.$ref]) : seen;
    const resolved = this.resolved(schema);
    let text = "";
    for (const [name, field] of fieldsOf(resolved)) {
      text += this.fieldDetail(resolved, name, field, level);
      if (this.recursive) text += this.fieldList(field, level + 1, next);
    }
    for (const part of [...(resolved.allOf ?? []), resolved.items, valuesOf(resolved)])
      if (part) text += this.fieldList(part, level, next);
    return text;
  }

  private fieldDetail(owner: OpenApiSchema, name: string, field: OpenApiSchema, level: number): string {
    const margin = level * 2;
    const required = owner.required?.includes(name) ? " -required-" : "";
    const head = `${" ".repeat(margin)}${name}\t<${this.typeName(field)}>${required}${shortEnum(field, margin)}\n`;
    if (this.recursive) return head;
    return `${head}${indent(wordWrap(field.description || "<no description>", 78 - margin), margin + 2)}\n\n`;
  }

  /** `[]Container`, `map[string]string`, `integer` */
  private typeName(schema: OpenApiSchema): string {
    if (schema.items) return `[]${this.typeName(schema.items)}`;
    const values = valuesOf(schema);
    if (values) return `map[string]${this.typeName(values)}`;
    if (schema.allOf?.length === 1 && !schema.properties) return this.typeName(schema.allOf[0]!);
    if (schema.$ref) {
      const type = resolveReference(this.schemas, schema.$ref)?.type;
      if (type && type !== "object") return type;
      return schema.$ref.split("/").at(-1)!.split(".").at(-1) || "Object";
    }
    return !schema.type || schema.type === "object" ? "Object" : schema.type;
  }
}

const shown = (value: unknown) => (value === "" ? '""' : String(value));

const longEnum = ({ enum: values }: OpenApiSchema) =>
  values?.length ? `ENUM:${values.map((value) => `\n    ${shown(value)}`).join("")}` : "";

function shortEnum({ enum: values }: OpenApiSchema, margin: number): string {
  if (!values?.length) return "";
  const more = values.length > VALUES_SHOWN ? ", ...." : "";
  return `\n${" ".repeat(margin)}enum: ${values.slice(0, VALUES_SHOWN).map(shown).join(", ")}${more}`;
}

function indent(text: string, amount: number): string {
  const margin = " ".repeat(amount);
  return margin + text.replaceAll("\n", `\n${margin}`);
}
