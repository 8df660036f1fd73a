import type { Sim } from "../../component";
import type { Container, Pod } from "../../kinds/types";
import { findContainer } from "../containers";
import { containerEvent } from "../events";
import { editContainer, KUBELET, type ProbeKind, type ProbeRecord, podOf, readRecord } from "../records";
import { runningInstance } from "../runtime/instances";
import { writeStatus } from "../status";
import { requestSync, untilRelistMs } from "../sync-queue";
import { type Attempt, attemptProbe, type Probe } from "./attempt";
import { PROBE_KINDS, probeTimer } from "./lazy";

const INITIAL: Record<ProbeKind, ProbeRecord["result"]> = {
  startup: "unknown",
  liveness: "success",
  readiness: "failure",
};
const TITLE: Record<ProbeKind, string> = { startup: "Startup", liveness: "Liveness", readiness: "Readiness" };
/** An answer that comes sooner than this is there at once. */
const INSTANT_MS = 20;

export function probeOf(container: Container, kind: ProbeKind): Probe | undefined {
  return kind === "startup"
    ? container.startupProbe
    : kind === "liveness"
      ? container.livenessProbe
      : container.readinessProbe;
}

const periodMs = (probe: Probe): number => Number(probe.periodSeconds ?? 10) * 1000;

/** A container runs: its probes begin anew. The others wait for the startup probe, where there is one. */
export function beginProbes(sim: Sim, uid: string, container: Container): void {
  editContainer(sim, uid, container.name, (draft) => {
    draft.probes = {};
    for (const kind of PROBE_KINDS) {
      const probe = probeOf(container, kind);
      if (probe) draft.probes[kind] = { result: INITIAL[kind], runs: 0, periodMs: periodMs(probe) };
    }
    draft.started = !container.startupProbe;
    draft.ready = !container.startupProbe && !container.readinessProbe;
  });
  if (container.startupProbe) scheduleFirst(sim, uid, container, "startup");
  else for (const kind of ["liveness", "readiness"] as const) scheduleFirst(sim, uid, container, kind);
}

/**
 * Each probe has a ticker of its own that began with the pod, not with the container: an attempt that comes before the
 * initial delay is over is left out, and the next one is a whole period later. Only readiness is asked out of turn, and its
 * ticker set anew, when the kubelet sees a started container that is not ready.
 */
function scheduleFirst(sim: Sim, uid: string, container: Container, kind: ProbeKind): void {
  const probe = probeOf(container, kind);
  const record = readRecord(sim, uid);
  const row = runningInstance(sim, { podUid: uid, container: container.name });
  if (!probe || !record || !row) return;
  const { nowMs } = sim.kernel;
  // The container that was just started shows with the next look at the node's containers.
  const seenMs = nowMs === row.startedMs ? nowMs + untilRelistMs(sim) : nowMs;
  const epochMs = kind === "readiness" ? seenMs : record.startTimeMs;
  const earliestMs = Math.max(seenMs, row.startedMs + Number(probe.initialDelaySeconds ?? 0) * 1000);
  const ticks = Math.max(0, Math.ceil((earliestMs - epochMs) / periodMs(probe)));
  sim.kernel.schedule(epochMs + ticks * periodMs(probe) - nowMs, KUBELET, probeTimer(uid, container.name, kind));
}

export function stopProbes(sim: Sim, uid: string, container: string, kinds: readonly ProbeKind[] = PROBE_KINDS): void {
  const probes = readRecord(sim, uid)?.containers[container]?.probes ?? {};
  if (!kinds.some((kind) => probes[kind])) return;
  for (const kind of kinds) {
    sim.kernel.cancel(KUBELET, probeTimer(uid, container, kind));
    sim.kernel.cancel(KUBELET, `probed/${uid}/${container}/${kind}`);
  }
  editContainer(sim, uid, container, (draft) => {
    for (const kind of kinds) {
      const probe = draft.probes[kind];
      if (!probe) continue;
      delete probe.asleep;
      probe.onHold = true;
    }
  });
}

/** After the kubelet was away: whoever runs is probed again. */
export function resumeProbes(sim: Sim, uid: string, container: Container): void {
  const probes = readRecord(sim, uid)?.containers[container.name]?.probes ?? {};
  for (const kind of PROBE_KINDS) {
    if (!probes[kind] || probes[kind].onHold) continue;
    if (kind !== "startup" && container.startupProbe && probes.startup?.result !== "success") continue;
    scheduleFirst(sim, uid, container, kind);
  }
}

/** It is time to ask. */
export function probeDue(sim: Sim, uid: string, containerName: string, kind: ProbeKind): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  const container = pod && findContainer(pod, containerName);
  const probe = container && probeOf(container, kind);
  const state = record?.containers[containerName]?.probes[kind];
  if (!record || !pod || !container || !probe || !state || state.onHold) return;
  if (!runningInstance(sim, { podUid: uid, container: containerName })) return;
  const attempt = attemptProbe(sim, record, pod, container, probe);
  const everyMs = periodMs(probe);
  // A slow answer makes the ticks drop that come meanwhile.
  const nextMs = sim.kernel.nowMs + everyMs * Math.max(1, Math.ceil(attempt.tookMs / everyMs));
  editContainer(sim, uid, containerName, (draft) => {
    const record = draft.probes[kind]!;
    record.nextMs = nextMs;
    delete record.asleep;
  });
  sim.kernel.schedule(nextMs - sim.kernel.nowMs, KUBELET, probeTimer(uid, containerName, kind));
  if (attempt.tookMs < INSTANT_MS) settle(sim, uid, containerName, kind, attempt);
  else sim.kernel.schedule(attempt.tookMs, KUBELET, `probed/${uid}/${containerName}/${kind}`, { ...attempt });
}

/** The answer is there. */
export function settle(sim: Sim, uid: string, containerName: string, kind: ProbeKind, attempt: Attempt): void {
  const record = readRecord(sim, uid);
  const pod = record && podOf(sim, record);
  const container = pod && findContainer(pod, containerName);
  const probe = container && probeOf(container, kind);
  if (!record || !pod || !container || !probe || record.containers[containerName]?.probes[kind]?.onHold) return;
  if (!runningInstance(sim, { podUid: uid, container: containerName })) return;
  if (attempt.outcome === "errored") {
    containerEvent(
      sim,
      pod,
      containerName,
      "Warning",
      "Unhealthy",
      `${TITLE[kind]} probe errored and resulted in unknown state: ${attempt.output}`,
    );
    return;
  }
  if (attempt.outcome === "failure")
    containerEvent(sim, pod, containerName, "Warning", "Unhealthy", `${TITLE[kind]} probe failed: ${attempt.output}`);
  const threshold = Number(
    (attempt.outcome === "success" ? probe.successThreshold : probe.failureThreshold) ??
      (attempt.outcome === "success" ? 1 : 3),
  );
  let turned = false;
  editContainer(sim, uid, containerName, (draft) => {
    const state = draft.probes[kind]!;
    const outcome = attempt.outcome as "success" | "failure";
    // Counting on beyond the threshold would tell nothing, and would keep a settled pod changing.
    state.runs = state.last === outcome ? Math.min(state.runs + 1, threshold) : 1;
    state.last = outcome;
    if (state.runs < threshold || state.result === outcome) return;
    state.result = outcome;
    turned = true;
    if (kind === "readiness") draft.ready = outcome === "success";
  });
  if (turned) onTurn(sim, uid, container, kind, attempt.outcome);
  fallAsleep(sim, uid, containerName, kind, attempt);
}

function onTurn(sim: Sim, uid: string, container: Container, kind: ProbeKind, outcome: "success" | "failure"): void {
  if (kind === "startup" && outcome === "success") {
    stopProbes(sim, uid, container.name, ["startup"]);
    editContainer(sim, uid, container.name, (draft) => {
      draft.started = true;
      draft.ready = !container.readinessProbe;
    });
    for (const next of ["liveness", "readiness"] as const) scheduleFirst(sim, uid, container, next);
    writeStatus(sim, uid);
    requestSync(sim, uid, 0);
  } else if (kind === "readiness") {
    writeStatus(sim, uid);
  } else if (outcome === "failure") {
    // No more questions until it has been started again.
    stopProbes(sim, uid, container.name, [kind]);
    requestSync(sim, uid, 0);
  }
}

function fallAsleep(sim: Sim, uid: string, containerName: string, kind: ProbeKind, attempt: Attempt): void {
  const state = readRecord(sim, uid)?.containers[containerName]?.probes[kind];
  if (attempt.outcome !== "success" || attempt.moved || !state || state.onHold || state.result !== "success") return;
  if (attempt.tookMs >= INSTANT_MS) return;
  sim.kernel.cancel(KUBELET, probeTimer(uid, containerName, kind));
  editContainer(sim, uid, containerName, (draft) => {
    draft.probes[kind]!.asleep = true;
  });
}

/** During termination only readiness is still of interest. */
export function stopHealthProbes(sim: Sim, uid: string, pod: Pod): void {
  for (const { name } of [...(pod.spec.initContainers ?? []), ...pod.spec.containers])
    stopProbes(sim, uid, name, ["startup", "liveness"]);
}
