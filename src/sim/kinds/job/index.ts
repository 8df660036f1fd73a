import type { Cell, KindDefinition } from "../../apiserver/kind";
import { parseRfc3339 } from "../../kernel/time";
import {
  AGE_COLUMN,
  age,
  containerCells,
  formatLabelSelector,
  humanDuration,
  NAME_COLUMN,
  shown,
  wide,
} from "../printing";
import type { Job } from "../types";
import { defaultJob } from "./defaults";
import { prepareJobForCreate, prepareJobForUpdate } from "./strategy";
import { validateJobStatusUpdate, validateJobUpdate } from "./update";
import { validateJob } from "./validation";
import { jobWarnings } from "./warnings";

/** Pods that run to their end (https://kubernetes.io/docs/concepts/workloads/controllers/job/). */
export const job: KindDefinition<Job> = {
  group: "batch",
  version: "v1",
  kind: "Job",
  plural: "jobs",
  singular: "job",
  categories: ["all"],
  namespaced: true,
  hasStatus: true,
  setDefaults: defaultJob,
  prepareForCreate: prepareJobForCreate,
  prepareForUpdate: prepareJobForUpdate,
  validate: validateJob,
  validateUpdate: validateJobUpdate,
  validateStatusUpdate: validateJobStatusUpdate,
  warnings: jobWarnings,
  columns: [
    NAME_COLUMN,
    shown("Status"),
    shown("Completions"),
    shown("Duration"),
    AGE_COLUMN,
    wide("Containers"),
    wide("Images"),
    wide("Selector"),
  ],
  row,
  selectableFields: ({ status }) => ({ "status.successful": String(status?.succeeded ?? 0) }),
};

function row(job: Job, nowMs: number): Cell[] {
  const { metadata, spec } = job;
  return [
    metadata.name,
    statusText(job),
    completionsText(job),
    durationText(job, nowMs),
    age(metadata.creationTimestamp, nowMs),
    ...containerCells(spec.template?.spec?.containers),
    formatLabelSelector(spec.selector as any),
  ];
}

function statusText({ metadata, status }: Job): string {
  const has = (wanted: string) => status?.conditions?.some(({ type, status: is }) => type === wanted && is === "True");
  if (has("Complete")) return "Complete";
  if (has("Failed")) return "Failed";
  if (metadata.deletionTimestamp) return "Terminating";
  return ["Suspended", "FailureTarget", "SuccessCriteriaMet"].find(has) ?? "Running";
}

function completionsText({ spec, status }: Job): string {
  const succeeded = status?.succeeded ?? 0;
  if (spec.completions !== undefined) return `${succeeded}/${spec.completions}`;
  const parallelism = spec.parallelism ?? 0;
  return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function durationText({ status }: Job, nowMs: number): string {
  const start = status?.startTime ? parseRfc3339(status.startTime) : undefined;
  if (start === undefined) return "";
  const end = status?.completionTime ? parseRfc3339(status.completionTime) : undefined;
  return humanDuration((end ?? nowMs) - start);
}
