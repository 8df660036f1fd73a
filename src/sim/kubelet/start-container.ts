import type { Sim } from "../component";
import { findImage } from "../images/catalog";
import { goDuration } from "../kernel/go-duration";
import type { Container, Pod } from "../kinds/types";
import { nextBackoff, pullWaitMs, restartWaitMs } from "./backoff";
import { createContainer } from "./containers";
import { ConfigError } from "./env";
import { containerEvent, podText } from "./events";
import { runHook } from "./hooks";
import { fullImageName, imagePresent, keepImage, pullFailure, queuePull } from "./image-pull";
import { beginProbes } from "./probes";
import { editContainer, editRecord, NO_CONTAINER, type PodRecord, readRecord, type Task } from "./records";
import { startInstance } from "./runtime/execution";
import { readInstance } from "./runtime/instances";

/** What comes after a step: the next one of this container, or none. */
export type Next = Task | undefined;

/** First of all: may it start now? Then its image. */
export function beginStart(
  sim: Sim,
  record: PodRecord,
  pod: Pod,
  container: Container,
  exitedMs: number | undefined,
): Next {
  const { uid } = record;
  const { name } = container;
  const known = record.containers[name] ?? NO_CONTAINER;
  const nowMs = sim.kernel.nowMs;
  if (exitedMs !== undefined) {
    const waitMs = restartWaitMs(known.backoff, exitedMs, nowMs);
    if (waitMs > 0) {
      containerEvent(
        sim,
        pod,
        name,
        "Warning",
        "BackOff",
        `Back-off restarting failed container ${name} in pod ${podText(pod)}`,
      );
      const message = `back-off ${goWait(known.backoff!.delayMs)} restarting failed container=${name} pod=${podText(pod)}`;
      fail(sim, uid, name, "CrashLoopBackOff", message, waitMs);
      return undefined;
    }
    editContainer(sim, uid, name, (draft) => {
      draft.backoff = nextBackoff(known.backoff, exitedMs, nowMs);
    });
  }
  return beginImage(sim, record, pod, container);
}

/** `10s`, `1m20s`, `5m0s`. */
const goWait = (ms: number): string => goDuration(ms);

function beginImage(sim: Sim, record: PodRecord, pod: Pod, container: Container): Next {
  const { uid, node } = record;
  const { name, imagePullPolicy: policy } = container;
  const spec = container.image ?? "";
  const full = fullImageName(spec);
  if ("error" in full) {
    const message = `Failed to apply default image tag "${spec}": couldn't parse image name "${spec}": ${full.error}`;
    containerEvent(sim, pod, name, "Warning", "InspectFailed", message);
    containerEvent(sim, pod, name, "Warning", "Failed", "Error: InvalidImageName");
    fail(sim, uid, name, "InvalidImageName", message);
    return undefined;
  }
  const present = imagePresent(sim, node, full.image);
  if (present && policy !== "Always") {
    containerEvent(sim, pod, name, "Normal", "Pulled", `Container image "${spec}" already present on machine`);
    return { step: "create", container: name };
  }
  if (policy === "Never") {
    const message = `Container image "${spec}" is not present with pull policy of Never`;
    containerEvent(sim, pod, name, "Warning", "ErrImageNeverPull", message);
    containerEvent(sim, pod, name, "Warning", "Failed", "Error: ErrImageNeverPull");
    fail(sim, uid, name, "ErrImageNeverPull", message);
    return undefined;
  }
  const backoff = record.containers[name]?.pullBackoff;
  const waitMs = backoff?.image === spec ? pullWaitMs(backoff, sim.kernel.nowMs) : 0;
  if (backoff && waitMs > 0) {
    containerEvent(sim, pod, name, "Normal", "BackOff", `Back-off pulling image "${spec}"`);
    containerEvent(sim, pod, name, "Warning", "Failed", "Error: ImagePullBackOff");
    fail(
      sim,
      uid,
      name,
      "ImagePullBackOff",
      `Back-off pulling image "${spec}": ErrImagePull: ${backoff.error}`,
      waitMs,
    );
    return undefined;
  }
  containerEvent(sim, pod, name, "Normal", "Pulling", `Pulling image "${spec}"`);
  const { startMs, tookMs } = queuePull(sim, node, full.image);
  return {
    step: "pull",
    container: name,
    image: full.image,
    queuedMs: sim.kernel.nowMs,
    startedMs: startMs,
    endsMs: startMs + tookMs,
  };
}

export function finishPull(
  sim: Sim,
  record: PodRecord,
  pod: Pod,
  container: Container,
  task: Task & { step: "pull" },
): Next {
  const { uid, node } = record;
  const { name } = container;
  const spec = container.image ?? "";
  const nowMs = sim.kernel.nowMs;
  const error = pullFailure(task.image);
  if (error !== undefined) {
    containerEvent(sim, pod, name, "Warning", "Failed", `Failed to pull image "${spec}": ${error}`);
    containerEvent(sim, pod, name, "Warning", "Failed", "Error: ErrImagePull");
    editContainer(sim, uid, name, (draft) => {
      const before = draft.pullBackoff?.image === spec ? draft.pullBackoff : undefined;
      draft.pullBackoff = { ...nextBackoff(before, nowMs, nowMs), image: spec, error };
    });
    fail(sim, uid, name, "ErrImagePull", error);
    return undefined;
  }
  keepImage(sim, node, task.image);
  editContainer(sim, uid, name, (draft) => {
    delete draft.pullBackoff;
  });
  const took = goDuration(nowMs - task.startedMs);
  const waited = goDuration(nowMs - task.queuedMs);
  const size = findImage(task.image)!.sizeBytes;
  containerEvent(
    sim,
    pod,
    name,
    "Normal",
    "Pulled",
    `Successfully pulled image "${spec}" in ${took} (${waited} including waiting). Image size: ${size} bytes.`,
  );
  return { step: "create", container: name };
}

export function finishCreate(sim: Sim, record: PodRecord, pod: Pod, container: Container): Next {
  const full = fullImageName(container.image ?? "");
  try {
    createContainer(sim, record, pod, container, "image" in full ? full.image : "");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    // The runtime, not the kubelet, finds out that there is nothing to run.
    const runtime = error.message === "no command specified";
    const message = runtime
      ? "failed to generate container spec: failed to generate spec: no command specified"
      : error.message;
    containerEvent(sim, pod, container.name, "Warning", "Failed", `Error: ${message}`);
    fail(sim, record.uid, container.name, runtime ? "CreateContainerError" : "CreateContainerConfigError", message);
    return undefined;
  }
  editRecord(sim, record.uid, (draft) => {
    draft.made = true;
  });
  return { step: "run", container: container.name };
}

export function finishRun(sim: Sim, record: PodRecord, pod: Pod, container: Container): Next {
  const { uid } = record;
  const { name } = container;
  const { error } = startInstance(sim, { podUid: uid, container: name });
  if (error !== undefined) {
    containerEvent(sim, pod, name, "Warning", "Failed", `Error: ${error}`);
    fail(sim, uid, name, "RunContainerError", error);
    return undefined;
  }
  containerEvent(sim, pod, name, "Normal", "Started", `Started container ${name}`);
  editContainer(sim, uid, name, (draft) => {
    delete draft.waiting;
  });
  const row = readInstance(sim, { podUid: uid, container: name });
  if (row?.state !== "running") return undefined;
  const hook = container.lifecycle?.postStart;
  if (!hook) {
    beginProbes(sim, uid, container);
    return undefined;
  }
  const { tookMs, failure } = runHook(sim, readRecord(sim, uid)!, pod, container, hook);
  return { step: "postStart", container: name, tookMs, ...(failure !== undefined && { failure }) };
}

/** Gives the task that kills the container where its hook failed. */
export function finishPostStart(
  sim: Sim,
  record: PodRecord,
  pod: Pod,
  container: Container,
  failure: string | undefined,
): Next {
  const { uid } = record;
  if (failure === undefined) {
    beginProbes(sim, uid, container);
    return undefined;
  }
  containerEvent(sim, pod, container.name, "Warning", "FailedPostStartHook", "PostStartHook failed");
  fail(sim, uid, container.name, "PostStartHookError", failure);
  return {
    step: "kill",
    container: container.name,
    message: "FailedPostStartHook",
    graceMs: Number(pod.spec.terminationGracePeriodSeconds ?? 30) * 1000,
  };
}

/** Notes why a container does not run, and that the pod is to be synced again. */
function fail(sim: Sim, uid: string, name: string, reason: string, message: string, retryMs?: number): void {
  editContainer(sim, uid, name, (draft) => {
    draft.waiting = message ? { reason, message } : { reason };
  });
  editRecord(sim, uid, (draft) => {
    draft.failed = true;
    if (retryMs !== undefined) draft.retryMs = Math.min(draft.retryMs ?? retryMs, retryMs);
  });
}
