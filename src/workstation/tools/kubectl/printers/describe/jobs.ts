import { parseRfc3339 } from "@/sim/kernel/time";
import { humanDuration } from "@/sim/kinds/printing";
import { formatSelector } from "../../resource/labels";
import { eventsLines } from "./events";
import { podTemplateLines } from "./pod-template";
import type { Describer } from "./types";
import { annotationsLines, boolText, controllerOf, head, labelsLines, timeText } from "./writer";

/** A list of indexes is cut at the first comma from here on. */
const INDEXES_SOFT_LIMIT = 50;

export const describeJob: Describer = async (w, job, world) => {
  const { metadata, spec, status = {} } = job;
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  w.line(`Selector:\t${formatSelector(spec.selector)}`);
  labelsLines(w, "Labels", metadata.labels);
  annotationsLines(w, "Annotations", metadata.annotations);
  const controller = controllerOf(job);
  if (controller) w.line(`Controlled By:\t${controller}`);
  const where = (title: string, value: unknown) => value !== undefined && w.line(`${title}:\t${value}`);
  where("Parallelism", spec.parallelism);
  w.line(`Completions:\t${spec.completions ?? "<unset>"}`);
  where("Completion Mode", spec.completionMode);
  where("Suspend", spec.suspend);
  where("Backoff Limit", spec.backoffLimit);
  where("TTL Seconds After Finished", spec.ttlSecondsAfterFinished);
  const { startTime, completionTime } = status;
  if (startTime) w.line(`Start Time:\t${timeText(startTime)}`);
  if (completionTime) w.line(`Completed At:\t${timeText(completionTime)}`);
  if (startTime && completionTime)
    w.line(`Duration:\t${humanDuration(parseRfc3339(completionTime)! - parseRfc3339(startTime)!)}`);
  if (spec.activeDeadlineSeconds !== undefined) w.line(`Active Deadline Seconds:\t${spec.activeDeadlineSeconds}s`);
  const ready = status.ready === undefined ? "" : ` (${status.ready} Ready)`;
  w.line(
    `Pods Statuses:\t${status.active ?? 0} Active${ready} / ${status.succeeded ?? 0} Succeeded / ${status.failed ?? 0} Failed`,
  );
  if (spec.completionMode === "Indexed") w.line(`Completed Indexes:\t${indexesText(status.completedIndexes ?? "")}`);
  podTemplateLines(w, spec.template);
  eventsLines(w, await world.events(job), world.nowMs);
};

function indexesText(indexes: string): string {
  if (!indexes) return "<none>";
  const comma = indexes.indexOf(",", INDEXES_SOFT_LIMIT);
  return comma < 0 ? indexes : `${indexes.slice(0, comma + 1)}...`;
}

export const describeCronJob: Describer = async (w, cronJob, world) => {
  const { spec, status = {} } = cronJob;
  const job = spec.jobTemplate?.spec ?? {};
  head(w, cronJob);
  w.line(`Schedule:\t${spec.schedule}`);
  w.line(`Concurrency Policy:\t${spec.concurrencyPolicy ?? ""}`);
  w.line(`Suspend:\t${spec.suspend === undefined ? "<unset>" : boolText(spec.suspend)}`);
  w.line(`Successful Job History Limit:\t${spec.successfulJobsHistoryLimit ?? "<unset>"}`);
  w.line(`Failed Job History Limit:\t${spec.failedJobsHistoryLimit ?? "<unset>"}`);
  const deadline = spec.startingDeadlineSeconds;
  w.line(`Starting Deadline Seconds:\t${deadline === undefined ? "<unset>" : `${deadline}s`}`);
  w.line(`Selector:\t${job.selector ? formatSelector(job.selector) : "<unset>"}`);
  w.line(`Parallelism:\t${job.parallelism ?? "<unset>"}`);
  w.line(`Completions:\t${job.completions ?? "<unset>"}`);
  if (job.activeDeadlineSeconds !== undefined) w.line(`Active Deadline Seconds:\t${job.activeDeadlineSeconds}s`);
  podTemplateLines(w, job.template);
  w.line(`Last Schedule Time:\t${status.lastScheduleTime ? timeText(status.lastScheduleTime) : "<unset>"}`);
  const active = (status.active ?? []).map(({ name }: any) => name);
  w.line(`Active Jobs:\t${active.join(", ") || "<none>"}`);
  eventsLines(w, await world.events(cronJob), world.nowMs);
};
