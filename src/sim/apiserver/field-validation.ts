import { unknownPaths } from "../kinds/custom-resource/prune";
import type { JsonSchema } from "../kinds/custom-resource/schema";
import { cannotBeHandled, decodeError, strictDecodingError, unknownFields } from "../kinds/schema";
import { MAX_UNKNOWN_FIELDS } from "../kinds/schema/unknown-fields";
import { groupVersion, type KindDefinition } from "./kind";
import { badRequest } from "./status";

/** What to do about fields that the schema does not know: the `fieldValidation` of a request. */
export type FieldValidation = "Ignore" | "Warn" | "Strict";

const MODES: readonly string[] = ["Ignore", "Warn", "Strict"];

/**
 * Checks what came in against the schema of its kind, as the decoder of the real server does: a field of the wrong type
 * is refused whatever the mode; unknown fields are warnings or, when strict, an error that names them all.
 */
export function decodeStrictly(kind: KindDefinition, body: unknown, mode: string): string[] {
  if (!MODES.includes(mode)) {
    throw badRequest(
      `Invalid value: "${mode}": fieldValidation: Unsupported value: "${mode}": supported values: "Ignore", "Warn", "Strict"`,
    );
  }
  if (typeof body !== "object" || body === null || Array.isArray(body)) return [];
  const named = { ...body, ...typeMetaOf(body, { apiVersion: groupVersion(kind), kind: kind.kind }) };
  if (kind.structural) return unknownToSchema(kind, kind.structural, named, mode);
  const mistyped = decodeError(named);
  if (mistyped !== undefined) throw badRequest(cannotBeHandled(kind.kind, kind.version, mistyped));
  if (mode === "Ignore") return [];
  const complaints = unknownFields(named);
  if (complaints.length > 0 && mode === "Strict")
    throw badRequest(cannotBeHandled(kind.kind, kind.version, strictDecodingError(complaints)));
  return complaints;
}

/** What a body says that it is, before anything else of it is read; what it leaves open is as the path says. */
export function typeMetaOf(
  body: object,
  defaults: Record<"apiVersion" | "kind", string>,
): Record<"apiVersion" | "kind", string> {
  const given = { ...defaults };
  for (const field of ["apiVersion", "kind"] as const) {
    const value = (body as Record<string, unknown>)[field] ?? defaults[field];
    if (typeof value !== "string")
      throw badRequest(
        `couldn't get version/kind; json parse error: json: cannot unmarshal ${jsonType(value)} into Go struct field .${field} of type string`,
      );
    given[field] = value;
  }
  return given;
}

const jsonType = (value: unknown) =>
  Array.isArray(value) ? "array" : typeof value === "boolean" ? "bool" : typeof value;

/** Objects of custom kinds: their values are checked later, by their schema; the metadata is what it is everywhere. */
function unknownToSchema(kind: KindDefinition, schema: JsonSchema, object: Record<string, unknown>, mode: string) {
  const mistyped = decodeError({ ...METADATA_ONLY, metadata: object.metadata });
  if (mistyped !== undefined) throw badRequest(mistyped);
  if (mode === "Ignore") return [];
  const inMetadata = unknownFields({ ...METADATA_ONLY, metadata: object.metadata });
  const paths = unknownPaths(object, schema).slice(0, MAX_UNKNOWN_FIELDS);
  const complaints = [...inMetadata, ...paths.map((path) => `unknown field ${JSON.stringify(path)}`)];
  if (complaints.length > 0 && mode === "Strict")
    throw badRequest(cannotBeHandled(kind.kind, kind.version, strictDecodingError(complaints)));
  return complaints;
}

/** A kind that has nothing but metadata worth checking. */
const METADATA_ONLY = { apiVersion: "v1", kind: "ServiceAccount" };
