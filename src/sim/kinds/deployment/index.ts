import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import type { Deployment } from "../types";
import { prepareWorkloadForCreate, prepareWorkloadForUpdate, SCALE } from "../workloads/strategy";
import { workloadWarnings } from "../workloads/warnings";
import { defaultDeployment } from "./defaults";
import { deploymentColumns, deploymentRow } from "./table";
import { validateDeployment, validateDeploymentStatusUpdate, validateDeploymentUpdate } from "./validation";

export const deployment: KindDefinition<Deployment> = {
  group: "apps",
  version: "v1",
  kind: "Deployment",
  plural: "deployments",
  singular: "deployment",
  shortNames: ["deploy"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  scale: { ...SCALE },
  setDefaults: defaultDeployment,
  prepareForCreate: (draft) => prepareWorkloadForCreate(draft, {}),
  // Annotations count as well: the controller copies them to its ReplicaSets.
  prepareForUpdate: (draft, old) =>
    prepareWorkloadForUpdate(draft, old, !deepEqual(draft.metadata.annotations, old.metadata.annotations)),
  validate: validateDeployment,
  validateUpdate: validateDeploymentUpdate,
  validateStatusUpdate: validateDeploymentStatusUpdate,
  warnings: workloadWarnings,
  columns: deploymentColumns,
  row: deploymentRow,
};
