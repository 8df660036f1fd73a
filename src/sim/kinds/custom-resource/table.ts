import type { Cell, Column, KindDefinition } from "../../apiserver/kind";
import { AGE_COLUMN, age } from "../printing";
import { findAll, parseJsonPath } from "./json-path";

/** A column of `spec.versions[*].additionalPrinterColumns`. */
export interface PrinterColumn {
  name: string;
  type: string;
  format?: string;
  description?: string;
  priority?: number;
  jsonPath: string;
}

const AGE: PrinterColumn = {
  ...AGE_COLUMN,
  type: "date",
  description: "",
  jsonPath: ".metadata.creationTimestamp",
};

/** Columns of a custom resource: its name, and what its definition asks for, or the age. */
export function tableOfColumns(wanted: readonly PrinterColumn[] | undefined): Pick<KindDefinition, "columns" | "row"> {
  const custom = (wanted ?? []).length > 0 ? wanted! : [AGE];
  const paths = custom.map(({ jsonPath }) => parseJsonPath(jsonPath));
  return {
    columns: [
      { name: "Name", type: "string", format: "name" },
      ...custom.map(
        ({ name, type, format, description, priority, jsonPath }): Column => ({
          name,
          type: type as Column["type"],
          ...(format && { format }),
          description: description || `Custom resource definition column (in JSONPath format): ${jsonPath}`,
          ...(priority && { priority }),
        }),
      ),
    ],
    row: (object, nowMs) => [
      object.metadata.name,
      ...custom.map(({ type }, index) => cellOf(type, paths[index] ? findAll(paths[index], object) : [], nowMs)),
    ],
  };
}

function cellOf(type: string, found: readonly unknown[], nowMs: number): Cell {
  const [value] = found;
  if (value === undefined || (value === null && type !== "string")) return null;
  switch (type) {
    case "integer":
      return typeof value === "number" ? Math.trunc(value) : null;
    case "number":
      return typeof value === "number" ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "date":
      if (typeof value !== "string") return null;
      return age(value, nowMs) === "<unknown>" ? "<invalid>" : age(value, nowMs);
    default:
      return textOf(value);
  }
}

/** As JSONPath prints one value: texts bare, everything else as JSON. */
export const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
