import type { KindDefinition } from "../../apiserver/kind";
import type { ReplicationController } from "../types";
import { prepareWorkloadForCreate, prepareWorkloadForUpdate, SCALE } from "../workloads/strategy";
import { workloadWarnings } from "../workloads/warnings";
import { defaultReplicationController } from "./defaults";
import { replicationControllerColumns, replicationControllerRow } from "./table";
import {
  validateReplicationController,
  validateReplicationControllerStatusUpdate,
  validateReplicationControllerUpdate,
} from "./validation";

export const replicationController: KindDefinition<ReplicationController> = {
  group: "",
  version: "v1",
  kind: "ReplicationController",
  plural: "replicationcontrollers",
  singular: "replicationcontroller",
  shortNames: ["rc"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  scale: { ...SCALE },
  setDefaults: defaultReplicationController,
  prepareForCreate: (draft) => prepareWorkloadForCreate(draft, { replicas: 0 }),
  prepareForUpdate: (draft, old) => prepareWorkloadForUpdate(draft, old),
  validate: validateReplicationController,
  validateUpdate: validateReplicationControllerUpdate,
  validateStatusUpdate: validateReplicationControllerStatusUpdate,
  warnings: workloadWarnings,
  columns: replicationControllerColumns,
  row: replicationControllerRow,
  selectableFields: ({ status }) => ({ "status.replicas": String(status?.replicas ?? 0) }),
};
