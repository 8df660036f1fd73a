import {
  describeField,
  elementType,
  type FieldType,
  findField,
  type Schema,
  schemaKey,
  schemaOf,
  typeName,
} from "@/sim/kinds/schema";
import { groupVersionOf } from "../api/discovery";
import type { Call, Command } from "../command";
import { CliError } from "../errors";
import { bool, text } from "../flags/spec";

const WIDTH = 76;
/** Schemas that contain themselves (JSONSchemaProps) end here. */
const DEPTH_LIMIT = 12;

async function run(call: Call): Promise<number> {
  const { session, flags, args } = call;
  if (args.length === 0)
    throw new CliError(
      'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.',
    );
  if (args.length > 1) throw new CliError("We accept only this format: explain RESOURCE");
  const { resource, fields } = await target(call, args[0]!);
  const apiVersion = flags.text("api-version") || groupVersionOf(resource);
  const key = schemaKey(apiVersion, resource.kind);
  if (!key) throw new CliError(`couldn't find resource for "${apiVersion}, Kind=${resource.kind}"`);
  let head = `${resource.group ? `GROUP:      ${resource.group}\n` : ""}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`;
  let schemaName = key;
  let description = describeField(key);
  let schema: Schema | undefined = schemaOf(key);
  if (fields.length > 0) {
    const missing = fields.findIndex((_, index) => !findField(apiVersion, resource.kind, fields.slice(0, index + 1)));
    if (missing >= 0) throw new CliError(`field ${JSON.stringify(fields[missing])} does not exist`);
    const found = findField(apiVersion, resource.kind, fields)!;
    head += `FIELD: ${found.name} <${shownType(found.type)}>${found.required ? " -required-" : ""}\n`;
    if (found.enum) head += `ENUM:\n${found.enum.map((value) => `    ${value}\n`).join("")}`;
    head += "\n";
    description = describeField(found.owner, found.name) || (found.key ? describeField(found.key) : "");
    if (found.key) {
      const own = describeField(found.key);
      if (own && own !== description) description = `${description}\n${own}`;
    }
    schema = found.schema;
    schemaName = found.key ?? "";
  }
  let body = `DESCRIPTION:\n${wrap(description || "<empty>", 4)}\n`;
  if (schema && Object.keys(schema.fields).length > 0)
    body += `FIELDS:\n${flags.bool("recursive") ? tree(schemaName, schema, 2, []) : flat(schemaName, schema)}\n`;
  session.out(head + body);
  return 0;
}

async function target(call: Call, word: string) {
  const [first, ...rest] = word.split(".");
  const { discovery } = call.session;
  const whole = await discovery.find(word);
  if (
    whole &&
    rest.length > 0 &&
    (whole.group === rest.join(".") || `${whole.version}.${whole.group}` === rest.join("."))
  )
    return { resource: whole, fields: [] };
  return { resource: await discovery.require(first!), fields: rest };
}

/** `[]Container`, `map[string]string`, `integer`: types in the documentation's words. */
function shownType(type: FieldType): string {
  if (type.startsWith("[]")) return `[]${shownType(type.slice(2))}`;
  if (type.startsWith("{}")) return `map[string]${shownType(type.slice(2))}`;
  switch (type) {
    case "bool":
      return "boolean";
    case "int32":
    case "int64":
      return "integer";
    case "time":
    case "microtime":
    case "quantity":
    case "intstr":
    case "bytes":
      return { time: "Time", microtime: "MicroTime", quantity: "Quantity", intstr: "IntOrString", bytes: "string" }[
        type
      ];
    case "any":
      return "Object";
    default:
      return type.includes("/") ? typeName(type) : type;
  }
}

const fieldHead = (schema: Schema, name: string) =>
  `${name}\t<${shownType(schema.fields[name]!)}>${schema.required?.includes(name) ? " -required-" : ""}`;

function flat(key: string, schema: Schema): string {
  return Object.keys(schema.fields)
    .map((name) => {
      const values = schema.enums?.[name];
      const listed = values ? `  enum: ${values.slice(0, 4).join(", ")}${values.length > 4 ? ", ...." : ""}\n` : "";
      return `  ${fieldHead(schema, name)}\n${listed}${wrap(describeField(key, name) || "<no description>", 4)}\n`;
    })
    .join("");
}

function tree(key: string, schema: Schema, indent: number, path: string[]): string {
  return Object.keys(schema.fields)
    .map((name) => {
      const inner = elementType(schema.fields[name]!);
      const below = schemaOf(inner);
      const line = `${" ".repeat(indent)}${fieldHead(schema, name)}\n`;
      const values = schema.enums?.[name];
      const listed = values
        ? `${" ".repeat(indent)}enum: ${values.slice(0, 4).join(", ")}${values.length > 4 ? ", ...." : ""}\n`
        : "";
      if (!below || path.includes(inner) || path.length >= DEPTH_LIMIT) return line + listed;
      return line + listed + tree(inner, below, indent + 2, [...path, key]);
    })
    .join("");
}

/** Words in lines of at most 76 characters, paragraphs kept. */
function wrap(source: string, indent: number): string {
  const margin = " ".repeat(indent);
  const lines: string[] = [];
  for (const paragraph of source.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ").filter(Boolean)) {
      if (line && line.length + 1 + word.length > WIDTH) {
        lines.push(line);
        line = word;
      } else line = line ? `${line} ${word}` : word;
    }
    lines.push(line);
  }
  return `${lines.map((line) => (line ? margin + line : "")).join("\n")}\n`;
}

export const explain: Command = {
  name: "explain",
  use: "explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group] [-o|--output=plaintext|plaintext-openapiv2]",
  short: "Get documentation for a resource",
  long: "Print what the fields of a kind mean: TYPE or TYPE.FIELD.FIELD.",
  examples: `# A kind
kubectl explain pods

# A field of it
kubectl explain pods.spec.containers`,
  flags: [text("api-version"), text("output", { default: "plaintext" }), bool("recursive")],
  run,
  complete: "types",
};
