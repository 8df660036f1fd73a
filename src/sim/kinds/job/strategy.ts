import type { Job } from "../types";
import { prepareWorkloadForCreate, prepareWorkloadForUpdate } from "../workloads/strategy";

export const CONTROLLER_UID = "batch.kubernetes.io/controller-uid";
export const JOB_NAME = "batch.kubernetes.io/job-name";
/** From before labels of Kubernetes' own had a prefix. */
const LEGACY_CONTROLLER_UID = "controller-uid";
const LEGACY_JOB_NAME = "job-name";

/** The labels by which a Job knows its pods. */
export const generatedLabels = ({ name, uid }: Job["metadata"]): Record<string, string> => ({
  [LEGACY_CONTROLLER_UID]: uid,
  [LEGACY_JOB_NAME]: name,
  [CONTROLLER_UID]: uid,
  [JOB_NAME]: name,
});

/** Labels of the user's own are kept, and refused by the validation where they are others. */
function generateSelector(draft: Job): void {
  const spec = draft.spec as any;
  spec.template ??= {};
  spec.template.metadata ??= {};
  spec.template.metadata.labels = { ...generatedLabels(draft.metadata), ...spec.template.metadata.labels };
  spec.selector ??= {};
  spec.selector.matchLabels = { [CONTROLLER_UID]: draft.metadata.uid, ...spec.selector.matchLabels };
}

export function prepareJobForCreate(draft: Job): void {
  prepareWorkloadForCreate(draft, {});
  const spec = draft.spec as any;
  if (!spec.manualSelector) generateSelector(draft);
}

export const prepareJobForUpdate = (draft: Job, old: Job): void => prepareWorkloadForUpdate(draft, old);
