import type { Sim } from "../component";
import type { Pod } from "../kinds/types";
import { computeActions } from "./actions";
import { admissionRejection } from "./admission";
import { findContainer } from "./containers";
import { podEvent } from "./events";
import { allocateIp, nodeAddress } from "./ip-allocation";
import { keepMirror } from "./mirror-pods";
import { stopProbes } from "./probes";
import { editContainer, editRecord, KUBELET, type PodRecord, podOf, readRecord, type Task } from "./records";
import { runningInstance } from "./runtime/instances";
import { beginStart, finishCreate, finishPostStart, finishPull, finishRun } from "./start-container";
import { writeRejection, writeStatus } from "./status";
import { clearStopping, stopContainer } from "./stop-container";
import { requestSync, untilRelistMs } from "./sync-queue";
import { beginTermination, continueTermination, deleteFromApi } from "./termination";
import {
  CREATE_CONTAINER_MS,
  MOUNT_MS,
  MOUNT_RETRY_LIMIT_MS,
  MOUNT_RETRY_MS,
  SANDBOX_MS,
  START_CONTAINER_MS,
  SYNC_RETRY_MS,
} from "./timing";
import { mountVolumes } from "./volumes";

const taskTimer = (uid: string): string => `task/${uid}`;

/** Looks at a pod and begins what it needs. One thing at a time: while a step is under way the pod is only marked. */
export function syncPod(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  if (!record || !pod) return;
  const leaving = record.gone !== undefined || pod.metadata.deletionTimestamp !== undefined;
  if (record.static && !leaving) keepMirror(sim, record);
  if (record.terminated) {
    if (leaving) deleteFromApi(sim, uid);
    return;
  }
  if (record.terminating || leaving) {
    beginTermination(sim, uid);
    return;
  }
  if (record.busy) {
    editRecord(sim, uid, (draft) => {
      draft.dirty = true;
    });
    return;
  }
  if (rejected(sim, record, pod) || pastDeadline(sim, record, pod)) return;
  writeStatus(sim, uid);
  const phase = podOf(sim, record)?.status?.phase;
  if (phase === "Succeeded" || phase === "Failed") {
    beginTermination(sim, uid);
    return;
  }
  const tasks = computeActions(sim, record, pod);
  if (tasks.length === 0) return;
  editRecord(sim, uid, (draft) => {
    draft.tasks = tasks;
    draft.busy = true;
    draft.failed = false;
    draft.made = false;
    draft.dirty = false;
    delete draft.retryMs;
  });
  beginTasks(sim, uid);
}

/** Once, before anything is made: a pod that this node cannot take has failed. */
function rejected(sim: Sim, record: PodRecord, pod: Pod): boolean {
  if (record.admitted) return false;
  const rejection = record.static ? undefined : admissionRejection(sim, pod);
  editRecord(sim, record.uid, (draft) => {
    draft.admitted = true;
    if (rejection) {
      draft.rejected = true;
      draft.terminated = true;
    }
  });
  if (!rejection) return false;
  podEvent(sim, pod, "Warning", rejection.reason, rejection.message.replace("Pod was rejected: ", ""));
  writeRejection(sim, pod, rejection);
  return true;
}

/** activeDeadlineSeconds: counted from the pod's start, whatever it does. */
function pastDeadline(sim: Sim, record: PodRecord, pod: Pod): boolean {
  const seconds = pod.spec.activeDeadlineSeconds;
  if (seconds === undefined || seconds === null) return false;
  const leftMs = record.startTimeMs + Number(seconds) * 1000 - sim.kernel.nowMs;
  if (leftMs > 0) {
    const key = `deadline/${record.uid}`;
    if (!sim.kernel.queue.get(KUBELET, key)) sim.kernel.schedule(leftMs, KUBELET, key);
    return false;
  }
  const message = "Pod was active on the node longer than the specified deadline";
  podEvent(sim, pod, "Normal", "DeadlineExceeded", message);
  editRecord(sim, record.uid, (draft) => {
    draft.verdict = { reason: "DeadlineExceeded", message };
  });
  writeStatus(sim, record.uid);
  beginTermination(sim, record.uid);
  return true;
}

/** The deadline interrupts whatever the worker does. */
export function deadlineDue(sim: Sim, uid: string): void {
  sim.kernel.cancel(KUBELET, taskTimer(uid));
  editRecord(sim, uid, (draft) => {
    draft.busy = false;
    draft.tasks = [];
  });
  syncPod(sim, uid);
}

/** Begins the first task, and the next ones where it needs no time. */
function beginTasks(sim: Sim, uid: string): void {
  for (;;) {
    const record = readRecord(sim, uid);
    const pod = record && podOf(sim, record);
    if (!record || !pod || !record.busy) return;
    const task = record.tasks[0];
    if (!task) {
      endSync(sim, uid);
      return;
    }
    const delayMs = begin(sim, record, pod, task);
    if (delayMs === "event") return;
    if (delayMs !== "done") {
      sim.kernel.schedule(delayMs, KUBELET, taskTimer(uid));
      return;
    }
  }
}

/** How long a task takes, or that it is done (and replaced), or that something else will tell. */
function begin(sim: Sim, record: PodRecord, pod: Pod, task: Task): number | "done" | "event" {
  switch (task.step) {
    case "mount":
      return (pod.spec.volumes ?? []).length > 0 ? MOUNT_MS : 0;
    case "sandbox":
      return pod.spec.hostNetwork ? SANDBOX_MS / 2 : SANDBOX_MS;
    case "start": {
      const container = findContainer(pod, task.container);
      follow(sim, record.uid, container && beginStart(sim, record, pod, container, task.exitedMs));
      return "done";
    }
    case "pull":
      return task.endsMs - sim.kernel.nowMs;
    case "create":
      return CREATE_CONTAINER_MS;
    case "run":
      return START_CONTAINER_MS;
    case "postStart":
      return task.tookMs;
    case "kill":
      if (!runningInstance(sim, { podUid: record.uid, container: task.container })) {
        follow(sim, record.uid, undefined);
        return "done";
      }
      stopProbes(sim, record.uid, task.container);
      stopContainer(sim, record.uid, task.container, task.message, task.graceMs);
      return "event";
  }
}

/** The first task has taken its time. */
export function taskDue(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  const task = record?.tasks[0];
  if (!record || !pod || !task || !record.busy) return;
  if (task.step === "mount") {
    if (!finishMount(sim, record, pod)) return;
  } else if (task.step === "sandbox") {
    finishSandbox(sim, record, pod);
  } else {
    const container = findContainer(pod, task.container);
    follow(sim, uid, container && finishContainerTask(sim, record, pod, container, task));
  }
  beginTasks(sim, uid);
}

function finishContainerTask(
  sim: Sim,
  record: PodRecord,
  pod: Pod,
  container: NonNullable<ReturnType<typeof findContainer>>,
  task: Task,
): Task | undefined {
  switch (task.step) {
    case "pull":
      return finishPull(sim, record, pod, container, task);
    case "create":
      return finishCreate(sim, record, pod, container);
    case "run":
      return finishRun(sim, record, pod, container);
    case "postStart":
      return finishPostStart(sim, record, pod, container, task.failure);
    default:
      return undefined;
  }
}

/** The task is done; `next` comes in its place. */
function follow(sim: Sim, uid: string, next: Task | undefined): void {
  editRecord(sim, uid, (draft) => {
    draft.tasks.splice(0, 1, ...(next ? [next] : []));
  });
}

/** False where a volume cannot be mounted yet: tried again after a growing delay. */
function finishMount(sim: Sim, record: PodRecord, pod: Pod): boolean {
  const { uid } = record;
  if (mountVolumes(sim, record, pod)) {
    editRecord(sim, uid, (draft) => {
      draft.mounted = true;
      draft.mountTries = 0;
      draft.tasks.shift();
    });
    return true;
  }
  sim.kernel.schedule(Math.min(MOUNT_RETRY_LIMIT_MS, MOUNT_RETRY_MS * 2 ** record.mountTries), KUBELET, taskTimer(uid));
  editRecord(sim, uid, (draft) => {
    draft.mountTries = Math.min(draft.mountTries + 1, 20);
  });
  return false;
}

function finishSandbox(sim: Sim, record: PodRecord, pod: Pod): void {
  const ip = pod.spec.hostNetwork ? nodeAddress(sim, record.node) : allocateIp(sim, record.node);
  editRecord(sim, record.uid, (draft) => {
    draft.tasks.shift();
    if (ip === undefined) {
      draft.tasks = [];
      draft.failed = true;
      return;
    }
    draft.sandbox = true;
    draft.sandboxes++;
    draft.made = true;
    draft.ip = ip;
  });
  if (ip === undefined) {
    podEvent(
      sim,
      pod,
      "Warning",
      "FailedCreatePodSandBox",
      'Failed to create pod sandbox: rpc error: code = Unknown desc = failed to setup network for sandbox: plugin type="host-local" failed (add): failed to allocate for range 0: no IP addresses available in range set',
    );
  }
}

function endSync(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid)!;
  editRecord(sim, uid, (draft) => {
    draft.busy = false;
    draft.dirty = false;
    draft.tasks = [];
  });
  // What was made is seen with the next relist. Why something failed is reported by the sync that comes then, or later.
  if (record.made) requestSync(sim, uid, untilRelistMs(sim));
  else if (record.failed) requestSync(sim, uid, Math.min(SYNC_RETRY_MS, record.retryMs ?? SYNC_RETRY_MS));
  else if (record.dirty) requestSync(sim, uid, 0);
}

/** A container's main process has ended. */
export function containerExited(sim: Sim, uid: string, container: string): void {
  const record = readRecord(sim, uid);
  if (!record || runningInstance(sim, { podUid: uid, container })) return;
  stopProbes(sim, uid, container);
  clearStopping(sim, uid, container);
  editContainer(sim, uid, container, (draft) => {
    draft.started = false;
    draft.ready = false;
    draft.probes = {};
  });
  if (record.terminating) {
    continueTermination(sim, uid);
    return;
  }
  const task = record.tasks[0];
  if (record.busy && task?.step === "kill" && task.container === container) {
    follow(sim, uid, undefined);
    beginTasks(sim, uid);
    return;
  }
  requestSync(sim, uid, untilRelistMs(sim));
}
