import type { Sim } from "../component";
import { isDown } from "../faults";
import type { Pod } from "../kinds/types";
import { findContainer } from "./containers";
import { podEvent } from "./events";
import { isMirror } from "./mirror-annotation";
import { resumeProbes, stopProbes } from "./probes";
import { createRecord, editRecord, KUBELET, type PodRecord, podOf, readRecord, recordsOn } from "./records";
import { endInstance } from "./runtime/execution";
import { runningInstance } from "./runtime/instances";
import { clearStopping } from "./stop-container";
import { requestSync } from "./sync-queue";
import { forgetPod } from "./termination";
import { ADMISSION_MS, BOOT_MS } from "./timing";

/** What a container that lost its machine is reported with afterwards. */
const LOST_EXIT_CODE = 255;

const power = (sim: Sim) => sim.kernel.table<"off">("kubelet.power");

/** The machine is without power, if only for a moment. */
export function nodePoweredOff(sim: Sim, node: string): void {
  power(sim).set(node, "off");
  sim.kernel.cancel(KUBELET, `boot/${node}`);
  for (const record of recordsOn(sim, node)) powerOff(sim, record);
}

/** A node or its kubelet was switched on. */
export function nodePowerChanged(sim: Sim, node: string): void {
  if (isDown(sim, "node", node)) return;
  if (power(sim).has(node)) sim.kernel.schedule(BOOT_MS, KUBELET, `boot/${node}`);
  else if (works(sim, node)) restartKubelet(sim, node);
}

/** The machine runs again. Its containers do not: the kubelet finds them dead and their sandboxes gone. */
export function nodeBooted(sim: Sim, node: string): void {
  power(sim).delete(node);
  if (works(sim, node)) restartKubelet(sim, node);
}

const works = (sim: Sim, node: string): boolean => !isDown(sim, "kubelet", node) && !isDown(sim, "runtime", node);

function powerOff(sim: Sim, record: PodRecord): void {
  const { uid } = record;
  for (const timer of ["pod", "task", "volumes", "teardown"]) sim.kernel.cancel(KUBELET, `${timer}/${uid}`);
  for (const container of Object.keys(record.containers)) {
    stopProbes(sim, uid, container);
    clearStopping(sim, uid, container);
    endInstance(sim, { podUid: uid, container }, LOST_EXIT_CODE, "Unknown");
    sim.kernel.cancel(KUBELET, `exited/${uid}/${container}`);
  }
  editRecord(sim, uid, (draft) => {
    draft.busy = false;
    draft.tasks = [];
    draft.lostSandbox = draft.sandbox;
    draft.sandbox = false;
    delete draft.ip;
    for (const container of Object.values(draft.containers)) {
      container.started = false;
      container.ready = false;
      container.probes = {};
    }
  });
}

/** The kubelet starts: it compares what the API wants of its node with what runs there. */
function restartKubelet(sim: Sim, node: string): void {
  for (const record of recordsOn(sim, node)) takeUp(sim, record);
  sim.kernel.schedule(0, KUBELET, `manifests/${node}`);
  if (isDown(sim, "cut-off", node)) return;
  for (const pod of sim.store.list("pods") as Pod[]) {
    if (pod.spec.nodeName === node && !isMirror(pod) && !readRecord(sim, pod.metadata.uid)) admitPod(sim, pod);
  }
}

function takeUp(sim: Sim, record: PodRecord): void {
  const { uid } = record;
  const pod = podOf(sim, record);
  if (!pod) {
    forgetPod(sim, uid);
    return;
  }
  if (record.lostSandbox && !record.terminated && !pod.metadata.deletionTimestamp) {
    podEvent(sim, pod, "Normal", "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
  }
  const { terminating, ...rest } = record;
  editRecord(sim, uid, (draft) => {
    draft.busy = false;
    draft.tasks = [];
    delete draft.lostSandbox;
    // Termination begins anew, from what still runs.
    if (terminating && !rest.terminated) delete draft.terminating;
    for (const container of Object.values(draft.containers)) delete container.stopping;
  });
  for (const name of Object.keys(record.containers)) {
    const container = findContainer(pod, name);
    if (container && runningInstance(sim, { podUid: uid, container: name })) resumeProbes(sim, uid, container);
  }
  requestSync(sim, uid, ADMISSION_MS);
}

/** A pod that the scheduler, or whoever made it, has put on this node. */
export function admitPod(sim: Sim, pod: Pod): void {
  const phase = pod.status?.phase;
  // A Node object that no machine stands behind has no kubelet.
  if (phase === "Succeeded" || phase === "Failed" || !sim.options.nodes.some(({ name }) => name === pod.spec.nodeName))
    return;
  createRecord(sim, pod);
  requestSync(sim, pod.metadata.uid, ADMISSION_MS);
}
