import type { KindDefinition } from "../../apiserver/kind";
import { podSubresources } from "../../apiserver/subresources/pods";
import type { Pod } from "../types";
import { defaultPod } from "./defaults";
import {
  podFields,
  podGraceSeconds,
  preparePodForCreate,
  preparePodForStatusUpdate,
  preparePodForUpdate,
} from "./strategy";
import { podColumns, podRow } from "./table";
import { validateNewPod, validatePod, validatePodStatusUpdate, validatePodUpdate } from "./validation";
import { podWarnings } from "./warnings";

export const pod: KindDefinition<Pod> = {
  group: "",
  version: "v1",
  kind: "Pod",
  plural: "pods",
  singular: "pod",
  shortNames: ["po"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  subresources: podSubresources,
  setDefaults: defaultPod,
  prepareForCreate: preparePodForCreate,
  prepareForUpdate: preparePodForUpdate,
  prepareForStatusUpdate: preparePodForStatusUpdate,
  validate: validatePod,
  validateCreate: validateNewPod,
  validateUpdate: validatePodUpdate,
  validateStatusUpdate: validatePodStatusUpdate,
  warnings: podWarnings,
  columns: podColumns,
  row: podRow,
  selectableFields: podFields,
  defaultGraceSeconds: podGraceSeconds,
};
