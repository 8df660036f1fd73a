import { StatusError } from "../apiserver/status";
import type { Sim } from "../component";
import type { Container, Pod } from "../kinds/types";
import { ephemeralContainers } from "./containers";
import { stopHealthProbes, stopProbes } from "./probes";
import { dropRecord, editRecord, KUBELET, podOf, readRecord } from "./records";
import { dropLayer } from "./runtime/files";
import { dropInstance, runningInstance } from "./runtime/instances";
import { dropLogs } from "./runtime/logs";
import { writeStatus } from "./status";
import { isSidecar } from "./status/container-status";
import { podGraceMs, stopContainer, stopTimer } from "./stop-container";
import { TEARDOWN_MS } from "./timing";
import { closeAccount } from "./usage/accounts";
import { dropVolumes } from "./volumes";

/** Grace of a pod that the API knows no more. */
const ORPHAN_GRACE_MS = 2000;

/** Stops what runs of a pod that is to go, or that is over. Again with less grace where the pod says so. */
export function beginTermination(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  if (!record || !pod) return;
  const graceMs = record.gone ? ORPHAN_GRACE_MS : podGraceMs(pod);
  if (!record.terminating) {
    for (const timer of [`task/${uid}`, `volumes/${uid}`, `deadline/${uid}`]) sim.kernel.cancel(KUBELET, timer);
    stopHealthProbes(sim, uid, pod);
    editRecord(sim, uid, (draft) => {
      draft.terminating = { graceMs, sinceMs: sim.kernel.nowMs };
      draft.busy = false;
      draft.tasks = [];
    });
  } else if (graceMs < record.terminating.graceMs) {
    editRecord(sim, uid, (draft) => {
      draft.terminating!.graceMs = graceMs;
    });
  }
  continueTermination(sim, uid);
}

/** The containers first, all at once; then sidecars, the last one first; then what held them. */
export function continueTermination(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  if (!record?.terminating || !pod || record.terminated) return;
  writeStatus(sim, uid);
  const sidecars = ((pod.spec.initContainers ?? []) as Container[]).filter(isSidecar).reverse();
  const others = [
    ...pod.spec.containers,
    ...ephemeralContainers(pod),
    ...(pod.spec.initContainers ?? []).filter((container) => !isSidecar(container)),
  ];
  const running = (container: { name: string }) =>
    runningInstance(sim, { podUid: uid, container: container.name }) !== undefined;
  const left = others.filter(running);
  const next = left.length > 0 ? left : sidecars.filter(running).slice(0, 1);
  const graceLeftMs = Math.max(0, record.terminating.sinceMs + record.terminating.graceMs - sim.kernel.nowMs);
  for (const { name } of next)
    stopContainer(
      sim,
      uid,
      name,
      `Stopping container ${name}`,
      left.length > 0 ? record.terminating.graceMs : graceLeftMs,
    );
  if (next.length === 0 && !sim.kernel.queue.get(KUBELET, `teardown/${uid}`))
    sim.kernel.schedule(TEARDOWN_MS, KUBELET, `teardown/${uid}`);
}

/** Sandbox and volumes are gone: the pod's last status, and its object if it was to be deleted. */
export function teardown(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  if (!record || !pod) return;
  for (const name of Object.keys(record.containers)) stopProbes(sim, uid, name);
  editRecord(sim, uid, (draft) => {
    draft.sandbox = false;
    draft.terminated = true;
    delete draft.ip;
  });
  dropVolumes(sim, uid, pod);
  writeStatus(sim, uid);
  if (record.gone) {
    forgetPod(sim, uid);
    if (record.static) sim.kernel.schedule(0, KUBELET, `manifests/${record.node}`);
  } else if (pod.metadata.deletionTimestamp) deleteFromApi(sim, uid);
}

/** The last word of a deletion: the object goes, unless finalizers hold it. */
export function deleteFromApi(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  if (!record || record.gone || !podOf(sim, record)) return;
  try {
    sim.api(KUBELET).delete("pods", record.namespace, record.name, { gracePeriodSeconds: 0, preconditions: { uid } });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

/** Nothing of the pod is left on its node. */
export function forgetPod(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  if (!record) return;
  for (const timer of ["pod", "task", "volumes", "deadline", "teardown"]) sim.kernel.cancel(KUBELET, `${timer}/${uid}`);
  for (const container of Object.keys(record.containers)) {
    const ref = { podUid: uid, container };
    stopProbes(sim, uid, container);
    sim.kernel.cancel(KUBELET, stopTimer(uid, container));
    sim.kernel.cancel(KUBELET, `exited/${uid}/${container}`);
    for (const name of runningInstance(sim, ref)?.timers ?? [])
      sim.kernel.cancel(KUBELET, `program/${uid}/${container}/${name}`);
    dropInstance(sim, ref);
    closeAccount(sim, ref);
    dropLayer(sim, ref);
    dropLogs(sim, ref);
  }
  dropVolumes(sim, uid, record.gone ?? (podOf(sim, record) as Pod | undefined));
  dropRecord(sim, uid);
}
