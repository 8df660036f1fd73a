import { booleanField, field } from "./writer";

/**
 * An OpenAPI 2 document as the messages of gnostic's `OpenAPIv2.proto`: what kubectl asks for to validate manifests whose
 * kind it does not find, and older ones always. Carries what the document has, no more.
 */
export function encodeOpenApiV2(document: unknown): Buffer {
  return message(document as Json, DOCUMENT);
}

type Json = Record<string, any>;
type Encoder = (value: any) => Buffer[];
type Message = Record<string, Encoder>;

const text =
  (number: number): Encoder =>
  (value: string) => [field(number, value)];
const flag =
  (number: number): Encoder =>
  (value: boolean) => [booleanField(number, value)];
const each =
  (number: number): Encoder =>
  (values: string[]) =>
    values.map((value) => field(number, value));
const nested =
  (number: number, encode: (value: any) => Buffer): Encoder =>
  (value) => [field(number, encode(value))];

/** Free values travel as YAML texts, of which JSON is a part. */
const any = (value: unknown): Buffer => field(2, JSON.stringify(value));

const named = (number: number, name: string, value: Buffer): Buffer =>
  field(number, Buffer.concat([field(1, name), field(2, value)]));

const namedAll =
  (number: number, encode: (value: any) => Buffer) =>
  (values: Json): Buffer =>
    Buffer.concat(Object.entries(values).map(([name, value]) => named(number, name, encode(value))));

/** A message's known fields, and its extensions under `extensions`. */
function message(value: Json, fields: Message, extensions?: number): Buffer {
  const parts: Buffer[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (name.startsWith("x-")) {
      if (extensions !== undefined) parts.push(named(extensions, name, any(member)));
    } else {
      parts.push(...(fields[name]?.(member) ?? []));
    }
  }
  return Buffer.concat(parts);
}

const SCHEMA: Message = {
  $ref: text(1),
  format: text(2),
  description: text(4),
  default: nested(5, any),
  required: each(19),
  enum: (values: unknown[]) => values.map((value) => field(20, any(value))),
  additionalProperties: nested(21, (value) => field(1, schema(value))),
  type: nested(22, (value) => field(1, value)),
  items: nested(23, (value) => field(1, schema(value))),
  properties: nested(25, (values) => namedAll(1, schema)(values)),
};

function schema(value: Json): Buffer {
  return message(value, SCHEMA, 31);
}

const BODY: Message = {
  description: text(1),
  name: text(2),
  in: text(3),
  required: flag(4),
  schema: nested(5, schema),
};
const QUERY: Message = {
  required: flag(1),
  in: text(2),
  description: text(3),
  name: text(4),
  type: text(6),
  uniqueItems: flag(20),
};
const PATH: Message = {
  required: flag(1),
  in: text(2),
  description: text(3),
  name: text(4),
  type: text(5),
  uniqueItems: flag(19),
};

/** ParametersItem, Parameter and, for all but bodies, NonBodyParameter are wrapped around each other. */
function parameter(value: Json): Buffer {
  if (value.in === "body") return field(1, field(1, message(value, BODY)));
  return field(1, field(2, value.in === "path" ? field(4, message(value, PATH)) : field(3, message(value, QUERY))));
}

const parameters =
  (number: number): Encoder =>
  (values: Json[]) =>
    values.map((value) => field(number, parameter(value)));

const RESPONSE: Message = { description: text(1), schema: nested(2, (value) => field(1, schema(value))) };

const OPERATION: Message = {
  produces: each(6),
  consumes: each(7),
  parameters: parameters(8),
  responses: nested(9, (values) => namedAll(1, (value) => field(1, message(value, RESPONSE)))(values)),
};

const operation = (number: number): Encoder => nested(number, (value) => message(value, OPERATION, 13));

const PATH_ITEM: Message = {
  get: operation(2),
  put: operation(3),
  post: operation(4),
  delete: operation(5),
  patch: operation(8),
  parameters: parameters(9),
};

const DOCUMENT: Message = {
  swagger: text(1),
  info: nested(2, (value) => message(value, { title: text(1), version: text(2) })),
  paths: nested(8, (values) => namedAll(2, (value) => message(value, PATH_ITEM))(values)),
  definitions: nested(9, (values) => namedAll(1, schema)(values)),
};
