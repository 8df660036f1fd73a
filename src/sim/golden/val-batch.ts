import { validateCronJobSpec, validateJobTemplate } from "../kinds/cron-job/validation";
import { validateJobStatusUpdate } from "../kinds/job/update";
import { validateGeneratedSelector, validateJobSpec } from "../kinds/job/validation";
import { asManifest, asObject } from "./manifest";
import { callsSuite } from "./suite";
import { compareErrors, kindAsks, partOf } from "./validation";

/** A status as that of a Job which says nothing else. */
const ofStatus = (status: any, old: any, recorded: any): string[] => {
  const job = { metadata: { resourceVersion: "1" }, spec: {} } as any;
  return compareErrors(
    validateJobStatusUpdate({ ...job, status: asManifest(status) }, { ...job, status: asManifest(old) }),
    recorded,
  );
};

export const batchSuite = callsSuite("val-batch.jsonl.gz", {
  ...kindAsks("batch", ["Job", "CronJob"]),
  ValidateCronJobSpec: partOf(validateCronJobSpec),
  ValidateGeneratedSelector: ({ in: [job], out }) => compareErrors(validateGeneratedSelector(asObject(job)), out[0]),
  ValidateJobSpec: partOf(validateJobSpec),
  ValidateJobStatus: ({ in: [status], out }) => ofStatus(status, {}, out[0]),
  ValidateJobStatusUpdate: ({ in: [status, old], out }) => ofStatus(status, old, out[0]),
  ValidateJobTemplateSpec: partOf(validateJobTemplate),
  ValidateJobUpdateStatus: ({ in: [now, old], out }) =>
    compareErrors(validateJobStatusUpdate(asObject(now), asObject(old)), out[0]),
});
