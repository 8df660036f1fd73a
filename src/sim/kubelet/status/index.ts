import { StatusError } from "../../apiserver/status";
import type { Sim } from "../../component";
import { isApiDown, isDown } from "../../faults";
import { clone, deepEqual } from "../../kernel/freeze";
import { rfc3339 } from "../../kernel/time";
import type { Container, Pod } from "../../kinds/types";
import { ephemeralContainers } from "../containers";
import { nodeAddress } from "../ip-allocation";
import { MIRROR } from "../mirror-annotation";
import { editRecord, KUBELET, type PodRecord, podOf, readRecord } from "../records";
import { readInstance } from "../runtime/instances";
import { podConditions } from "./conditions";
import { containerStatus } from "./container-status";
import { podPhase } from "./phase";

/** `status` of a pod as its kubelet sees it at this moment. */
export function podStatus(sim: Sim, record: PodRecord, pod: Pod): Record<string, any> {
  const old = (pod.status ?? {}) as Record<string, any>;
  const init = ((pod.spec.initContainers ?? []) as Container[]).map((container) =>
    containerStatus(sim, record, pod, container),
  );
  const main = ([...pod.spec.containers] as Container[])
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((container) => containerStatus(sim, record, pod, container));
  const ephemeral = ephemeralContainers(pod).map((container) => {
    const { started: _, ...status } = containerStatus(sim, record, pod, container);
    return { ...status, ready: false };
  });
  const terminal = record.verdict !== undefined || (record.terminating !== undefined && !anyRunning(sim, record));
  const final = old.phase === "Succeeded" || old.phase === "Failed";
  const phase = record.verdict ? "Failed" : final ? old.phase : podPhase(pod, init, main, terminal);
  const ip = record.ip ?? old.podIP;
  return {
    ...old,
    conditions: podConditions(pod, phase, init, main, record.sandbox, sim.kernel.now()),
    containerStatuses: main,
    ...(ephemeral.length > 0 && { ephemeralContainerStatuses: ephemeral }),
    ...hostAddresses(sim, record),
    ...(init.length > 0 && { initContainerStatuses: init }),
    phase,
    ...(ip && { podIP: ip, podIPs: [{ ip }] }),
    ...(record.verdict && { reason: record.verdict.reason, message: record.verdict.message }),
    startTime: old.startTime ?? rfc3339(record.startTimeMs),
  };
}

function hostAddresses(sim: Sim, record: PodRecord): Record<string, any> {
  const address = nodeAddress(sim, record.node);
  return address ? { hostIP: address, hostIPs: [{ ip: address }] } : {};
}

export function anyRunning(sim: Sim, record: PodRecord): boolean {
  return Object.keys(record.containers).some(
    (container) => readInstance(sim, { podUid: record.uid, container })?.state === "running",
  );
}

/** A pod that its node did not take: all that is said of it. */
export function writeRejection(sim: Sim, pod: Pod, { reason, message }: { reason: string; message: string }): void {
  const draft = clone(pod) as Pod;
  const startTime = sim.kernel.now();
  draft.status = { ...clone(pod.status), phase: "Failed", reason, message, startTime } as NonNullable<Pod["status"]>;
  try {
    sim.api(KUBELET).updateStatus("pods", draft);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

/** What happens on the node stays unknown to the API until its kubelet reaches it again. */
const isCutOff = (sim: Sim, record: PodRecord): boolean => isApiDown(sim) || isDown(sim, "cut-off", record.node);

/** A static pod's status is the kubelet's own; its mirror, where there is one, shows it. */
function writeStaticStatus(sim: Sim, record: PodRecord, status: Record<string, any>): void {
  const own = record.static!;
  if (!deepEqual(status, own.status))
    editRecord(sim, record.uid, (draft) => {
      draft.static = { ...own, status: clone(status) } as Pod;
    });
  const mirror = sim.store.get("pods", record.namespace, record.name);
  if (!mirror || mirror.metadata.annotations?.[MIRROR] !== record.uid || isCutOff(sim, record)) return;
  const shown = { ...status, ...(mirror.status?.qosClass && { qosClass: mirror.status.qosClass }) };
  if (deepEqual(shown, mirror.status)) return;
  try {
    sim.api(KUBELET).updateStatus("pods", { ...clone(mirror), status: clone(shown) });
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

/** Reports the pod's status to the API where it differs from what is there. */
export function writeStatus(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  const pod = record && !record.gone && podOf(sim, record);
  if (!record || !pod || record.rejected) return;
  const status = podStatus(sim, record, pod);
  if (record.static) {
    writeStaticStatus(sim, record, status);
    return;
  }
  if (deepEqual(status, pod.status) || isCutOff(sim, record)) return;
  const draft = clone(pod) as Pod;
  draft.status = clone(status);
  try {
    sim.api(KUBELET).updateStatus("pods", draft);
  } catch (error) {
    // The namespace or the pod may be going; the next sync sees it.
    if (!(error instanceof StatusError)) throw error;
  }
}
