import { setOwn } from "@/sim/kernel/own";
import { rfc3339 } from "@/sim/kernel/time";
import { type FieldType, type Schema, schemaKey, schemaOf } from "@/sim/kinds/schema";
import { FIELD_NUMBERS } from "./field-numbers";
import { bytesOf, doubleOf, integerOf, readFields, textOf, WireError, type WireField } from "./reader";

/** `k8s` and a zero: what every protobuf body starts with. */
const MAGIC = [0x6b, 0x38, 0x73, 0x00];

/** Messages within messages; the API's own kinds go no deeper than about fifteen. */
const MAX_DEPTH = 64;

interface NumberedField {
  name: string;
  /** A plain value that counts even where it is empty. */
  keepsZero: boolean;
  /** The message whose fields belong to the object around it. */
  inline?: string;
}

type Message = Map<number, NumberedField>;

let messages: Map<string, Message> | undefined;

function messageOf(key: string): Message | undefined {
  messages ??= new Map(
    FIELD_NUMBERS.trim()
      .split("\n")
      .map((line): [string, Message] => {
        const [name, ...fields] = line.split(" ");
        return [name!, numbered(fields)];
      }),
  );
  return messages.get(key);
}

function numbered(fields: string[]): Message {
  const message: Message = new Map();
  let next = 1;
  for (const field of fields) {
    const [text, number] = field.split("=");
    if (number) next = Number(number);
    const inline = text!.startsWith("<") ? text!.slice(1) : undefined;
    message.set(next++, {
      name: text!.replace("*", ""),
      keepsZero: text!.endsWith("*"),
      ...(inline && { inline }),
    });
  }
  return message;
}

/** The object in a protobuf body, as its JSON would be. Kinds without a schema keep only their apiVersion and kind. */
export function decodeProtobuf(body: Uint8Array): Record<string, unknown> {
  if (!MAGIC.every((byte, index) => body[index] === byte))
    throw new WireError("provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
  const envelope = byNumber(body.subarray(MAGIC.length));
  const typeMeta = byNumber(bytesOf(envelope.get(1)));
  const apiVersion = textOf(typeMeta.get(1));
  const kind = textOf(typeMeta.get(2));
  const key = schemaKey(apiVersion, kind) ?? (kind === "DeleteOptions" ? "meta/v1/DeleteOptions" : undefined);
  const object: Record<string, unknown> = { apiVersion, kind };
  if (key) decodeInto(object, bytesOf(envelope.get(2)), key, schemaOf(key), 0);
  return object;
}

const byNumber = (bytes: Uint8Array): Map<number, WireField["value"]> =>
  new Map(readFields(bytes).map(({ number, value }) => [number, value]));

/** `schema` has the types of the fields; `key` names the message that numbers them. */
function decodeInto(
  object: Record<string, unknown>,
  bytes: Uint8Array,
  key: string,
  schema: Schema | undefined,
  depth: number,
): void {
  if (depth > MAX_DEPTH) throw new WireError("proto: exceeded maximum recursion depth");
  const message = messageOf(key);
  if (!message) return;
  for (const { number, value } of readFields(bytes)) {
    const field = message.get(number);
    if (!field) continue;
    if (field.inline) {
      decodeInto(object, bytesOf(value), field.inline, schema, depth + 1);
      continue;
    }
    const type = schema?.fields[field.name];
    if (type === undefined) continue;
    if (type.startsWith("[]")) {
      object[field.name] ??= [];
      (object[field.name] as unknown[]).push(decodeValue(value, type.slice(2), depth));
    } else if (type.startsWith("{}")) {
      const entry = byNumber(bytesOf(value));
      object[field.name] ??= {};
      const map = object[field.name] as Record<string, unknown>;
      setOwn(map, textOf(entry.get(1)), decodeValue(entry.get(2), type.slice(2), depth));
    } else {
      const decoded = decodeValue(value, type, depth);
      if (field.keepsZero || !isZero(decoded)) object[field.name] = decoded;
    }
  }
}

const isZero = (value: unknown) => value === "" || value === 0 || value === false;

function decodeValue(value: WireField["value"] | undefined, type: FieldType, depth: number): unknown {
  switch (type) {
    case "string":
      return textOf(value);
    case "[]string":
      // A list as the value of a map is a message of its own.
      return readFields(bytesOf(value)).map((item) => textOf(item.value));
    case "bool":
      return integerOf(value) !== 0;
    case "int32":
    case "int64":
      return integerOf(value);
    case "number":
      return doubleOf(value);
    case "bytes":
      return Buffer.from(bytesOf(value)).toString("base64");
    case "time":
    case "microtime":
      return decodeTime(bytesOf(value), type);
    case "quantity":
      return textOf(byNumber(bytesOf(value)).get(1));
    case "intstr": {
      const fields = byNumber(bytesOf(value));
      return integerOf(fields.get(1)) === 1 ? textOf(fields.get(3)) : integerOf(fields.get(2));
    }
    case "any":
      return decodeRaw(bytesOf(value));
    default: {
      if (type.startsWith("[]"))
        return readFields(bytesOf(value)).map((item) => decodeValue(item.value, type.slice(2), depth + 1));
      const object: Record<string, unknown> = {};
      decodeInto(object, bytesOf(value), type, schemaOf(type), depth + 1);
      return object;
    }
  }
}

function decodeTime(bytes: Uint8Array, type: "time" | "microtime"): string | null {
  if (bytes.length === 0) return null;
  const fields = byNumber(bytes);
  const text = rfc3339(integerOf(fields.get(1)) * 1000);
  if (type === "time") return text;
  const micros = Math.floor(integerOf(fields.get(2)) / 1000);
  return `${text.slice(0, -1)}.${String(micros).padStart(6, "0")}Z`;
}

/** Free-form JSON travels as text inside a message. */
function decodeRaw(bytes: Uint8Array): unknown {
  const raw = textOf(byNumber(bytes).get(1));
  try {
    return JSON.parse(raw);
  } catch {
    throw new WireError("unexpected end of JSON input");
  }
}
