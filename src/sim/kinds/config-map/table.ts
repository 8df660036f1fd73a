import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { ConfigMap } from "../types";

export const configMapColumns: Column[] = [NAME_COLUMN, shown("Data"), AGE_COLUMN];

export const configMapRow = ({ metadata, data, binaryData }: ConfigMap, nowMs: number): Cell[] => [
  metadata.name,
  Object.keys(data ?? {}).length + Object.keys(binaryData ?? {}).length,
  age(metadata.creationTimestamp, nowMs),
];
