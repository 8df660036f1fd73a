import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, NAME_COLUMN, shown } from "../printing";
import type { ServiceAccount } from "../types";

export const serviceAccountColumns: Column[] = [NAME_COLUMN, shown("Secrets"), AGE_COLUMN];

export const serviceAccountRow = ({ metadata, secrets }: ServiceAccount, nowMs: number): Cell[] => [
  metadata.name,
  secrets?.length ?? 0,
  age(metadata.creationTimestamp, nowMs),
];
