import { findPort } from "../controllers/endpoints/pod-endpoint";
import { isPodAvailable, isPodReady, podCondition } from "../controllers/pod-state";
import { parseRfc3339 } from "../kernel/time";
import { updatePodCondition } from "../kinds/pod/conditions";
import { containerStatus } from "../kinds/pod/container-statuses";
import { callsSuite, differs } from "./suite";

const withStatus = (status: unknown) => ({ status }) as any;

export const podSuite = callsSuite("kube-pod-util.jsonl.gz", {
  FindPort: ({ in: [pod, port], out: [found, failure] }) =>
    differs(findPort(pod, port) ?? "none", failure ? "none" : found),
  GetContainerStatus: ({ in: [statuses, name], out: [status, found] }) =>
    differs(containerStatus(statuses ?? [], name) ?? null, found ? status : null),
  GetExistingContainerStatus: ({ in: [statuses, name], out: [status] }) =>
    differs(containerStatus(statuses ?? [], name) ?? null, status.name === "" ? null : status),
  GetPodCondition: ({ in: [status, type], out }) => differs(podCondition(withStatus(status), type) ?? null, out[1]),
  GetPodConditionFromList: ({ in: [conditions, type], out }) =>
    differs(podCondition(withStatus({ conditions }), type) ?? null, out[1]),
  GetPodReadyCondition: ({ in: [status], out }) => differs(podCondition(withStatus(status), "Ready") ?? null, out[0]),
  IsPodAvailable: ({ in: [pod, minReadySeconds, now], out }) =>
    differs(isPodAvailable(pod, minReadySeconds, parseRfc3339(now)!), out[0]),
  IsPodReady: ({ in: [pod], out }) => differs(isPodReady(pod), out[0]),
  IsPodReadyConditionTrue: ({ in: [status], out }) => differs(isPodReady(withStatus(status)), out[0]),
  UpdatePodCondition: ({ in: [status, condition], now, out }) =>
    differs(updatePodCondition(structuredClone(status), condition, now), out[0]),
});
