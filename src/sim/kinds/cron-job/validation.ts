import type { FieldError } from "../../apiserver/status";
import { validateJobSpecWithoutSelector } from "../job/validation";
import type { CronJob } from "../types";
import { invalid, notSupported, required } from "../validation/field-error";
import { goLabelSelector } from "../validation/go-syntax";
import { validateMetadata, validateMetadataUpdate } from "../validation/metadata";
import { isDns1123Subdomain } from "../validation/names";
import { nonNegative } from "../validation/numbers";
import { isTimeZone, parseSchedule, ScheduleError } from "./schedule";

/** Jobs are named after their CronJob with eleven characters more, and may have 63. */
const NAME_MAX = 52;
const CONCURRENCY = ["Allow", "Forbid", "Replace"];

export function validateCronJob({ metadata, spec }: CronJob): FieldError[] {
  const errors = validateMetadata(metadata, true, isDns1123Subdomain);
  errors.push(...validateCronJobSpec(spec, "spec"));
  if ((metadata.name ?? "").length > NAME_MAX)
    errors.push(invalid("metadata.name", metadata.name, `must be no more than ${NAME_MAX} characters`));
  return errors;
}

export function validateCronJobSpec(cronJobSpec: CronJob["spec"], path: string): FieldError[] {
  const spec = cronJobSpec as any;
  const errors = validateSchedule(spec.schedule ?? "", `${path}.schedule`);
  errors.push(...nonNegative(spec.startingDeadlineSeconds, `${path}.startingDeadlineSeconds`));
  errors.push(...validateTimeZone(spec.timeZone, `${path}.timeZone`));
  const policy = spec.concurrencyPolicy;
  if (!policy) errors.push(required(`${path}.concurrencyPolicy`));
  else if (!CONCURRENCY.includes(policy)) errors.push(notSupported(`${path}.concurrencyPolicy`, policy, CONCURRENCY));
  errors.push(...validateJobTemplate(spec.jobTemplate ?? {}, `${path}.jobTemplate`));
  errors.push(...nonNegative(spec.successfulJobsHistoryLimit, `${path}.successfulJobsHistoryLimit`));
  errors.push(...nonNegative(spec.failedJobsHistoryLimit, `${path}.failedJobsHistoryLimit`));
  return errors;
}

function validateSchedule(schedule: string, path: string): FieldError[] {
  if (schedule === "") return [required(path)];
  const errors: FieldError[] = [];
  try {
    parseSchedule(schedule);
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    errors.push(invalid(path, schedule, error.message));
  }
  if (schedule.includes("TZ"))
    errors.push(invalid(path, schedule, "cannot use TZ or CRON_TZ in schedule, use timeZone field instead"));
  return errors;
}

const ZONE_PART = /^[A-Za-z.\-_0-9+]{1,14}$/;

function validateTimeZone(timeZone: string | undefined, path: string): FieldError[] {
  if (timeZone === undefined) return [];
  if (timeZone === "") return [invalid(path, timeZone, "timeZone must be nil or non-empty string")];
  const parts = timeZone.split("/");
  if (parts.some((part) => part === "." || part === ".." || part.startsWith("-") || !ZONE_PART.test(part)))
    return [invalid(path, timeZone, `unknown time zone ${timeZone}`)];
  if (timeZone.toLowerCase() === "local") {
    const text = "timeZone must be an explicit time zone as defined in https://www.iana.org/time-zones";
    return timeZone === "Local"
      ? [invalid(path, timeZone, text)]
      : [invalid(path, timeZone, text), invalid(path, timeZone, `unknown time zone ${timeZone}`)];
  }
  return isTimeZone(timeZone) ? [] : [invalid(path, timeZone, `unknown time zone ${timeZone}`)];
}

/** The selector of its Jobs is made for each of them. */
export function validateJobTemplate(template: any, path: string): FieldError[] {
  const spec = template.spec ?? {};
  const errors = validateJobSpecWithoutSelector(spec, `${path}.spec`);
  if (spec.selector)
    errors.push(invalid(`${path}.spec.selector`, goLabelSelector(spec.selector), "`selector` will be auto-generated"));
  if (spec.manualSelector) errors.push(notSupported(`${path}.spec.manualSelector`, true, ["nil", "false"]));
  return errors;
}

export const validateCronJobUpdate = ({ metadata }: CronJob, old: CronJob): FieldError[] =>
  validateMetadataUpdate(metadata, old.metadata);
