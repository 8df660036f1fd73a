import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, containerCells, formatLabelSelector, NAME_COLUMN, shown, wide } from "../printing";
import type { ReplicaSet } from "../types";

export const replicaSetColumns: Column[] = [
  NAME_COLUMN,
  shown("Desired", "integer"),
  shown("Current", "integer"),
  shown("Ready", "integer"),
  AGE_COLUMN,
  wide("Containers"),
  wide("Images"),
  wide("Selector"),
];

export function replicaSetRow({ metadata, spec, status }: ReplicaSet, nowMs: number): Cell[] {
  return [
    metadata.name,
    spec.replicas ?? 0,
    status?.replicas ?? 0,
    status?.readyReplicas ?? 0,
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template?.spec?.containers),
    formatLabelSelector(spec.selector as any),
  ];
}
