import type { KubeObject } from "../../types";
import { isPodAvailable, isPodReady } from "../pod-state";

export const isTerminating = (pod: KubeObject): boolean => pod.metadata.deletionTimestamp !== undefined;

export const isRunningAndReady = (pod: KubeObject): boolean => pod.status?.phase === "Running" && isPodReady(pod);

export const hasEnded = ({ status }: KubeObject): boolean =>
  status?.phase === "Failed" || status?.phase === "Succeeded";

/** Running, ready and, with `minReadySeconds`, ready for long enough. */
export const isAvailable = (set: KubeObject, pod: KubeObject, nowMs: number): boolean =>
  isRunningAndReady(pod) && isPodAvailable(pod, set.spec.minReadySeconds ?? 0, nowMs);
