import type { KindDefinition } from "../../apiserver/kind";
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
import { validatePod, validatePodStatusUpdate, validatePodUpdate } from "./validation";
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
  subresources: [
    "attach",
    "binding",
    "ephemeralcontainers",
    "eviction",
    "exec",
    "log",
    "portforward",
    "proxy",
    "resize",
  ],
  setDefaults: defaultPod,
  prepareForCreate: preparePodForCreate,
  prepareForUpdate: preparePodForUpdate,
  prepareForStatusUpdate: preparePodForStatusUpdate,
  validate: validatePod,
  validateUpdate: validatePodUpdate,
  validateStatusUpdate: validatePodStatusUpdate,
  warnings: podWarnings,
  columns: podColumns,
  row: podRow,
  selectableFields: podFields,
  defaultGraceSeconds: podGraceSeconds,
};
