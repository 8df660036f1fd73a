import type { NewObject } from "../../apiserver/client";
import { clone } from "../../kernel/freeze";
import { rfc3339 } from "../../kernel/time";
import { offsetMs } from "../../kinds/cron-job/schedule";
import type { CronJob } from "../../kinds/types";
import type { KubeObject } from "../../types";
import { controllerRef } from "../controller-ref";

/** On Jobs: the moment that the schedule named, in the schedule's time zone. */
const SCHEDULED = "batch.kubernetes.io/cronjob-scheduled-timestamp";

export const minutesOf = (atMs: number): number => Math.floor(atMs / 60_000);

/** A Job is named by the minute of its start, so that no start can make two. */
export const jobName = ({ metadata }: Pick<CronJob, "metadata">, atMs: number): string =>
  `${metadata.name}-${minutesOf(atMs)}`;

function inZone(atMs: number, timeZone: string | undefined): string {
  const offset = offsetMs(timeZone, atMs);
  const local = rfc3339(atMs + offset);
  // Go writes Z for every zone that is at UTC at that moment.
  if (offset === 0) return local;
  const minutes = Math.abs(offset) / 60_000;
  const two = (value: number) => String(value).padStart(2, "0");
  return local.replace("Z", `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`);
}

/** The Job for the start at this moment, from the CronJob's template. */
export function jobOf(cronJob: CronJob, atMs: number): NewObject {
  const { metadata, jobTemplate, timeZone } = { metadata: cronJob.metadata, ...(cronJob.spec as any) };
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: {
      name: jobName(cronJob, atMs),
      namespace: metadata.namespace,
      ...(jobTemplate.metadata?.labels && { labels: clone(jobTemplate.metadata.labels) }),
      annotations: { ...jobTemplate.metadata?.annotations, [SCHEDULED]: inZone(atMs, timeZone) },
      ownerReferences: [
        controllerRef({ ...cronJob, apiVersion: "batch/v1", kind: "CronJob" } as unknown as KubeObject),
      ],
    },
    spec: clone(jobTemplate.spec),
  };
}
