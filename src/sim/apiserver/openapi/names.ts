/** Groups whose types live with the servers that serve them. */
const EXTENSION_SERVERS: Readonly<Record<string, string>> = {
  "apiextensions.k8s.io": "apiextensions-apiserver.pkg.apis.apiextensions",
  "apiregistration.k8s.io": "kube-aggregator.pkg.apis.apiregistration",
};

/** `io.k8s.api.core.v1.Pod` of `v1/Pod`: how OpenAPI documents name a schema. */
export function definitionName(key: string): string {
  if (key === "version/Info") return "io.k8s.apimachinery.pkg.version.Info";
  const parts = key.split("/");
  const [type, version, group = "core"] = parts.reverse();
  if (group === "meta") return `io.k8s.apimachinery.pkg.apis.meta.${version}.${type}`;
  const server = EXTENSION_SERVERS[group];
  if (server) return `io.k8s.${server}.${version}.${type}`;
  return `io.k8s.api.${group.replace(/\.authorization\.k8s\.io$|\.k8s\.io$/, "")}.${version}.${type}`;
}

interface NamedValue {
  name: string;
  schema: Record<string, unknown>;
  /** In OpenAPI 3, where it can say that there are several types. */
  oneOf?: { type: string }[];
}

/** Types whose JSON is a plain value, yet which documents name. */
export const NAMED_VALUES: Record<string, NamedValue> = {
  time: {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.Time",
    schema: { type: "string", format: "date-time", description: "A moment, as RFC 3339 writes it." },
  },
  microtime: {
    name: "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime",
    schema: { type: "string", format: "date-time", description: "A moment to the microsecond, as RFC 3339 writes it." },
  },
  quantity: {
    name: "io.k8s.apimachinery.pkg.api.resource.Quantity",
    schema: { type: "string", description: "An amount with a unit: 500m, 1.5Gi, 2e3." },
    oneOf: [{ type: "string" }, { type: "number" }],
  },
  intstr: {
    name: "io.k8s.apimachinery.pkg.util.intstr.IntOrString",
    schema: { type: "string", format: "int-or-string", description: "A whole number or a text." },
    oneOf: [{ type: "integer" }, { type: "string" }],
  },
};

const META = "io.k8s.apimachinery.pkg.apis.meta.v1";
const EXTENSIONS = "io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1";

/** Values that may be anything, yet have a name of their own. */
export const NAMED_ANY: Record<string, Record<string, unknown>> = {
  [`${META}.FieldsV1`]: { type: "object", description: "The fields that a manager owns, as a set of paths." },
  [`${META}.Patch`]: { type: "object", description: "The body of a PATCH." },
  "io.k8s.apimachinery.pkg.runtime.RawExtension": { type: "object", description: "Any object." },
  [`${EXTENSIONS}.JSON`]: { description: "Any JSON value." },
  [`${EXTENSIONS}.JSONSchemaPropsOrArray`]: { description: "A schema, or a list of schemas." },
  [`${EXTENSIONS}.JSONSchemaPropsOrBool`]: { description: "A schema, or whether anything is allowed." },
  [`${EXTENSIONS}.JSONSchemaPropsOrStringArray`]: { description: "A schema, or a list of names." },
};

const SCHEMA = "apiextensions.k8s.io/v1/JSONSchemaProps";

/** Fields that hold such values, or lists or maps of them. */
export const NAMED_FIELDS: Record<string, string> = {
  "apps/v1/ControllerRevision.data": "io.k8s.apimachinery.pkg.runtime.RawExtension",
  "meta/v1/ManagedFieldsEntry.fieldsV1": `${META}.FieldsV1`,
  "meta/v1/WatchEvent.object": "io.k8s.apimachinery.pkg.runtime.RawExtension",
  [`${SCHEMA}.additionalItems`]: `${EXTENSIONS}.JSONSchemaPropsOrBool`,
  [`${SCHEMA}.additionalProperties`]: `${EXTENSIONS}.JSONSchemaPropsOrBool`,
  [`${SCHEMA}.default`]: `${EXTENSIONS}.JSON`,
  [`${SCHEMA}.dependencies`]: `${EXTENSIONS}.JSONSchemaPropsOrStringArray`,
  [`${SCHEMA}.enum`]: `${EXTENSIONS}.JSON`,
  [`${SCHEMA}.example`]: `${EXTENSIONS}.JSON`,
  [`${SCHEMA}.items`]: `${EXTENSIONS}.JSONSchemaPropsOrArray`,
};
