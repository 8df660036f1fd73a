import { isDict, type JsonSchema } from "../../kinds/custom-resource/schema";
import { describeField } from "../../kinds/schema";
import type { KindDefinition } from "../kind";

type Document = Record<string, unknown>;

/** `com.example.stable.v1.CronTab`: the group's words come in reverse. */
export const customDefinitionName = ({ group, version, kind }: KindDefinition): string =>
  [...group.split(".").reverse(), version, kind].join(".");

/** Not of OpenAPI v2, where clients stumble over them. */
const ONLY_IN_V3: ReadonlySet<string> = new Set(["nullable", "oneOf", "anyOf", "allOf", "not", "default"]);

/** The schema of a custom kind as documents show it; `metadata` is a reference to that of all objects. */
export function customDefinition(kind: KindDefinition, metadata: Document, dialect: "v2" | "v3"): Document {
  const schema = shown(kind.structural!, dialect);
  const { metadata: _, ...properties } = (schema.properties ?? {}) as Document;
  const named = (field: string) => ({ description: describeField("v1/Pod", field), type: "string" });
  return {
    ...schema,
    type: "object",
    properties: { apiVersion: named("apiVersion"), kind: named("kind"), metadata, ...properties },
  };
}

/** In v2 what preserves unknown fields says nothing of the fields that it knows. */
function shown(schema: JsonSchema, dialect: "v2" | "v3"): Document {
  if (dialect === "v3") return { ...schema };
  const { description } = schema;
  if (schema["x-kubernetes-preserve-unknown-fields"]) {
    const rest = schema.type ? { type: schema.type } : {};
    return { ...(description && { description }), ...rest, "x-kubernetes-preserve-unknown-fields": true };
  }
  if (schema["x-kubernetes-int-or-string"])
    return { ...(description && { description }), "x-kubernetes-int-or-string": true };
  const members = Object.entries(schema).filter(([field]) => !ONLY_IN_V3.has(field));
  return Object.fromEntries(members.map(([field, value]) => [field, inside(field, value)]));
}

function inside(field: string, value: unknown): unknown {
  if (field === "properties")
    return Object.fromEntries(
      Object.entries(value as Record<string, JsonSchema>).map(([name, one]) => [name, shown(one, "v2")]),
    );
  return (field === "items" || field === "additionalProperties") && isDict(value)
    ? shown(value as JsonSchema, "v2")
    : value;
}
