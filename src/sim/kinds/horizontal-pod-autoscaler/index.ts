import type { KindDefinition } from "../../apiserver/kind";
import type { HorizontalPodAutoscaler } from "../types";
import { prepareWorkloadForCreate } from "../workloads/strategy";
import { defaultHorizontalPodAutoscaler } from "./defaults";
import { horizontalPodAutoscalerColumns, horizontalPodAutoscalerRow } from "./table";
import { fromStored, toStored } from "./v1";
import {
  validateHorizontalPodAutoscaler,
  validateHorizontalPodAutoscalerStatusUpdate,
  validateHorizontalPodAutoscalerUpdate,
} from "./validation";

const NAMES = {
  group: "autoscaling",
  kind: "HorizontalPodAutoscaler",
  plural: "horizontalpodautoscalers",
  singular: "horizontalpodautoscaler",
  shortNames: ["hpa"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
};

/** As many replicas as the load needs (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/). */
export const horizontalPodAutoscaler: KindDefinition<HorizontalPodAutoscaler> = {
  ...NAMES,
  version: "v2",
  setDefaults: defaultHorizontalPodAutoscaler,
  prepareForCreate(draft) {
    prepareWorkloadForCreate(draft, { currentReplicas: 0, desiredReplicas: 0, currentMetrics: null });
    delete (draft.metadata as any).generation;
  },
  prepareForUpdate(draft, old) {
    draft.status = old.status;
  },
  validate: validateHorizontalPodAutoscaler,
  validateUpdate: validateHorizontalPodAutoscalerUpdate,
  validateStatusUpdate: validateHorizontalPodAutoscalerStatusUpdate,
  columns: horizontalPodAutoscalerColumns,
  row: horizontalPodAutoscalerRow,
};

/** The first version, which knows the CPU only and keeps all else in annotations. */
export const horizontalPodAutoscalerV1: KindDefinition = {
  ...NAMES,
  version: "v1",
  setDefaults(draft) {
    draft.spec ??= {};
    draft.spec.minReplicas ??= 1;
    draft.spec.maxReplicas ??= 0;
  },
  storedAs: { resource: "horizontalpodautoscalers.autoscaling", toStored, fromStored },
  columns: horizontalPodAutoscalerColumns,
  row: (object, nowMs) => horizontalPodAutoscalerRow(toStored(object) as HorizontalPodAutoscaler, nowMs),
};
