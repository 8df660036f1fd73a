import type { KindContext } from "../../apiserver/kind";
import { deepEqual } from "../../kernel/freeze";
import type { Pod } from "../types";
import { qosClass } from "./qos";

export function preparePodForCreate(draft: Pod, _context: KindContext): void {
  (draft.metadata as any).generation = 1;
  const status: any = { phase: "Pending", qosClass: qosClass(draft.spec) };
  if ((draft.spec.schedulingGates ?? []).length > 0) {
    status.conditions = [
      {
        type: "PodScheduled",
        status: "False",
        reason: "SchedulingGated",
        message: "Scheduling is blocked due to non-empty scheduling gates",
        lastProbeTime: null,
        lastTransitionTime: null,
      },
    ];
  }
  draft.status = status;
}

export function preparePodForUpdate(draft: Pod, old: Pod): void {
  draft.status = old.status;
  if (!deepEqual(draft.spec, old.spec)) (draft.metadata as any).generation = Number(old.metadata.generation ?? 0) + 1;
}

/** A status update that does not say them keeps quality of service and what the kubelet does not own. */
export function preparePodForStatusUpdate(draft: Pod, old: Pod): void {
  draft.status ??= {};
  const status = draft.status as any;
  if (old.status?.qosClass) status.qosClass ??= old.status.qosClass;
}

/** A pod that no kubelet knows of needs no grace; neither does one that has ended. */
export function podGraceSeconds(pod: Pod): number {
  const phase = pod.status?.phase;
  if (!pod.spec.nodeName || phase === "Succeeded" || phase === "Failed") return 0;
  return Math.max(0, pod.spec.terminationGracePeriodSeconds ?? 30);
}

export const podFields = (pod: Pod): Record<string, string> => ({
  "spec.nodeName": pod.spec.nodeName ?? "",
  "spec.restartPolicy": pod.spec.restartPolicy ?? "",
  "spec.schedulerName": pod.spec.schedulerName ?? "",
  "spec.serviceAccountName": pod.spec.serviceAccountName ?? "",
  "spec.hostNetwork": String(pod.spec.hostNetwork ?? false),
  "status.phase": pod.status?.phase ?? "",
  "status.podIP": pod.status?.podIP ?? "",
  "status.nominatedNodeName": pod.status?.nominatedNodeName ?? "",
});
