import type { Sim } from "../component";
import type { Pod } from "../kinds/types";
import { findContainer } from "./containers";
import { containerEvent } from "./events";
import { runHook } from "./hooks";
import { editContainer, KUBELET, podOf, readRecord } from "./records";
import { signalInstance } from "./runtime/execution";
import { runningInstance } from "./runtime/instances";
import { MINIMUM_GRACE_MS } from "./timing";

export const stopTimer = (uid: string, container: string): string => `stop/${uid}/${container}`;

/** Seconds of grace that the pod's own words give: of its deletion, else of its spec. */
export function podGraceMs(pod: Pod): number {
  const seconds = pod.metadata.deletionGracePeriodSeconds ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  return Number(seconds) * 1000;
}

/**
 * Begins to stop a running container: preStop, SIGTERM, and SIGKILL when the grace, which preStop counts towards, is
 * over. `exited/…` tells when it has ended. Stopping again can only bring the end closer.
 */
export function stopContainer(sim: Sim, uid: string, name: string, message: string, graceMs: number): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  const container = pod && findContainer(pod, name);
  if (!record || !pod || !container || !runningInstance(sim, { podUid: uid, container: name })) return;
  const deadlineMs = sim.kernel.nowMs + graceMs;
  const stopping = record.containers[name]?.stopping;
  if (stopping) {
    if (deadlineMs < stopping.deadlineMs) hasten(sim, uid, name, deadlineMs);
    return;
  }
  containerEvent(sim, pod, name, "Normal", "Killing", message);
  editContainer(sim, uid, name, (draft) => {
    draft.stopping = { step: "preStop", deadlineMs };
  });
  const hook = container.lifecycle?.preStop;
  if (!hook || graceMs === 0) {
    terminate(sim, uid, name);
    return;
  }
  const { tookMs, failure } = runHook(sim, record, pod, container, hook);
  if (failure !== undefined) containerEvent(sim, pod, name, "Warning", "FailedPreStopHook", "PreStopHook failed");
  if (tookMs === 0) terminate(sim, uid, name);
  else sim.kernel.schedule(Math.min(tookMs, graceMs), KUBELET, stopTimer(uid, name));
}

function hasten(sim: Sim, uid: string, name: string, deadlineMs: number): void {
  const step = readRecord(sim, uid)!.containers[name]!.stopping!.step;
  editContainer(sim, uid, name, (draft) => {
    draft.stopping!.deadlineMs = deadlineMs;
  });
  const due = sim.kernel.queue.get(KUBELET, stopTimer(uid, name));
  const leftMs = Math.max(step === "term" ? MINIMUM_GRACE_MS : 0, deadlineMs - sim.kernel.nowMs);
  if (due && due.atMs > sim.kernel.nowMs + leftMs) sim.kernel.schedule(leftMs, KUBELET, stopTimer(uid, name));
}

function terminate(sim: Sim, uid: string, name: string): void {
  const stopping = readRecord(sim, uid)?.containers[name]?.stopping;
  if (!stopping) return;
  editContainer(sim, uid, name, (draft) => {
    draft.stopping!.step = "term";
  });
  const leftMs = Math.max(MINIMUM_GRACE_MS, stopping.deadlineMs - sim.kernel.nowMs);
  sim.kernel.schedule(leftMs, KUBELET, stopTimer(uid, name));
  signalInstance(sim, { podUid: uid, container: name }, "SIGTERM");
}

/** preStop is over, or the grace is. */
export function stopStepDue(sim: Sim, uid: string, name: string): void {
  const stopping = readRecord(sim, uid)?.containers[name]?.stopping;
  if (!stopping) return;
  if (stopping.step === "preStop") terminate(sim, uid, name);
  else signalInstance(sim, { podUid: uid, container: name }, "SIGKILL");
}

export function clearStopping(sim: Sim, uid: string, name: string): void {
  sim.kernel.cancel(KUBELET, stopTimer(uid, name));
  editContainer(sim, uid, name, (draft) => {
    delete draft.stopping;
  });
}
