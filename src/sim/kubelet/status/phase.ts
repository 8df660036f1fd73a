import type { Pod } from "../../kinds/types";
import { isSidecar } from "./container-status";

type ContainerStatus = Record<string, any>;

interface Count {
  waiting: number;
  running: number;
  stopped: number;
  succeeded: number;
}

/** The pod's phase from what its containers do, by the rules of the pod life cycle. */
export function podPhase(pod: Pod, init: ContainerStatus[], main: ContainerStatus[], terminal: boolean): string {
  const policy = pod.spec.restartPolicy ?? "Always";
  const specs = pod.spec.initContainers ?? [];
  let pending = 0;
  let failed = 0;
  const count: Count = { waiting: 0, running: 0, stopped: 0, succeeded: 0 };
  init.forEach((status, index) => {
    const exitCode = (status.state.terminated ?? (status.state.waiting && status.lastState.terminated))?.exitCode;
    if (isSidecar(specs[index]!)) {
      if (!status.state.running || !status.started)
        pending += status.state.terminated || status.lastState.terminated ? 0 : 1;
      return;
    }
    if (exitCode === undefined) pending++;
    else if (exitCode !== 0) failed++;
  });
  for (const status of main) add(count, status);
  if (failed > 0 && policy === "Never") return "Failed";
  if (pending > 0 || failed > 0) {
    if (terminal && count.running === 0) return "Failed";
    return "Pending";
  }
  if (count.waiting > 0) return terminal ? "Failed" : "Pending";
  if (count.running > 0) return "Running";
  if (count.stopped === 0) return "Pending";
  const outcome = count.stopped === count.succeeded ? "Succeeded" : "Failed";
  if (terminal) return outcome;
  if (policy === "Always") return "Running";
  if (outcome === "Succeeded" || policy === "Never") return outcome;
  return "Running";
}

function add(count: Count, status: ContainerStatus): void {
  if (status.state.running) count.running++;
  else if (status.state.terminated) {
    count.stopped++;
    if (status.state.terminated.exitCode === 0) count.succeeded++;
  } else if (status.lastState.terminated) count.stopped++;
  else count.waiting++;
}
