/** A schema as the server's OpenAPI documents write it. */
export interface OpenApiSchema {
  $ref?: string;
  type?: string;
  description?: string;
  properties?: Record<string, OpenApiSchema>;
  items?: OpenApiSchema;
  additionalProperties?: OpenApiSchema | boolean;
  allOf?: OpenApiSchema[];
  required?: string[];
  enum?: unknown[];
  "x-kubernetes-group-version-kind"?: { group: string; version: string; kind: string }[];
}

/** All schemas of a document, by name. */
export type OpenApiSchemas = Readonly<Record<string, OpenApiSchema>>;

/** What a reference stands for; undefined where it is none, or points nowhere. */
export const resolveReference = (schemas: OpenApiSchemas, reference: string | undefined): OpenApiSchema | undefined =>
  reference === undefined ? undefined : schemas[reference.slice(reference.lastIndexOf("/") + 1)];

/** The schema of a kind. */
export const schemaOfKind = (
  schemas: OpenApiSchemas,
  wanted: { group: string; version: string; kind: string },
): OpenApiSchema | undefined =>
  Object.values(schemas).find((schema) =>
    schema["x-kubernetes-group-version-kind"]?.some(
      ({ group, version, kind }) => group === wanted.group && version === wanted.version && kind === wanted.kind,
    ),
  );

/** What a map's values look like, if that is said. */
export const valuesOf = ({ additionalProperties }: OpenApiSchema): OpenApiSchema | undefined =>
  typeof additionalProperties === "object" ? additionalProperties : undefined;

/** Fields by name, in order of name. */
export const fieldsOf = ({ properties = {} }: OpenApiSchema): [string, OpenApiSchema][] =>
  Object.entries(properties).sort(([a], [b]) => (a < b ? -1 : 1));
