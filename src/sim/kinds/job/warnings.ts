import { deepEqual } from "../../kernel/freeze";
import { podSpecWarnings } from "../pod/warnings";
import type { Job } from "../types";
import { nameWarnings } from "../workloads/warnings";

const COMPLETIONS_SOFT_LIMIT = 100_000;
const PARALLELISM_SOFT_LIMIT = 10_000;
const TOO_MANY =
  "In Indexed Jobs with a number of completions higher than 10^5 and a parallelism higher than 10^4, Kubernetes might not be able to track completedIndexes when a big number of indexes fail";

export const jobWarnings = (job: Job, old?: Job): string[] => [
  ...(old ? [] : nameWarnings(job.metadata.name)),
  ...jobSpecWarnings(job.spec, old?.spec, "spec"),
];

export function jobSpecWarnings(spec: any, old: any, path: string): string[] {
  const warnings: string[] = [];
  const { completions, parallelism, completionMode, template } = spec;
  if (completionMode === "Indexed" && completions > COMPLETIONS_SOFT_LIMIT && parallelism > PARALLELISM_SOFT_LIMIT)
    warnings.push(`${path}: ${TOO_MANY}`);
  if (template?.spec && !(old && deepEqual(template, old.template)))
    warnings.push(...podSpecWarnings(template.spec, `${path}.template.spec`));
  return warnings;
}
