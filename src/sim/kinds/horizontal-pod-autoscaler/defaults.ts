import type { HorizontalPodAutoscaler } from "../types";

/** autoscaling/v2 SetDefaults_HorizontalPodAutoscaler: a target of 80 % of the CPU where nothing is said. */
export function defaultHorizontalPodAutoscaler(draft: HorizontalPodAutoscaler): void {
  draft.spec ??= {} as HorizontalPodAutoscaler["spec"];
  const spec = draft.spec as any;
  spec.minReplicas ??= 1;
  spec.maxReplicas ??= 0;
  if ((spec.metrics ?? []).length === 0) {
    spec.metrics = [
      { type: "Resource", resource: { name: "cpu", target: { type: "Utilization", averageUtilization: 80 } } },
    ];
  }
  if (!spec.behavior) return;
  spec.behavior.scaleUp = { ...SCALE_UP, ...spec.behavior.scaleUp };
  spec.behavior.scaleDown = { ...SCALE_DOWN, ...spec.behavior.scaleDown };
}

/** What holds where a behaviour says nothing (https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#default-behavior). */
export const SCALE_UP = {
  stabilizationWindowSeconds: 0,
  selectPolicy: "Max",
  policies: [
    { type: "Pods", value: 4, periodSeconds: 15 },
    { type: "Percent", value: 100, periodSeconds: 15 },
  ],
};
/** Its window is the controller's own where the object names none. */
export const SCALE_DOWN = {
  selectPolicy: "Max",
  policies: [{ type: "Percent", value: 100, periodSeconds: 15 }],
};
