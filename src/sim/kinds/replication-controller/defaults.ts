import { defaultPodTemplate } from "../pod/defaults";
import type { ReplicationController } from "../types";

/** Unlike its successors, a ReplicationController takes selector and labels from its template where they are left out. */
export function defaultReplicationController(draft: ReplicationController): void {
  draft.spec ??= {} as ReplicationController["spec"];
  const spec = draft.spec as any;
  spec.replicas ??= 1;
  const labels = spec.template?.metadata?.labels;
  if (labels && Object.keys(labels).length > 0) {
    if (Object.keys(spec.selector ?? {}).length === 0) spec.selector = { ...labels };
    if (Object.keys(draft.metadata.labels ?? {}).length === 0) draft.metadata.labels = { ...labels };
  }
  defaultPodTemplate(spec.template);
}
