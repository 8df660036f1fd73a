import type { Cell, Column } from "../../apiserver/kind";
import { parseRfc3339 } from "../../kernel/time";
import { AGE_COLUMN, age, humanDuration, NAME_COLUMN, NONE, shown, wide } from "../printing";
import type { Pod } from "../types";

export const podColumns: Column[] = [
  NAME_COLUMN,
  shown("Ready"),
  shown("Status"),
  shown("Restarts"),
  AGE_COLUMN,
  wide("IP"),
  wide("Node"),
  wide("Nominated Node"),
  wide("Readiness Gates"),
];

/** What kubectl get and describe say of a pod in short. */
export interface PodSummary {
  ready: number;
  total: number;
  /** The STATUS column: the reason of what stands in the way, else the phase. */
  status: string;
  restarts: number;
  /** When the newest restart's predecessor ended, in ms. */
  lastRestartMs: number | undefined;
}

const conditionIsTrue = (pod: Pod, type: string) =>
  pod.status?.conditions?.some((condition) => condition.type === type && condition.status === "True") ?? false;

const alwaysRestarts = (container: { restartPolicy?: string } | undefined) => container?.restartPolicy === "Always";

function exitText(terminated: { reason?: string; signal?: number; exitCode?: number }): string {
  if (terminated.reason) return terminated.reason;
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`;
}

function newest(current: number | undefined, status: any): number | undefined {
  const finished = status.lastState?.terminated?.finishedAt;
  const ms = typeof finished === "string" ? parseRfc3339(finished) : undefined;
  return ms !== undefined && (current === undefined || ms > current) ? ms : current;
}

export function summarisePod(pod: Pod): PodSummary {
  const { spec, status = {} } = pod;
  let reason = status.reason || status.phase || "";
  if (status.conditions?.some(({ type, reason: why }) => type === "PodScheduled" && why === "SchedulingGated")) {
    reason = "SchedulingGated";
  }
  let total = spec.containers?.length ?? 0;
  let ready = 0;
  let restarts = 0;
  let sidecarRestarts = 0;
  let lastRestartMs: number | undefined;
  let lastSidecarRestartMs: number | undefined;
  const initByName = new Map((spec.initContainers ?? []).map((container) => [container.name, container]));
  for (const container of spec.initContainers ?? []) if (alwaysRestarts(container)) total++;

  let initializing = false;
  for (const [index, container] of (status.initContainerStatuses ?? []).entries()) {
    const sidecar = alwaysRestarts(initByName.get(container.name));
    restarts += container.restartCount ?? 0;
    lastRestartMs = newest(lastRestartMs, container);
    if (sidecar) {
      sidecarRestarts += container.restartCount ?? 0;
      lastSidecarRestartMs = newest(lastSidecarRestartMs, container);
    }
    const { terminated, waiting } = container.state ?? {};
    if (terminated && (terminated.exitCode ?? 0) === 0) continue;
    if (sidecar && container.started) {
      if (container.ready) ready++;
      continue;
    }
    if (terminated) reason = `Init:${exitText(terminated)}`;
    else if (waiting?.reason && waiting.reason !== "PodInitializing") reason = `Init:${waiting.reason}`;
    else reason = `Init:${index}/${spec.initContainers?.length ?? 0}`;
    initializing = true;
    break;
  }

  if (!initializing || conditionIsTrue(pod, "Initialized")) {
    restarts = sidecarRestarts;
    lastRestartMs = lastSidecarRestartMs;
    let running = false;
    for (const container of [...(status.containerStatuses ?? [])].reverse()) {
      restarts += container.restartCount ?? 0;
      lastRestartMs = newest(lastRestartMs, container);
      const { waiting, terminated, running: runs } = container.state ?? {};
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) reason = exitText(terminated);
      else if (container.ready && runs) {
        running = true;
        ready++;
      }
    }
    // One container is done while another works on: the pod is at work, or waits to be ready.
    if (reason === "Completed" && running) reason = conditionIsTrue(pod, "Ready") ? "Running" : "NotReady";
  }

  if (pod.metadata.deletionTimestamp && status.reason === "NodeLost") reason = "Unknown";
  else if (pod.metadata.deletionTimestamp && status.phase !== "Failed" && status.phase !== "Succeeded")
    reason = "Terminating";
  return { ready, total, status: reason, restarts, lastRestartMs };
}

export function podRow(pod: Pod, nowMs: number): Cell[] {
  const { metadata, spec, status = {} } = pod;
  const summary = summarisePod(pod);
  const ago =
    summary.restarts !== 0 && summary.lastRestartMs !== undefined
      ? ` (${humanDuration(nowMs - summary.lastRestartMs)} ago)`
      : "";
  const gates = spec.readinessGates ?? [];
  const passed = gates.filter(({ conditionType }) => conditionIsTrue(pod, conditionType)).length;
  return [
    metadata.name,
    `${summary.ready}/${summary.total}`,
    summary.status,
    `${summary.restarts}${ago}`,
    age(metadata.creationTimestamp, nowMs),
    status.podIPs?.[0]?.ip || status.podIP || NONE,
    spec.nodeName || NONE,
    status.nominatedNodeName || NONE,
    gates.length > 0 ? `${passed}/${gates.length}` : NONE,
  ];
}
