import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, containerCells, formatLabelSelector, NAME_COLUMN, shown, wide } from "../printing";
import type { Deployment } from "../types";

export const deploymentColumns: Column[] = [
  NAME_COLUMN,
  shown("Ready"),
  shown("Up-to-date"),
  shown("Available"),
  AGE_COLUMN,
  wide("Containers"),
  wide("Images"),
  wide("Selector"),
];

export function deploymentRow({ metadata, spec, status = {} }: Deployment, nowMs: number): Cell[] {
  return [
    metadata.name,
    `${status.readyReplicas ?? 0}/${spec.replicas ?? 0}`,
    status.updatedReplicas ?? 0,
    status.availableReplicas ?? 0,
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template?.spec?.containers),
    formatLabelSelector(spec.selector as any),
  ];
}
