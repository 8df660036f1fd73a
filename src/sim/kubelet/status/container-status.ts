import type { Sim } from "../../component";
import { findImage } from "../../images/catalog";
import { rfc3339 } from "../../kernel/time";
import type { Container, Pod } from "../../kinds/types";
import { NO_CONTAINER, type PodRecord } from "../records";
import { type Ending, type InstanceRow, readInstance } from "../runtime/instances";

type Json = Record<string, any>;

export const isSidecar = (container: { restartPolicy?: string }): boolean => container.restartPolicy === "Always";

/** Whether a container that ended with this code is to run again. */
export function restartsAfter(
  pod: Pod,
  container: { name: string; restartPolicy?: string },
  exitCode: number,
): boolean {
  if (isSidecar(container)) return true;
  const debugging = (pod.spec as any).ephemeralContainers ?? [];
  if (debugging.some(({ name }: { name: string }) => name === container.name)) return false;
  const policy = pod.spec.restartPolicy ?? "Always";
  const init = (pod.spec.initContainers ?? []).some((candidate) => candidate.name === container.name);
  if (init) return exitCode !== 0 && policy !== "Never";
  return policy === "Always" || (policy === "OnFailure" && exitCode !== 0);
}

/** `status.containerStatuses[i]` as the kubelet reports it now. */
export function containerStatus(sim: Sim, record: PodRecord, pod: Pod, container: Container): Json {
  const known = record.containers[container.name] ?? NO_CONTAINER;
  const row = readInstance(sim, { podUid: record.uid, container: container.name });
  const init = (pod.spec.initContainers ?? []).some((candidate) => candidate.name === container.name);
  const waiting = {
    waiting: known.waiting ?? {
      reason: (pod.spec.initContainers ?? []).length > 0 ? "PodInitializing" : "ContainerCreating",
    },
  };
  let state: Json = waiting;
  let lastState: Json = {};
  if (row?.state === "running") {
    state = { running: { startedAt: rfc3339(row.startedMs) } };
    if (row.previous) lastState = terminated(row.previous);
  } else if (row?.ending) {
    const restarts = !record.terminating && !record.verdict && restartsAfter(pod, container, row.ending.exitCode);
    if (restarts && known.waiting) lastState = terminated(row.ending);
    else {
      state = terminated(row.ending);
      if (row.previous) lastState = terminated(row.previous);
    }
  } else if (row?.previous) {
    lastState = terminated(row.previous);
  }
  const running = row?.state === "running";
  const done = init && !isSidecar(container) && row?.state === "exited" && row.ending?.exitCode === 0;
  return {
    ...(row && row.state !== "created" && resources(container)),
    ...(row && row.state !== "created" && { containerID: `containerd://${row.id}` }),
    image: row && row.state !== "created" ? row.image : (container.image ?? ""),
    imageID: row && row.state !== "created" ? imageId(row) : "",
    lastState,
    name: container.name,
    ready: done || (running && known.ready && (!init || isSidecar(container))),
    ...(row && row.state !== "created" && { resources: container.resources ?? {} }),
    restartCount: row?.attempt ?? 0,
    started: running && known.started,
    state,
    ...(row &&
      row.state !== "created" && {
        user: { linux: { gid: row.user.gid, supplementalGroups: [row.user.gid], uid: row.user.uid } },
      }),
    ...((container.volumeMounts ?? []).length > 0 && { volumeMounts: (container.volumeMounts ?? []).map(mountStatus) }),
  };
}

function terminated(ending: Ending): Json {
  return {
    terminated: {
      containerID: `containerd://${ending.id}`,
      exitCode: ending.exitCode,
      finishedAt: rfc3339(ending.finishedMs),
      ...(ending.message && { message: ending.message }),
      reason: ending.reason,
      startedAt: rfc3339(ending.startedMs),
    },
  };
}

function imageId(row: InstanceRow): string {
  const image = findImage(row.image);
  return image ? `${image.repository}@${image.digest}` : "";
}

function resources(container: Container): Json {
  const requests = container.resources?.requests;
  return requests && Object.keys(requests).length > 0 ? { allocatedResources: requests } : {};
}

function mountStatus(mount: { name: string; mountPath: string; readOnly?: boolean }): Json {
  return {
    mountPath: mount.mountPath,
    name: mount.name,
    ...(mount.readOnly && { readOnly: true, recursiveReadOnly: "Disabled" }),
  };
}
