import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { Secret } from "../types";

export const secretColumns: Column[] = [NAME_COLUMN, shown("Type"), shown("Data"), AGE_COLUMN];

export const secretRow = ({ metadata, type, data }: Secret, nowMs: number): Cell[] => [
  metadata.name,
  type ?? "",
  Object.keys(data ?? {}).length,
  age(metadata.creationTimestamp, nowMs),
];
