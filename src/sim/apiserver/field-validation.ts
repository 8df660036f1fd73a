import { cannotBeHandled, decodeError, strictDecodingError, unknownFields } from "../kinds/schema";
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
  const named = { apiVersion: groupVersion(kind), kind: kind.kind, ...body };
  const mistyped = decodeError(named);
  if (mistyped !== undefined) throw badRequest(cannotBeHandled(kind.kind, kind.version, mistyped));
  if (mode === "Ignore") return [];
  const complaints = unknownFields(named);
  if (complaints.length > 0 && mode === "Strict")
    throw badRequest(cannotBeHandled(kind.kind, kind.version, strictDecodingError(complaints)));
  return complaints;
}
