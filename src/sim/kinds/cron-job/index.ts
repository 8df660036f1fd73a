import type { KindDefinition } from "../../apiserver/kind";
import { defaultJobTemplate } from "../job/defaults";
import { jobSpecWarnings } from "../job/warnings";
import {
  AGE_COLUMN,
  age,
  containerCells,
  formatLabelSelector,
  NAME_COLUMN,
  NONE,
  shown,
  UNSET,
  wide,
} from "../printing";
import type { CronJob } from "../types";
import { prepareWorkloadForCreate, prepareWorkloadForUpdate } from "../workloads/strategy";
import { nameWarnings } from "../workloads/warnings";
import { validateCronJob, validateCronJobUpdate } from "./validation";

/** Jobs by the clock (https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/). */
export const cronJob: KindDefinition<CronJob> = {
  group: "batch",
  version: "v1",
  kind: "CronJob",
  plural: "cronjobs",
  singular: "cronjob",
  shortNames: ["cj"],
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  setDefaults(draft: any) {
    draft.spec ??= {};
    const { spec } = draft;
    spec.concurrencyPolicy ||= "Allow";
    spec.suspend ??= false;
    spec.successfulJobsHistoryLimit ??= 3;
    spec.failedJobsHistoryLimit ??= 1;
    spec.jobTemplate ??= {};
    spec.jobTemplate.metadata ??= {};
    spec.jobTemplate.metadata.creationTimestamp ??= null;
    spec.jobTemplate.spec ??= {};
    defaultJobTemplate(spec.jobTemplate.spec);
  },
  prepareForCreate: (draft) => prepareWorkloadForCreate(draft, {}),
  prepareForUpdate: (draft, old) => prepareWorkloadForUpdate(draft, old),
  validate: validateCronJob,
  validateUpdate: validateCronJobUpdate,
  validateStatusUpdate: ({ metadata }, old) => validateCronJobUpdate({ metadata } as CronJob, old),
  warnings: ({ metadata, spec }, old) => [
    ...(old ? [] : nameWarnings(metadata.name)),
    ...jobSpecWarnings(spec.jobTemplate?.spec ?? {}, old?.spec.jobTemplate?.spec, "spec.jobTemplate.spec"),
  ],
  columns: [
    NAME_COLUMN,
    shown("Schedule"),
    shown("Timezone"),
    shown("Suspend", "boolean"),
    shown("Active", "integer"),
    shown("Last Schedule"),
    AGE_COLUMN,
    wide("Containers"),
    wide("Images"),
    wide("Selector"),
  ],
  row: ({ metadata, spec, status }, nowMs) => [
    metadata.name,
    spec.schedule ?? "",
    spec.timeZone ?? NONE,
    spec.suspend === undefined ? UNSET : spec.suspend ? "True" : "False",
    status?.active?.length ?? 0,
    status?.lastScheduleTime ? age(status.lastScheduleTime, nowMs) : NONE,
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.jobTemplate?.spec?.template?.spec?.containers),
    formatLabelSelector(spec.jobTemplate?.spec?.selector as any),
  ],
};
