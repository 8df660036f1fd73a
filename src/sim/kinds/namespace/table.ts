import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { Namespace } from "../types";

export const namespaceColumns: Column[] = [NAME_COLUMN, shown("Status"), AGE_COLUMN];

export const namespaceRow = ({ metadata, status }: Namespace, nowMs: number): Cell[] => [
  metadata.name,
  status?.phase ?? "",
  age(metadata.creationTimestamp, nowMs),
];
