import type { Sim } from "../component";
import type { Container, Pod } from "../kinds/types";
import { ephemeralContainers } from "./containers";
import { probeOf } from "./probes";
import type { PodRecord, Task } from "./records";
import { type InstanceRow, readInstance } from "./runtime/instances";
import { isSidecar, restartsAfter } from "./status/container-status";
import { podGraceMs } from "./stop-container";

/** What a sync has to do, in order, judging by the containers as they are now. */
export function computeActions(sim: Sim, record: PodRecord, pod: Pod): Task[] {
  const tasks: Task[] = [];
  if (!record.mounted) tasks.push({ step: "mount" });
  if (!record.sandbox) tasks.push({ step: "sandbox" });
  const rows = (container: { name: string }) => readInstance(sim, { podUid: record.uid, container: container.name });
  const main = pod.spec.containers as Container[];
  const init = (pod.spec.initContainers ?? []) as Container[];
  const sandbox = record.sandbox ? record.sandboxes : record.sandboxes + 1;
  const begun = main.some((container) => rows(container)?.sandbox === sandbox);
  // Upstream starts them whatever the others do, once the sandbox stands, and never again.
  if (record.sandbox)
    for (const { name } of ephemeralContainers(pod)) {
      const row = rows({ name });
      if (!row || row.state === "created") tasks.push({ step: "start", container: name });
    }
  const initialised = initActions(record, pod, init, rows, begun, sandbox, tasks);
  if (initialised) for (const container of main) containerActions(record, pod, container, rows(container), tasks);
  return tasks;
}

/** Init containers one after the other; sidecars stay. True where the others may run. */
function initActions(
  record: PodRecord,
  pod: Pod,
  init: Container[],
  rows: (container: Container) => InstanceRow | undefined,
  begun: boolean,
  sandbox: number,
  tasks: Task[],
): boolean {
  for (const container of init) {
    const row = rows(container);
    if (isSidecar(container)) {
      containerActions(record, pod, container, row, tasks);
      const up = row?.state === "running" && record.containers[container.name]?.started === true;
      if (!up && !begun) return false;
      continue;
    }
    if (begun) continue;
    if (row?.state === "exited" && row.ending?.exitCode === 0) {
      if (row.sandbox === sandbox) continue;
      // In a new sandbox the pod is made ready from the beginning.
      tasks.push({ step: "start", container: container.name });
    } else {
      containerActions(record, pod, container, row, tasks);
    }
    return false;
  }
  return true;
}

function containerActions(
  record: PodRecord,
  pod: Pod,
  container: Container,
  row: InstanceRow | undefined,
  tasks: Task[],
): void {
  const { name } = container;
  if (!row) {
    tasks.push({ step: "start", container: name });
    return;
  }
  if (row.state === "running") {
    const why = reasonToKill(record, container, row);
    if (!why) return;
    const restarts = why.always || restartsAfter(pod, container, 137);
    const message = restarts ? `${why.message}, will be restarted` : why.message;
    tasks.push({ step: "kill", container: name, message, graceMs: why.graceMs ?? podGraceMs(pod) });
    // Back-off counts from the instance before: that is the last exited one that this sync knows of.
    if (restarts)
      tasks.push({ step: "start", container: name, ...(row.previous && { exitedMs: row.previous.finishedMs }) });
    return;
  }
  const exited = row.ending ?? row.previous;
  if (row.state === "exited" && !restartsAfter(pod, container, row.ending?.exitCode ?? 0)) return;
  tasks.push({ step: "start", container: name, ...(exited && { exitedMs: exited.finishedMs }) });
}

function reasonToKill(
  record: PodRecord,
  container: Container,
  row: InstanceRow,
): { message: string; graceMs?: number; always?: boolean } | undefined {
  const { name } = container;
  if (row.specImage !== container.image) return { message: `Container ${name} definition changed`, always: true };
  for (const kind of ["liveness", "startup"] as const) {
    if (record.containers[name]?.probes[kind]?.result !== "failure") continue;
    const seconds = probeOf(container, kind)?.terminationGracePeriodSeconds;
    return {
      message: `Container ${name} failed ${kind} probe`,
      ...(seconds !== undefined && { graceMs: Number(seconds) * 1000 }),
    };
  }
  return undefined;
}
