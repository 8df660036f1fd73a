import { defaultPodTemplate } from "../pod/defaults";
import type { Deployment } from "../types";

/** apps/v1 SetDefaults_Deployment. */
export function defaultDeployment(draft: Deployment): void {
  draft.spec ??= {} as Deployment["spec"];
  const spec = draft.spec as any;
  spec.replicas ??= 1;
  spec.strategy ??= {};
  spec.strategy.type ||= "RollingUpdate";
  if (spec.strategy.type === "RollingUpdate") {
    spec.strategy.rollingUpdate ??= {};
    spec.strategy.rollingUpdate.maxUnavailable ??= "25%";
    spec.strategy.rollingUpdate.maxSurge ??= "25%";
  }
  spec.revisionHistoryLimit ??= 10;
  spec.progressDeadlineSeconds ??= 600;
  spec.template ??= {};
  defaultPodTemplate(spec.template);
}
