import type { FieldError } from "../../apiserver/status";

/** Stands for a nil pointer as a bad value. */
export const NIL = Symbol("nil");

/** strconv.Quote for what turns up in manifests. */
export function quote(text: string): string {
  let quoted = '"';
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (character === '"' || character === "\\") quoted += `\\${character}`;
    else if (character === "\n") quoted += "\\n";
    else if (character === "\t") quoted += "\\t";
    else if (character === "\r") quoted += "\\r";
    else if (code < 32 || code === 127) quoted += `\\x${code.toString(16).padStart(2, "0")}`;
    else quoted += character;
  }
  return `${quoted}"`;
}

/** A bad value that is not a plain one is shown in Go's own syntax (`go-syntax.ts` writes it). */
export class GoValue {
  constructor(readonly text: string) {}
}

/** Numbers and booleans as they are, texts quoted, lists of texts and what `go-syntax.ts` made as Go would write them. */
export function renderValue(value: unknown): string {
  if (value instanceof GoValue) return value.text;
  if (Array.isArray(value)) return `[]string{${value.map((item) => quote(String(item))).join(", ")}}`;
  if (value === NIL || value === undefined || value === null) return "null";
  if (typeof value === "string") return quote(value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  return JSON.stringify(value);
}

const make = (type: FieldError["type"], field: string, body: string, detail = ""): FieldError => ({
  type,
  field,
  detail: detail ? `${body}: ${detail}` : body,
});

export const required = (field: string, detail = "") => make("FieldValueRequired", field, "Required value", detail);
export const forbidden = (field: string, detail = "") => make("FieldValueForbidden", field, "Forbidden", detail);
export const invalid = (field: string, value: unknown, detail: string) =>
  make("FieldValueInvalid", field, `Invalid value: ${renderValue(value)}`, detail);
export const typeInvalid = (field: string, value: unknown, detail: string) =>
  make("FieldValueTypeInvalid", field, `Invalid value: ${renderValue(value)}`, detail);
export const duplicate = (field: string, value: unknown) =>
  make("FieldValueDuplicate", field, `Duplicate value: ${renderValue(value)}`);
export const notFound = (field: string, value: unknown) =>
  make("FieldValueNotFound", field, `Not found: ${renderValue(value)}`);

/** The supported values are told in the order given; most callers give them sorted, as upstream's sets are. */
export const notSupported = (field: string, value: unknown, supported: readonly string[]) =>
  make(
    "FieldValueNotSupported",
    field,
    `Unsupported value: ${renderValue(value)}`,
    supported.length > 0 ? `supported values: ${supported.map(quote).join(", ")}` : "",
  );

export const tooLong = (field: string, maxBytes: number) =>
  make("FieldValueTooLong", field, "Too long", `may not be more than ${maxBytes} bytes`);

export const tooMany = (field: string, actual: number, max: number) =>
  make("FieldValueTooMany", field, `Too many: ${actual}`, `must have at most ${max} items`);

export const immutable = (field: string, value: unknown) => invalid(field, value, "field is immutable");

/** Without the bad value, for what is wrong with a whole struct. */
export const invalidWithoutValue = (field: string, detail: string) =>
  make("FieldValueInvalid", field, "Invalid value", detail);
