import { entries } from "./json";

/** Go's `%v` of a decoded JSON value: `map[a:1 b:[x y]]`. */
export function formatGo(value: unknown): string {
  if (value === null || value === undefined) return "<nil>";
  if (Array.isArray(value)) return `[${value.map(formatGo).join(" ")}]`;
  if (typeof value === "object")
    return `map[${entries(value)
      .map(([key, member]) => `${key}:${formatGo(member)}`)
      .join(" ")}]`;
  return typeof value === "number" ? goNumber(value) : String(value);
}

/** Go's `%#v` of a decoded JSON value, as kubectl shows an object that a template failed on. */
export function formatGoSyntax(value: unknown): string {
  if (value === null || value === undefined) return "interface {}(nil)";
  if (Array.isArray(value)) return `[]interface {}{${value.map(formatGoSyntax).join(", ")}}`;
  if (typeof value === "object")
    return `map[string]interface {}{${entries(value)
      .map(([key, member]) => `${JSON.stringify(key)}:${formatGoSyntax(member)}`)
      .join(", ")}}`;
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

/** Floats from 1e21 on take an exponent of two digits. */
function goNumber(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 1e21) return String(value);
  const text = value.toString();
  const exponent = /e([+-])(\d+)$/.exec(text);
  return exponent ? text.replace(/e[+-]\d+$/, `e${exponent[1]}${exponent[2]!.padStart(2, "0")}`) : text;
}
