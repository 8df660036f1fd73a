import { validateScale } from "../apiserver/subresources/scale";
import { toStored } from "../kinds/horizontal-pod-autoscaler/v1";
import {
  validateHorizontalPodAutoscaler,
  validateHorizontalPodAutoscalerStatusUpdate,
  validateHorizontalPodAutoscalerUpdate,
} from "../kinds/horizontal-pod-autoscaler/validation";
import { segments } from "../kinds/validation/references";
import { asObject } from "./manifest";
import { callsSuite } from "./suite";
import { compareErrors, partOf } from "./validation";

/** Recorded as autoscaling/v1, whose annotations say what it has no fields for. */
const stored = (autoscaler: any): any => toStored(asObject(autoscaler));

export const autoscalingSuite = callsSuite("val-autoscaling.jsonl.gz", {
  ValidateCrossVersionObjectReference: partOf((reference, path) => segments(reference, ["kind", "name"], path)),
  ValidateScale: ({ in: [scale], out }) => compareErrors(validateScale(asObject(scale).spec.replicas ?? 0), out[0]),
  ValidateHorizontalPodAutoscaler: ({ in: [autoscaler], out }) =>
    compareErrors(validateHorizontalPodAutoscaler(stored(autoscaler)), out[0]),
  ValidateHorizontalPodAutoscalerStatusUpdate: ({ in: [now, old], out }) =>
    compareErrors(validateHorizontalPodAutoscalerStatusUpdate(stored(now), stored(old)), out[0]),
  ValidateHorizontalPodAutoscalerUpdate: ({ in: [now, old], out }) =>
    compareErrors(
      [
        ...validateHorizontalPodAutoscaler(stored(now)),
        ...validateHorizontalPodAutoscalerUpdate(stored(now), stored(old)),
      ],
      out[0],
    ),
});
