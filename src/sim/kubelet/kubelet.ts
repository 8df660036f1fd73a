import type { Change } from "../apiserver/request";
import type { Component, Sim } from "../component";
import { isDown } from "../faults";
import { deepEqual } from "../kernel/freeze";
import type { Pod } from "../kinds/types";
import { isMirror, mirrorChanged } from "./mirror-pods";
import { admitPod, nodeBooted, nodePowerChanged, nodePoweredOff } from "./node-power";
import { containerExited, deadlineDue, syncPod, taskDue } from "./pod-worker";
import { probeDue, settle } from "./probes";
import type { Attempt } from "./probes/attempt";
import { editRecord, KUBELET, type ProbeKind, readRecord, recordsOn } from "./records";
import { programTimerDue } from "./runtime/execution";
import { syncStaticPods } from "./static-pods";
import { anyRunning } from "./status";
import { stopStepDue } from "./stop-container";
import { requestSync } from "./sync-queue";
import { forgetPod, teardown } from "./termination";
import { ADMISSION_MS, VOLUME_REFRESH_MS } from "./timing";
import { noteVolumeChange, refreshVolumes, usesDownwardApi } from "./volumes";

/** Nobody acts on the node: no power, no kubelet, or no runtime that would do what the kubelet says. */
const away = (sim: Sim, node: string): boolean =>
  isDown(sim, "node", node) ||
  isDown(sim, "kubelet", node) ||
  isDown(sim, "runtime", node) ||
  sim.kernel.table("kubelet.power").has(node);

/** The kubelets of all nodes: one component, since what each remembers is in tables by pod. */
export const kubeletComponent: Component = {
  name: KUBELET,
  onChange(sim, change) {
    if (change.resource === "pods") podChanged(sim, change);
    else if (change.resource === "configmaps" || change.resource === "secrets") noteVolumeChange(sim, change);
  },
  onTimer(sim, { key, data }) {
    const [what, subject = "", container = "", ...rest] = key.split("/");
    if (what === "power-off") return nodePoweredOff(sim, subject);
    if (what === "node-power") return nodePowerChanged(sim, subject);
    if (what === "boot") return nodeBooted(sim, subject);
    if (what === "api-up") return apiCameBack(sim, subject);
    if (what === "manifests") return away(sim, subject) ? undefined : syncStaticPods(sim, subject);
    const record = readRecord(sim, subject);
    if (!record) return;
    // Programs run as long as their machine does; all else is the kubelet's own work.
    if (what === "program") {
      if (!isDown(sim, "node", record.node)) programTimerDue(sim, { podUid: subject, container }, rest.join("/"));
      return;
    }
    if (away(sim, record.node)) return;
    switch (what) {
      case "pod":
        return syncPod(sim, subject);
      case "task":
        return taskDue(sim, subject);
      case "exited":
        return containerExited(sim, subject, container);
      case "probe":
        return probeDue(sim, subject, container, rest[0] as ProbeKind);
      case "probed":
        return settle(sim, subject, container, rest[0] as ProbeKind, data as unknown as Attempt);
      case "stop":
        return stopStepDue(sim, subject, container);
      case "volumes":
        return refreshVolumes(sim, subject);
      case "deadline":
        return deadlineDue(sim, subject);
      case "teardown":
        return teardown(sim, subject);
    }
  },
};

/** What the API could not be told while it was away is told now. */
function apiCameBack(sim: Sim, node: string): void {
  if (away(sim, node) || isDown(sim, "cut-off", node)) return;
  for (const { uid } of recordsOn(sim, node)) requestSync(sim, uid, ADMISSION_MS);
}

function podChanged(sim: Sim, change: Change): void {
  const pod = change.object as unknown as Pod;
  const { uid } = pod.metadata;
  const node = pod.spec.nodeName;
  if (!node || away(sim, node) || isDown(sim, "cut-off", node)) return;
  if (isMirror(pod)) {
    mirrorChanged(sim, change);
    return;
  }
  const record = readRecord(sim, uid);
  if (change.type === "DELETED") {
    if (!record) return;
    if (record.terminated || !anyRunning(sim, record)) {
      forgetPod(sim, uid);
      return;
    }
    editRecord(sim, uid, (draft) => {
      draft.gone = pod;
    });
    requestSync(sim, uid, 0);
    return;
  }
  if (!record) {
    admitPod(sim, pod);
    return;
  }
  const before = change.previous as unknown as Pod | undefined;
  if (!before) return;
  const leaving = pod.metadata.deletionTimestamp !== before.metadata.deletionTimestamp;
  if (leaving || !deepEqual(pod.spec, before.spec)) requestSync(sim, uid, ADMISSION_MS);
  else if ((pod.spec.readinessGates ?? []).length > 0 && !deepEqual(pod.status?.conditions, before.status?.conditions))
    requestSync(sim, uid, ADMISSION_MS);
  const labelled =
    !deepEqual(pod.metadata.labels, before.metadata.labels) ||
    !deepEqual(pod.metadata.annotations, before.metadata.annotations);
  if (labelled && usesDownwardApi(pod)) sim.kernel.schedule(VOLUME_REFRESH_MS, KUBELET, `volumes/${uid}`);
}
