import type { KindDefinition } from "../../apiserver/kind";
import type { ReplicaSet } from "../types";
import { prepareWorkloadForCreate, prepareWorkloadForUpdate, SCALE } from "../workloads/strategy";
import { workloadWarnings } from "../workloads/warnings";
import { defaultReplicaSet } from "./defaults";
import { replicaSetColumns, replicaSetRow } from "./table";
import { validateReplicaSet, validateReplicaSetStatusUpdate, validateReplicaSetUpdate } from "./validation";

export const replicaSet: KindDefinition<ReplicaSet> = {
  group: "apps",
  version: "v1",
  kind: "ReplicaSet",
  plural: "replicasets",
  singular: "replicaset",
  shortNames: ["rs"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  scale: { ...SCALE },
  setDefaults: defaultReplicaSet,
  prepareForCreate: (draft) => prepareWorkloadForCreate(draft, { replicas: 0 }),
  prepareForUpdate: (draft, old) => prepareWorkloadForUpdate(draft, old),
  validate: validateReplicaSet,
  validateUpdate: validateReplicaSetUpdate,
  validateStatusUpdate: validateReplicaSetStatusUpdate,
  warnings: workloadWarnings,
  columns: replicaSetColumns,
  row: replicaSetRow,
  selectableFields: ({ status }) => ({ "status.replicas": String(status?.replicas ?? 0) }),
};
