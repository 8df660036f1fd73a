import type { IncomingMessage } from "node:http";
import { parseDocument } from "yaml";
import { badRequest, failure, unsupportedMediaType } from "@/sim/apiserver/status";
import { decodeProtobuf } from "./protobuf/decode";
import { WireError } from "./protobuf/reader";

/** As kube-apiserver's limit of a request's body. */
const BODY_LIMIT_BYTES = 3 * 1024 * 1024;

/** Aliases of a YAML body may blow it up no further than this many times. */
const YAML_ALIAS_LIMIT = 100;

export const ACCEPTED_TYPES = ["application/json", "application/yaml", "application/vnd.kubernetes.protobuf"];

export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES)
      throw failure(413, "RequestEntityTooLarge", `Request entity too large: limit is ${BODY_LIMIT_BYTES}`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What a body says, by its Content-Type. No body: undefined. */
export function decodeBody(bytes: Buffer, contentType: string | undefined, method: string): unknown {
  if (bytes.length === 0) return undefined;
  const type = (contentType ?? "application/json").split(";")[0]!.trim();
  if (method === "PATCH") return type === "application/apply-patch+yaml" ? parseYaml(bytes) : parseJson(bytes);
  switch (type) {
    case "application/json":
      return parseJson(bytes);
    case "application/yaml":
      return parseYaml(bytes);
    case "application/vnd.kubernetes.protobuf":
      return parseProtobuf(bytes);
    default:
      throw unsupportedMediaType(ACCEPTED_TYPES);
  }
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    throw badRequest(
      `couldn't get version/kind; json parse error: ${bytes.toString("utf8").trim() ? "invalid character" : "unexpected end of JSON input"}`,
    );
  }
}

/**
 * JSON in its shortest form, as programs send it: a tenth of the time that YAML takes. What says a key twice would be
 * shorter when written again, and is left to the YAML parser, which refuses it.
 */
function plainJson(text: string): unknown {
  if (!text.startsWith("{")) return undefined;
  try {
    const value = JSON.parse(text);
    return JSON.stringify(value).length === text.trimEnd().length ? value : undefined;
  } catch {
    return undefined;
  }
}

function parseYaml(bytes: Buffer): unknown {
  const text = bytes.toString("utf8");
  const plain = plainJson(text);
  if (plain !== undefined) return plain;
  try {
    const document = parseDocument(text, { schema: "yaml-1.1", strict: false });
    if (document.errors[0]) throw document.errors[0];
    return document.toJS({ maxAliasCount: YAML_ALIAS_LIMIT });
  } catch (error) {
    throw badRequest(`error converting YAML to JSON: yaml: ${(error as Error).message.split("\n")[0]}`);
  }
}

function parseProtobuf(bytes: Buffer): unknown {
  try {
    return decodeProtobuf(bytes);
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    throw badRequest(error.message);
  }
}
