import type { Cell, Column } from "../../apiserver/kind";
import { age, containerCells, formatLabels } from "../printing";
import { replicaSetColumns } from "../replica-set/table";
import type { ReplicationController } from "../types";

export const replicationControllerColumns: Column[] = replicaSetColumns;

export function replicationControllerRow({ metadata, spec, status }: ReplicationController, nowMs: number): Cell[] {
  return [
    metadata.name,
    spec.replicas ?? 0,
    status?.replicas ?? 0,
    status?.readyReplicas ?? 0,
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template?.spec?.containers),
    formatLabels(spec.selector as Record<string, string> | undefined),
  ];
}
