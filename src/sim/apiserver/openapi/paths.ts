import { schemaKey } from "../../kinds/schema";
import { groupVersion, type KindDefinition } from "../kind";
import { patchTypesOf } from "../patching";
import { customDefinitionName } from "./custom";
import { type Dialect, gvkOf, reference } from "./definitions";
import { definitionName } from "./names";

type Document = Record<string, unknown>;

const JSON_TYPE = "application/json";

interface Parameter {
  name: string;
  description: string;
  type: "string" | "boolean" | "integer";
}

const WRITES: Parameter[] = [
  { name: "dryRun", type: "string", description: "All: nothing is stored." },
  { name: "fieldManager", type: "string", description: "The name of who makes the change." },
  { name: "fieldValidation", type: "string", description: "What to do about unknown fields: Ignore, Warn or Strict." },
];

const LISTS: Parameter[] = [
  { name: "allowWatchBookmarks", type: "boolean", description: "Whether a watch may send bookmarks." },
  { name: "continue", type: "string", description: "Where the page starts." },
  { name: "fieldSelector", type: "string", description: "Only objects with these fields." },
  { name: "labelSelector", type: "string", description: "Only objects with these labels." },
  { name: "limit", type: "integer", description: "How many items a page has at most." },
  { name: "resourceVersion", type: "string", description: "The state of the store to read or to watch from." },
  { name: "resourceVersionMatch", type: "string", description: "How resourceVersion counts for a list." },
  { name: "timeoutSeconds", type: "integer", description: "How long the request may last." },
  { name: "watch", type: "boolean", description: "Whether to be told of changes." },
];

const DELETES: Parameter[] = [
  { name: "dryRun", type: "string", description: "All: nothing is stored." },
  { name: "gracePeriodSeconds", type: "integer", description: "How long the object has to end." },
  { name: "propagationPolicy", type: "string", description: "What becomes of what it owns." },
];

/** The paths of a kind with their operations. */
export function pathsOf(kind: KindDefinition, dialect: Dialect): Record<string, Document> {
  const base = kind.group ? `/apis/${groupVersion(kind)}` : `/api/${kind.version}`;
  const inScope = kind.namespaced ? `${base}/namespaces/{namespace}/${kind.plural}` : `${base}/${kind.plural}`;
  const operation = (verb: string, parameters: Parameter[], patch = false) =>
    operationOf(kind, dialect, verb, parameters, patch);
  const item = {
    get: operation("get", []),
    put: operation("put", WRITES),
    patch: operation("patch", [...WRITES, { name: "force", type: "boolean", description: "Take fields over." }], true),
  };
  const verbs = new Set(kind.verbs ?? ["create", "delete", "deletecollection", "get", "list", "patch", "update"]);
  const paths: Record<string, Document> = {
    [inScope]: scoped(kind.namespaced, false, dialect, {
      get: operation("list", LISTS),
      ...(verbs.has("create") && { post: operation("post", WRITES) }),
      ...(verbs.has("deletecollection") && { delete: operation("deletecollection", [...LISTS, ...DELETES]) }),
    }),
    [`${inScope}/{name}`]: scoped(kind.namespaced, true, dialect, { ...item, delete: operation("delete", DELETES) }),
  };
  if (kind.namespaced) paths[`${base}/${kind.plural}`] = { get: operation("list", LISTS) };
  if (kind.hasStatus) paths[`${inScope}/{name}/status`] = scoped(kind.namespaced, true, dialect, item);
  return paths;
}

/** Adds the parameters that stand in the path itself. */
function scoped(namespaced: boolean, named: boolean, dialect: Dialect, operations: Document): Document {
  const inPath = (name: string) => ({
    name,
    in: "path",
    required: true,
    ...(dialect === "v2" ? { type: "string", uniqueItems: true } : { schema: { type: "string", uniqueItems: true } }),
  });
  const parameters = [...(named ? [inPath("name")] : []), ...(namespaced ? [inPath("namespace")] : [])];
  return { ...operations, ...(parameters.length > 0 && { parameters }) };
}

function operationOf(
  kind: KindDefinition,
  dialect: Dialect,
  verb: string,
  parameters: Parameter[],
  patch: boolean,
): Document {
  const name = kind.structural
    ? customDefinitionName(kind)
    : definitionName(schemaKey(groupVersion(kind), kind.kind) ?? kind.kind);
  const schema = { $ref: reference(verb === "list" ? `${name}List` : name, dialect) };
  const hasBody = ["post", "put", "patch"].includes(verb);
  const types = patch ? patchTypesOf(kind) : [JSON_TYPE];
  const query = parameters.map(({ type, ...rest }) => ({
    ...rest,
    in: "query",
    ...(dialect === "v2" ? { type, uniqueItems: true } : { schema: { type, uniqueItems: true } }),
  }));
  const body = patch ? { type: "object" } : schema;
  const common = { "x-kubernetes-action": verb, "x-kubernetes-group-version-kind": gvkOf(kind) };
  if (dialect === "v2") {
    return {
      consumes: hasBody ? types : ["*/*"],
      produces: [JSON_TYPE],
      parameters: [...(hasBody ? [{ name: "body", in: "body", required: true, schema: body }] : []), ...query],
      responses: { 200: { description: "OK", schema } },
      ...common,
    };
  }
  return {
    parameters: query,
    ...(hasBody && {
      requestBody: { required: true, content: Object.fromEntries(types.map((type) => [type, { schema: body }])) },
    }),
    responses: { 200: { description: "OK", content: { [JSON_TYPE]: { schema } } } },
    ...common,
  };
}
