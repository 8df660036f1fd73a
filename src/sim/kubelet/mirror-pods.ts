import { StatusError } from "../apiserver/status";
import type { Sim } from "../component";
import { clone } from "../kernel/freeze";
import type { Pod } from "../kinds/types";
import { editRecord, KUBELET, moveRecord, type PodRecord, podOf, readRecord } from "./records";
import { programTimer } from "./runtime/execution";
import { type InstanceRow, instanceKey } from "./runtime/instances";
import { requestSync } from "./sync-queue";

const MIRROR = "kubernetes.io/config.mirror";

/** A pod that a kubelet runs from a file of its node: its object is a mirror, and deleting that changes nothing. */
export const isMirror = (pod: Pod): boolean => pod.metadata.annotations?.[MIRROR] !== undefined;

/** Tables whose keys begin with a pod's uid. */
const BY_UID = ["instances", "layers", "logs", "previous-logs", "volumes"].map((name) => `kubelet.${name}`);

/** Somebody deleted the mirror: the kubelet makes another one of the same containers, which never stopped. */
export function renewMirror(sim: Sim, uid: string): void {
  const record = readRecord(sim, uid);
  const old = record && podOf(sim, record);
  if (!record || !old) return;
  const api = sim.api(KUBELET);
  const { name, namespace, labels, annotations, ownerReferences } = old.metadata;
  try {
    if (!record.gone) api.delete("pods", namespace, name, { gracePeriodSeconds: 0 });
    const metadata = clone({ name, namespace, labels, annotations, ownerReferences }) as Pod["metadata"];
    const made = api.create("pods", { apiVersion: "v1", kind: "Pod", metadata, spec: clone(old.spec) } as any);
    moveTo(sim, record, made.metadata.uid);
    requestSync(sim, made.metadata.uid, 0);
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
  }
}

/** Everything that is kept of the pod is of the new uid from now on. */
function moveTo(sim: Sim, record: PodRecord, uid: string): void {
  moveRecord(sim, record, uid);
  editRecord(sim, uid, (draft) => {
    delete draft.terminating;
  });
  for (const name of BY_UID) {
    const table = sim.kernel.table<any>(name);
    for (const key of [...table.keys()].filter((candidate) => candidate.startsWith(`${record.uid}/`))) {
      const value = table.get(key);
      table.delete(key);
      const moved = `${uid}${key.slice(record.uid.length)}`;
      table.set(moved, name === "kubelet.instances" ? { ...value, podUid: uid } : value);
    }
  }
  const instances = sim.kernel.table<InstanceRow>("kubelet.instances");
  for (const container of Object.keys(record.containers)) {
    const row = instances.get(instanceKey({ podUid: uid, container }));
    for (const timer of row?.timers ?? [])
      moveTimer(
        sim,
        programTimer({ podUid: record.uid, container }, timer),
        programTimer({ podUid: uid, container }, timer),
      );
    for (const what of ["probe", "probed"]) {
      for (const kind of ["startup", "liveness", "readiness"]) {
        moveTimer(sim, `${what}/${record.uid}/${container}/${kind}`, `${what}/${uid}/${container}/${kind}`);
      }
    }
  }
  for (const what of ["pod", "task"]) sim.kernel.cancel(KUBELET, `${what}/${record.uid}`);
}

function moveTimer(sim: Sim, from: string, to: string): void {
  const timer = sim.kernel.queue.get(KUBELET, from);
  if (!timer) return;
  sim.kernel.cancel(KUBELET, from);
  sim.kernel.schedule(timer.atMs - sim.kernel.nowMs, KUBELET, to, timer.data);
}
