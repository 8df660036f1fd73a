import type { FieldError } from "../../../apiserver/status";
import type { CustomResourceVersion } from "../../custom-resource/definition-types";
import type { JsonSchema } from "../../custom-resource/schema";
import type { PrinterColumn } from "../../custom-resource/table";
import { duplicate, invalid, required, tooMany } from "../../validation/field-error";
import { validateOpenApiSchema } from "./schema";

const MAX_WARNING_LENGTH = 256;
const COLUMN_TYPES = ["boolean", "date", "integer", "number", "string"];
const COLUMN_FORMATS = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"];
const MAX_SELECTABLE_FIELDS = 8;

export function validateVersion(version: CustomResourceVersion, path: string): FieldError[] {
  const schema = version.schema?.openAPIV3Schema;
  const withStatus = version.subresources?.status !== undefined;
  return [
    ...validateDeprecation(version, `${path}.deprecationWarning`),
    ...(schema ? validateOpenApiSchema(schema, withStatus, `${path}.schema.openAPIV3Schema`) : []),
    ...validateScalePaths(version, `${path}.subresources`),
    ...(version.additionalPrinterColumns ?? []).flatMap((column, index) =>
      validateColumn(column, `${path}.additionalPrinterColumns[${index}]`),
    ),
    ...validateSelectable(version, schema, `${path}.selectableFields`),
  ];
}

function validateDeprecation(
  { deprecated, deprecationWarning: text }: CustomResourceVersion,
  path: string,
): FieldError[] {
  if (text === undefined) return [];
  if (!deprecated) return [invalid(path, text, "can only be set for deprecated versions")];
  const errors: FieldError[] = [];
  if (text.length > MAX_WARNING_LENGTH)
    errors.push(invalid(path, text, `must be <= ${MAX_WARNING_LENGTH} characters long`));
  if (text === "") errors.push(invalid(path, text, "must not be an empty string"));
  const index = text.search(/[^\P{C}\u00ad]|[\p{Zl}\p{Zp}]/u);
  if (index >= 0) {
    const why = `must only contain printable UTF-8 characters; non-printable character found at index ${index}`;
    errors.push(invalid(path, text, why));
  }
  return errors;
}

function validateScalePaths({ subresources }: CustomResourceVersion, path: string): FieldError[] {
  const scale = subresources?.scale;
  if (!scale) return [];
  const one = (field: string, value: string | undefined, roots: readonly string[], where: string): FieldError[] => {
    const at = `${path}.scale.${field}`;
    if (!value) return [required(at)];
    const errors = validateSimplePath(value, at);
    if (errors.length > 0 || roots.some((root) => value.startsWith(root))) return errors;
    return [invalid(at, value, `should be a json path under ${where}`)];
  };
  return [
    ...one("specReplicasPath", scale.specReplicasPath, [".spec."], ".spec"),
    ...one("statusReplicasPath", scale.statusReplicasPath, [".status."], ".status"),
    ...(scale.labelSelectorPath
      ? one("labelSelectorPath", scale.labelSelectorPath, [".spec.", ".status."], "either .spec or .status")
      : []),
  ];
}

const validateSimplePath = (path: string, at: string): FieldError[] =>
  path.startsWith(".") ? [] : [invalid(at, path, "must be a simple json path starting with .")];

function validateColumn(column: PrinterColumn, path: string): FieldError[] {
  const errors: FieldError[] = [];
  const { name, type, format, jsonPath } = column;
  const types = `must be one of ${COLUMN_TYPES.join(",")}`;
  if (!name) errors.push(required(`${path}.name`));
  if (!type) errors.push(required(`${path}.type`, types));
  else if (!COLUMN_TYPES.includes(type)) errors.push(invalid(`${path}.type`, type, types));
  if (format && !COLUMN_FORMATS.includes(format))
    errors.push(invalid(`${path}.format`, format, `must be one of ${COLUMN_FORMATS.join(",")}`));
  if (!jsonPath) errors.push(required(`${path}.JSONPath`));
  else errors.push(...validateSimplePath(jsonPath, `${path}.JSONPath`));
  return errors;
}

function validateSelectable(
  { selectableFields = [] }: CustomResourceVersion,
  schema: JsonSchema | undefined,
  path: string,
) {
  const errors: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, { jsonPath }] of selectableFields.entries()) {
    const at = `${path}[${index}].jsonPath`;
    if (!jsonPath) {
      errors.push(required(at));
      continue;
    }
    const found = schemaAt(schema, jsonPath);
    if (typeof found === "string") {
      errors.push(invalid(at, jsonPath, `is an invalid path: ${found}`));
      continue;
    }
    if (jsonPath.startsWith(".metadata")) errors.push(invalid(at, jsonPath, "must not point to fields in metadata"));
    if (!["string", "boolean", "integer"].includes(found.type ?? "")) {
      const why =
        "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed.";
      errors.push(invalid(at, jsonPath, why));
    }
    if (seen.has(jsonPath)) errors.push(duplicate(at, jsonPath));
    seen.add(jsonPath);
  }
  if (seen.size > MAX_SELECTABLE_FIELDS) errors.push(tooMany(path, seen.size, MAX_SELECTABLE_FIELDS));
  return errors;
}

/** The schema behind a path of names, or why there is none. */
function schemaAt(schema: JsonSchema | undefined, path: string): JsonSchema | string {
  let found = schema;
  for (const name of path.split(".").slice(1)) {
    if (!/^[\w-]+$/.test(name)) return `expected name but got ${JSON.stringify(name)}`;
    found = found?.properties?.[name];
    if (!found) return "does not refer to a valid field";
  }
  return found && path.startsWith(".") ? found : "does not refer to a valid field";
}
