const INDENT = "    ";

/** JSON as kubectl prints it: four spaces, keys in byte order, or in the object's own order where kubectl prints one of Go's structs. */
export function printJson(value: unknown, ordered = false): string {
  return `${render(value, "", ordered)}\n`;
}

/** One line with keys in order, as Go's `json.Marshal` of a map: used by jsonpath and annotations. */
export function compactJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(compactJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = entries(value).map(([key, member]) => `${quote(key)}:${compactJson(member)}`);
    return `{${members.join(",")}}`;
  }
  return scalar(value);
}

function render(value: unknown, indent: string, ordered: boolean): string {
  const inner = indent + INDENT;
  if (Array.isArray(value)) {
    if (value.length === 0) return "[]";
    return `[\n${value.map((item) => `${inner}${render(item, inner, ordered)}`).join(",\n")}\n${indent}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = ordered ? Object.entries(value).filter(([, member]) => member !== undefined) : entries(value);
    if (members.length === 0) return "{}";
    return `{\n${members.map(([key, member]) => `${inner}${quote(key)}: ${render(member, inner, ordered)}`).join(",\n")}\n${indent}}`;
  }
  return scalar(value);
}

const scalar = (value: unknown) => (typeof value === "string" ? quote(value) : String(JSON.stringify(value ?? null)));

/** Members that are not undefined, sorted as Go sorts map keys. */
export const entries = (value: object): [string, unknown][] =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

/** Go escapes `<`, `>`, `&` and the two line separators in JSON strings. */
export const quote = (text: string): string =>
  JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
