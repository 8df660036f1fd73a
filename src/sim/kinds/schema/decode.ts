import { parseRfc3339 } from "../../kernel/time";
import { quantityError } from "../quantity";
import { base64Error } from "../secret/encode";
import { elementType, fieldTypeOf, schemaKey, schemaOf, typeName } from "./lookup";
import type { FieldType } from "./types";

/** Fields whose Go type is a text with a name of its own, which the decoder's complaint shows. */
const NAMED_TEXTS: Record<string, string> = {
  "Container.imagePullPolicy": "v1.PullPolicy",
  "Container.restartPolicy": "v1.ContainerRestartPolicy",
  "Container.terminationMessagePolicy": "v1.TerminationMessagePolicy",
  "ContainerPort.protocol": "v1.Protocol",
  "DeploymentStrategy.type": "v1.DeploymentStrategyType",
  "EndpointPort.protocol": "v1.Protocol",
  "HTTPGetAction.scheme": "v1.URIScheme",
  "LabelSelectorRequirement.operator": "v1.LabelSelectorOperator",
  "NodeSelectorRequirement.operator": "v1.NodeSelectorOperator",
  "ObjectMeta.uid": "types.UID",
  "PodSpec.dnsPolicy": "v1.DNSPolicy",
  "PodSpec.restartPolicy": "v1.RestartPolicy",
  "Secret.type": "v1.SecretType",
  "ServicePort.protocol": "v1.Protocol",
  "ServiceSpec.sessionAffinity": "v1.ServiceAffinity",
  "ServiceSpec.type": "v1.ServiceType",
  "Taint.effect": "v1.TaintEffect",
  "Toleration.effect": "v1.TaintEffect",
  "Toleration.operator": "v1.TolerationOperator",
};

const INT32_MAX = 2 ** 31 - 1;

/**
 * The first thing in an object that the server's decoder cannot put into the Go type of its field, in the decoder's
 * words: `json: cannot unmarshal string into Go struct field ContainerPort.spec.containers.ports.containerPort of
 * type int32`. Undefined where all fits, and for kinds without a schema.
 */
export function decodeError(object: unknown): string | undefined {
  const { apiVersion, kind } = (object ?? {}) as { apiVersion?: string; kind?: string };
  const key = schemaKey(apiVersion ?? "", kind ?? "");
  return key ? check(object, key, { struct: "", path: "" }) : undefined;
}

/** `Deployment in version "v1" cannot be handled as a Deployment: …`: the message of the BadRequest. */
export const cannotBeHandled = (kind: string, version: string, why: string): string =>
  `${kind} in version "${version}" cannot be handled as a ${kind}: ${why}`;

/** The message for fields that strict decoding does not know. */
export const strictDecodingError = (complaints: readonly string[]): string =>
  `strict decoding error: ${complaints.join(", ")}`;

interface Place {
  /** Go type of the innermost struct, and the names of the fields down to here, without indexes and map keys. */
  struct: string;
  path: string;
}

function check(value: unknown, type: FieldType, place: Place): string | undefined {
  if (value === null || value === undefined || type === "any") return undefined;
  if (type.startsWith("[]")) {
    if (!Array.isArray(value)) return mismatch(value, type, place);
    return first(value, (item) => check(item, type.slice(2), place));
  }
  if (type.startsWith("{}")) {
    if (typeof value !== "object" || Array.isArray(value)) return mismatch(value, type, place);
    return first(sorted(value), ([, member]) => check(member, type.slice(2), place));
  }
  const schema = schemaOf(type);
  if (!schema) return checkScalar(value, type, place);
  if (typeof value !== "object" || Array.isArray(value)) return mismatch(value, type, place);
  return first(sorted(value), ([name, member]) => {
    const fieldType = fieldTypeOf(schema, name);
    if (fieldType === undefined) return undefined;
    return check(member, fieldType, { struct: typeName(type), path: place.path ? `${place.path}.${name}` : name });
  });
}

function checkScalar(value: unknown, type: FieldType, place: Place): string | undefined {
  switch (type) {
    case "string":
      return typeof value === "string" ? undefined : mismatch(value, type, place);
    case "bool":
      return typeof value === "boolean" ? undefined : mismatch(value, type, place);
    case "int32":
    case "int64":
      if (typeof value !== "number") return mismatch(value, type, place);
      return Number.isInteger(value) && (type === "int64" || Math.abs(value) <= INT32_MAX + 1)
        ? undefined
        : mismatch(value, type, place, `number ${value}`);
    case "number":
      return typeof value === "number" ? undefined : mismatch(value, type, place);
    case "quantity":
      if (typeof value === "object" || typeof value === "boolean") return quantityError("");
      return quantityError(typeof value === "string" ? value.trim() : value);
    case "intstr":
      if (typeof value === "string") return undefined;
      if (typeof value === "number" && Number.isInteger(value)) return undefined;
      return `json: cannot unmarshal ${typeof value === "number" ? `number ${value}` : jsonKind(value)} into Go value of type int32`;
    case "bytes":
      return typeof value === "string" ? base64Error(value) : mismatch(value, type, place);
    case "time":
    case "microtime":
      return checkTime(value, type);
    default:
      return undefined;
  }
}

const LAYOUTS = { time: "2006-01-02T15:04:05Z07:00", microtime: "2006-01-02T15:04:05.000000Z07:00" };

function checkTime(value: unknown, type: "time" | "microtime"): string | undefined {
  if (typeof value !== "string") return `json: cannot unmarshal ${jsonKind(value)} into Go value of type string`;
  if (value === "" || parseRfc3339(value) !== undefined) return undefined;
  const quoted = JSON.stringify(value);
  return `parsing time ${quoted} as "${LAYOUTS[type]}": cannot parse ${quoted} as "2006"`;
}

function mismatch(value: unknown, type: FieldType, { struct, path }: Place, what = jsonKind(value)): string {
  const field = path.slice(path.lastIndexOf(".") + 1);
  const named = elementType(type) === "string" ? NAMED_TEXTS[`${struct}.${field}`] : undefined;
  if (!struct) return `json: cannot unmarshal ${what} into Go value of type ${goType(type)}`;
  return `json: cannot unmarshal ${what} into Go struct field ${struct}.${path} of type ${named ?? goType(type)}`;
}

const jsonKind = (value: unknown): string => {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
};

const GO_SCALARS: Record<string, string> = {
  bool: "bool",
  bytes: "[]uint8",
  int32: "int32",
  int64: "int64",
  intstr: "intstr.IntOrString",
  microtime: "v1.MicroTime",
  number: "float64",
  quantity: "resource.Quantity",
  string: "string",
  time: "v1.Time",
};

function goType(type: FieldType): string {
  if (type.startsWith("[]")) return `[]${goType(type.slice(2))}`;
  if (type === "{}quantity") return "v1.ResourceList";
  if (type.startsWith("{}")) return `map[string]${goType(type.slice(2))}`;
  if (GO_SCALARS[type]) return GO_SCALARS[type];
  // `v1.PodSpec`, `v2.MetricSpec`: the package is named by the version.
  const parts = type.split("/");
  return `${parts.at(-2)}.${parts.at(-1)}`;
}

function first<T>(items: Iterable<T>, complaint: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const text = complaint(item);
    if (text !== undefined) return text;
  }
  return undefined;
}

const sorted = (value: object): [string, unknown][] =>
  Object.entries(value).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
