import type { KindDefinition } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import {
  AGE_COLUMN,
  age,
  containerCells,
  formatLabelSelector,
  formatLabels,
  NAME_COLUMN,
  shown,
  wide,
} from "../printing";
import type { DaemonSet } from "../types";
import { prepareWorkloadForCreate, prepareWorkloadForUpdate } from "../workloads/strategy";
import { templateWarnings } from "../workloads/warnings";
import { defaultDaemonSet } from "./defaults";
import { validateDaemonSet, validateDaemonSetStatusUpdate, validateDaemonSetUpdate } from "./validation";

/** Counts the changes of the template. An annotation since apps/v1, which has no field for it any more. */
export const TEMPLATE_GENERATION = "deprecated.daemonset.template.generation";

const EMPTY_STATUS = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };

/** A pod on every node (https://kubernetes.io/docs/concepts/workloads/controllers/daemonset/). */
export const daemonSet: KindDefinition<DaemonSet> = {
  group: "apps",
  version: "v1",
  kind: "DaemonSet",
  plural: "daemonsets",
  singular: "daemonset",
  shortNames: ["ds"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  setDefaults: defaultDaemonSet,
  prepareForCreate(draft) {
    prepareWorkloadForCreate(draft, EMPTY_STATUS);
    const sent = Number(draft.metadata.annotations?.[TEMPLATE_GENERATION]);
    setTemplateGeneration(draft, sent >= 1 ? sent : 1);
  },
  prepareForUpdate(draft, old) {
    prepareWorkloadForUpdate(draft, old);
    const before = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 0);
    setTemplateGeneration(draft, deepEqual(draft.spec.template, old.spec.template) ? before : before + 1);
  },
  validate: validateDaemonSet,
  validateUpdate: validateDaemonSetUpdate,
  validateStatusUpdate: validateDaemonSetStatusUpdate,
  warnings: templateWarnings,
  columns: [
    NAME_COLUMN,
    shown("Desired", "integer"),
    shown("Current", "integer"),
    shown("Ready", "integer"),
    shown("Up-to-date", "integer"),
    shown("Available", "integer"),
    shown("Node Selector"),
    AGE_COLUMN,
    wide("Containers"),
    wide("Images"),
    wide("Selector"),
  ],
  row: ({ metadata, spec, status }, nowMs) => [
    metadata.name,
    status?.desiredNumberScheduled ?? 0,
    status?.currentNumberScheduled ?? 0,
    status?.numberReady ?? 0,
    status?.updatedNumberScheduled ?? 0,
    status?.numberAvailable ?? 0,
    formatLabels(spec.template?.spec?.nodeSelector as Record<string, string> | undefined),
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template?.spec?.containers),
    formatLabelSelector(spec.selector as any),
  ],
};

function setTemplateGeneration(draft: DaemonSet, generation: number): void {
  const metadata = draft.metadata as any;
  metadata.annotations = { ...metadata.annotations, [TEMPLATE_GENERATION]: String(generation) };
}
