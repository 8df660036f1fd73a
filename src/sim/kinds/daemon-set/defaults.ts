import { defaultPodTemplate } from "../pod/defaults";
import type { DaemonSet } from "../types";

/** apps/v1 SetDefaults_DaemonSet. */
export function defaultDaemonSet(draft: DaemonSet): void {
  draft.spec ??= {} as DaemonSet["spec"];
  const spec = draft.spec as any;
  spec.updateStrategy ??= {};
  spec.updateStrategy.type ||= "RollingUpdate";
  if (spec.updateStrategy.type === "RollingUpdate") {
    spec.updateStrategy.rollingUpdate ??= {};
    spec.updateStrategy.rollingUpdate.maxUnavailable ??= 1;
    spec.updateStrategy.rollingUpdate.maxSurge ??= 0;
  }
  spec.revisionHistoryLimit ??= 10;
  spec.template ??= {};
  defaultPodTemplate(spec.template);
}
