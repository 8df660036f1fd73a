import { describeField, elementType, type FieldType, schemaKey, schemaOf } from "../../kinds/schema";
import { groupVersion, type KindDefinition } from "../kind";
import {
  atomicMaps,
  atomicTypes,
  listTypes,
  markedAtomic,
  separableFields,
  unmarkedLists,
} from "../managed-fields/list-types";
import { customDefinition, customDefinitionName } from "./custom";
import { type MergeStrategies, mergeExtensions } from "./merge-strategies";
import { definitionName, NAMED_ANY, NAMED_FIELDS, NAMED_VALUES } from "./names";

type Document = Record<string, unknown>;

/** In which document schemas are written, which decides how they refer to each other. */
export type Dialect = "v2" | "v3";

const LIST_META = "meta/v1/ListMeta";
const OBJECT_META = "meta/v1/ObjectMeta";

/** What the document of a whole server has beside kinds: bodies of subresources, options and answers. */
const OF_EVERY_SERVER = [
  "authentication.k8s.io/v1/TokenRequest",
  "autoscaling/v1/Scale",
  "meta/v1/APIGroup",
  "meta/v1/APIGroupList",
  "meta/v1/APIResourceList",
  "meta/v1/APIVersions",
  "meta/v1/DeleteOptions",
  "meta/v1/Status",
  "meta/v1/WatchEvent",
  "policy/v1/Eviction",
  "v1/Binding",
  "version/Info",
];

const PLAIN: Record<string, Document> = {
  any: { type: "object" },
  bool: { type: "boolean" },
  bytes: { type: "string", format: "byte" },
  int32: { type: "integer", format: "int32" },
  int64: { type: "integer", format: "int64" },
  number: { type: "number", format: "double" },
  string: { type: "string" },
};

/** The schemas of kinds, of their lists and of all that they are made of, by name. */
export function definitionsOf(
  kinds: readonly KindDefinition[],
  merges: MergeStrategies,
  dialect: Dialect,
): Record<string, Document> {
  const definitions: Record<string, Document> = {};
  const visit = (key: string) => {
    const name = definitionName(key);
    if (definitions[name]) return;
    definitions[name] = {};
    definitions[name] = definition(key, merges, dialect, visit);
  };
  for (const kind of kinds) {
    const key = schemaKey(groupVersion(kind), kind.kind);
    if (kind.structural) {
      visit(OBJECT_META);
      const name = customDefinitionName(kind);
      const metadata = described(
        "Standard object's metadata.",
        { $ref: reference(definitionName(OBJECT_META), dialect) },
        dialect,
      );
      const gvk = { "x-kubernetes-group-version-kind": [gvkOf(kind)] };
      definitions[name] = { ...customDefinition(kind, metadata, dialect), ...gvk };
      definitions[`${name}List`] = listDefinition(kind, name, "v1/Pod", dialect);
    }
    if (!key) continue;
    visit(key);
    const gvk = gvkOf(kind);
    Object.assign(definitions[definitionName(key)]!, { "x-kubernetes-group-version-kind": [gvk] });
    definitions[definitionName(`${key}List`)] = listDefinition(kind, definitionName(key), key, dialect);
  }
  if (dialect === "v2") for (const key of OF_EVERY_SERVER) visit(key);
  Object.assign(definitions, NAMED_ANY);
  definitions[definitionName(LIST_META)] = listMeta;
  for (const { name, schema, oneOf } of Object.values(NAMED_VALUES)) {
    const { type: _, ...rest } = schema;
    definitions[name] = oneOf && dialect === "v3" ? { ...rest, oneOf } : schema;
  }
  return Object.fromEntries(Object.entries(definitions).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const gvkOf = ({ group, version, kind }: Pick<KindDefinition, "group" | "version" | "kind">) => ({
  group,
  kind,
  version,
});

export const reference = (name: string, dialect: Dialect): string =>
  `${dialect === "v2" ? "#/definitions/" : "#/components/schemas/"}${name}`;

function definition(key: string, merges: MergeStrategies, dialect: Dialect, visit: (key: string) => void): Document {
  const schema = schemaOf(key)!;
  const properties: Document = {};
  for (const [name, type] of Object.entries(schema.fields)) {
    const element = elementType(type);
    if (schemaOf(element)) visit(element);
    const values = schema.enums?.[name];
    properties[name] = {
      ...described(describeField(key, name), fieldSchema(type, dialect, NAMED_FIELDS[`${key}.${name}`]), dialect),
      ...(values && { enum: values }),
      ...listExtensions(type, `${key}.${name}`),
      ...mergeExtensions(merges.get(`${key}.${name}`)),
    };
  }
  return {
    description: describeField(key),
    type: "object",
    ...(Object.keys(properties).length > 0 && { properties }),
    ...(schema.required && { required: schema.required }),
    ...(atomicTypes.has(key) && { "x-kubernetes-map-type": "atomic" }),
  };
}

/** How server-side apply takes a list, a map or a struct: as a whole, or entry by entry. */
function listExtensions(type: FieldType, at: string): Document {
  if (atomicMaps.has(at)) return { "x-kubernetes-map-type": "atomic" };
  if (separableFields.has(at)) return { "x-kubernetes-map-type": "granular" };
  if (markedAtomic.has(at)) return { "x-kubernetes-list-type": "atomic" };
  if (!type.startsWith("[]") || unmarkedLists.has(at)) return {};
  const identity = listTypes.get(at);
  if (!identity || identity === "set") return { "x-kubernetes-list-type": identity ?? "atomic" };
  return { "x-kubernetes-list-map-keys": identity.split(","), "x-kubernetes-list-type": "map" };
}

/** In OpenAPI 3 a reference has no siblings: it is wrapped. */
function described(description: string, schema: Document, dialect: Dialect): Document {
  if (schema.$ref && dialect === "v3") return { description, allOf: [schema] };
  return { description, ...schema };
}

/** `named` is the definition of what the field is made of, where its type alone does not tell. */
function fieldSchema(type: FieldType, dialect: Dialect, named?: string): Document {
  const inner = () => wrapped(fieldSchema(type.slice(2), dialect, named), dialect);
  if (type.startsWith("[]")) return { type: "array", items: inner() };
  if (type.startsWith("{}")) return { type: "object", additionalProperties: inner() };
  if (named) return { $ref: reference(named, dialect) };
  const plain = PLAIN[type];
  if (plain) return { ...plain };
  return { $ref: reference(NAMED_VALUES[type]?.name ?? definitionName(type), dialect) };
}

const wrapped = (schema: Document, dialect: Dialect): Document =>
  schema.$ref && dialect === "v3" ? { allOf: [schema], default: {} } : schema;

const listMeta: Document = {
  description: "What a list says of itself.",
  type: "object",
  properties: {
    continue: { type: "string", description: "Where the next page starts; empty on the last one." },
    remainingItemCount: { type: "integer", format: "int64", description: "How many items come after this page." },
    resourceVersion: { type: "string", description: "The state of the store that the list shows." },
    selfLink: { type: "string", description: "No longer set." },
  },
};

/** `name` is the schema of an item; `key` has the descriptions of what every kind has. */
function listDefinition(kind: KindDefinition, name: string, key: string, dialect: Dialect): Document {
  return {
    description: `A list of ${kind.plural}.`,
    type: "object",
    properties: {
      apiVersion: { type: "string", description: describeField(key, "apiVersion") },
      items: {
        type: "array",
        description: `The ${kind.plural}.`,
        items: wrapped({ $ref: reference(name, dialect) }, dialect),
      },
      kind: { type: "string", description: describeField(key, "kind") },
      metadata: described("Of the list.", { $ref: reference(definitionName(LIST_META), dialect) }, dialect),
    },
    required: ["items"],
    "x-kubernetes-group-version-kind": [{ ...gvkOf(kind), kind: kind.listKind ?? `${kind.kind}List` }],
  };
}
