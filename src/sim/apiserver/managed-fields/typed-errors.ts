import { pathText } from "./field-set";
import type { MergeType } from "./merge-types";
import { entryStep, isDict } from "./steps";

const ERROR_LIMIT = 10;

/** What an applied configuration has that its type cannot hold, each with its path. */
export function typedErrors(value: unknown, type: MergeType): string[] {
  const found: string[] = [];
  visit(value, type, [], found);
  return found;
}

function visit(value: unknown, type: MergeType, path: readonly string[], found: string[]): void {
  if (value === null || value === undefined || found.length >= ERROR_LIMIT) return;
  const complain = (text: string) => found.push(`${path.length > 0 ? `${pathText(path)}: ` : ""}${text}`);
  if (type.kind === "leaf") {
    if (type.scalar && typeof value !== type.scalar) complain(scalarText(type.scalar, value));
    return;
  }
  if (type.kind === "map") {
    if (!isDict(value)) {
      complain(`expected map, got ${shown(value)}`);
      return;
    }
    for (const [name, member] of Object.entries(value)) {
      const field = type.field(name);
      const below = [...path, `f:${name}`];
      if (field) visit(member, field, below, found);
      else found.push(`${pathText(below)}: field not declared in schema`);
    }
    return;
  }
  if (!Array.isArray(value)) {
    complain(`expected list, got ${shown(value)}`);
    return;
  }
  const seen = new Set<string>();
  for (const [index, entry] of value.entries()) {
    const step = entryStep(type, entry);
    if (step === undefined) {
      complain(`element ${index}: ${lacksIdentity(entry, type.keys ?? [])}`);
      return;
    }
    if (seen.has(step)) {
      complain(`duplicate entries for key ${pathText([step])}`);
      continue;
    }
    seen.add(step);
    visit(entry, type.element, [...path, step], found);
  }
}

function lacksIdentity(entry: unknown, keys: readonly string[]): string {
  if (entry === null) return "associative list with keys may not have a null element";
  if (!isDict(entry)) return "associative list with keys may not have non-map elements";
  const names = `[${keys.map((key) => JSON.stringify(key)).join(" ")}]`;
  return `associative list with keys has an element that omits all key fields ${names} (and doesn't have default values for any key fields)`;
}

function scalarText(wanted: "string" | "number" | "boolean", value: unknown): string {
  if (wanted === "number") return `expected numeric (int or float), got ${goType(value)}`;
  return wanted === "string"
    ? `expected string, got &value.valueUnstructured{Value:${goSyntax(value)}}`
    : `expected boolean, got ${shown(value)}`;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return "[]interface {}";
  if (typeof value === "object") return "map[string]interface {}";
  return typeof value === "boolean" ? "bool" : "string";
}

function goSyntax(value: unknown): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(", ")}}`;
  if (isDict(value)) {
    const members = Object.entries(value).map(([name, member]) => `${JSON.stringify(name)}:${goSyntax(member)}`);
    return `map[string]interface {}{${members.join(", ")}}`;
  }
  return JSON.stringify(value);
}

/** A value as the messages show it. */
const shown = (value: unknown): string => `&{${typeof value === "object" ? JSON.stringify(value) : String(value)}}`;
