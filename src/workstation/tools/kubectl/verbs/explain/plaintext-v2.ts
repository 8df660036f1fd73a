import { CliError } from "../../errors";
import { fieldsOf, type OpenApiSchema, type OpenApiSchemas, resolveReference, valuesOf } from "../../openapi/schema";
import { wrapParagraphs } from "./paragraphs";

const FIELD_MARGIN = 3;
const DESCRIPTION_MARGIN = 5;

export interface ExplainedKind {
  kind: string;
  groupVersion: string;
}

/** The older form, `--output=plaintext-openapiv2`, made from the second version's document. */
export function explainV2(
  schemas: OpenApiSchemas,
  root: OpenApiSchema,
  path: readonly string[],
  { kind, groupVersion }: ExplainedKind,
  recursive: boolean,
): string {
  const printer = new PlaintextV2(schemas);
  const found = printer.find(root, path);
  const head = `KIND:     ${kind}\nVERSION:  ${groupVersion}\n\n`;
  const name = path.at(-1) ?? "";
  const { target, descriptions } = printer.below(found);
  const named = name === "" ? "" : `${name} <${printer.typeName(found)}>\n\n`;
  const described = describedBy([...descriptions, target.description ?? ""]);
  if (target.properties) {
    const fields = recursive ? printer.tree(target, FIELD_MARGIN, new Set()) : printer.flat(target);
    return `${head}${named && `RESOURCE: ${named}`}${described}\nFIELDS:\n${fields}`;
  }
  return isArbitrary(target) ? head + described : `${head}FIELD:    ${named}${described}`;
}

/** Neither type nor fields: anything may stand there. */
const isArbitrary = (schema: OpenApiSchema) => !schema.type && !schema.properties && !schema.$ref;

function describedBy(descriptions: readonly string[]): string {
  let text = "DESCRIPTION:\n";
  if (descriptions.every((each) => each === "")) return `${text}${" ".repeat(DESCRIPTION_MARGIN)}<empty>\n`;
  descriptions.forEach((description, index) => {
    if (description !== "") text += `${index > 0 ? "\n" : ""}${wrapParagraphs(description, DESCRIPTION_MARGIN)}`;
  });
  return text;
}

class PlaintextV2 {
  constructor(private readonly schemas: OpenApiSchemas) {}

  /** Follows field names; lists, maps and references are passed through, plain values end the way. */
  find(schema: OpenApiSchema, path: readonly string[]): OpenApiSchema {
    if (path.length === 0) return schema;
    const inner = this.inner(schema);
    if (inner) return this.find(inner, path);
    if (!schema.properties) return schema;
    const field = Object.hasOwn(schema.properties, path[0]!) ? schema.properties[path[0]!] : undefined;
    if (!field) throw new CliError(`field ${JSON.stringify(path[0])} does not exist`);
    return this.find(field, path.slice(1));
  }

  /** The kind or plain value that lists, maps and references lead to, and what was said on the way. */
  below(schema: OpenApiSchema): { target: OpenApiSchema; descriptions: string[] } {
    const descriptions: string[] = [];
    let target = schema;
    for (let inner = this.inner(target); inner; inner = this.inner(target)) {
      descriptions.push(target.description ?? "");
      target = inner;
    }
    return { target, descriptions };
  }

  flat(schema: OpenApiSchema): string {
    return fieldsOf(schema)
      .map(([name, field]) => {
        const required = schema.required?.includes(name) ? " -required-" : "";
        const head = `${" ".repeat(FIELD_MARGIN)}${name}\t<${this.typeName(field)}>${required}\n`;
        return `${head}${wrapParagraphs(field.description ?? "", DESCRIPTION_MARGIN)}\n`;
      })
      .join("");
  }

  tree(schema: OpenApiSchema, margin: number, seen: ReadonlySet<string>): string {
    return fieldsOf(schema)
      .map(([name, field]) => {
        const line = `${" ".repeat(margin)}${name}\t<${this.typeName(field)}>\n`;
        return line + this.treeBelow(field, margin + FIELD_MARGIN, seen);
      })
      .join("");
  }

  private treeBelow(schema: OpenApiSchema, margin: number, seen: ReadonlySet<string>): string {
    if (schema.$ref && seen.has(schema.$ref)) return "";
    const next = schema.$ref ? new Set([...seen, schema.$ref]) : seen;
    const inner = this.inner(schema);
    if (inner) return this.treeBelow(inner, margin, next);
    return schema.properties ? this.tree(schema, margin, next) : "";
  }

  typeName(schema: OpenApiSchema): string {
    if (schema.$ref) return this.typeName(this.inner(schema) ?? {});
    if (schema.items) return `[]${this.typeName(schema.items)}`;
    if (schema.properties) return "Object";
    if (schema.type === "object") return `map[string]${this.typeName(valuesOf(schema) ?? {})}`;
    return schema.type ?? "";
  }

  private inner(schema: OpenApiSchema): OpenApiSchema | undefined {
    if (schema.$ref) return resolveReference(this.schemas, schema.$ref);
    if (schema.items) return schema.items;
    // A map that does not say what it holds may hold anything.
    return schema.type === "object" && !schema.properties ? (valuesOf(schema) ?? {}) : undefined;
  }
}
