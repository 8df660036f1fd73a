import type { KindDefinition } from "../../../apiserver/kind";
import type { FieldError } from "../../../apiserver/status";
import { invalid } from "../../validation/field-error";
import { findAll, parseJsonPath } from "../json-path";

const INT32_MAX = 2 ** 31 - 1;

/** Where the scale subresource reads and writes there must be a count. */
export function validateScale(scale: KindDefinition["scale"], object: unknown, withSpec = true): FieldError[] {
  if (!scale) return [];
  const paths = withSpec ? [scale.specReplicasPath, scale.statusReplicasPath] : [scale.statusReplicasPath];
  return paths.flatMap((path) => {
    const [value] = findAll(parseJsonPath(path) ?? [], object);
    if (value === undefined) return [];
    if (typeof value !== "number" || !Number.isInteger(value)) {
      const why = `${path} accessor error: ${String(value)} is of the type ${goType(value)}, expected int64`;
      return [invalid(path, 0, why)];
    }
    if (value < 0) return [invalid(path, value, "should be a non-negative integer")];
    return value > INT32_MAX ? [invalid(path, value, `should be less than or equal to ${INT32_MAX}`)] : [];
  });
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return "[]interface {}";
  const types: Record<string, string> = { string: "string", number: "float64", boolean: "bool" };
  return types[typeof value] ?? "map[string]interface {}";
}
