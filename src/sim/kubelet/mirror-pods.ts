import type { Change } from "../apiserver/request";
import { StatusError } from "../apiserver/status";
import type { Sim } from "../component";
import { isApiDown, isDown } from "../faults";
import { clone } from "../kernel/freeze";
import type { Pod } from "../kinds/types";
import { isMirror, MIRROR } from "./mirror-annotation";
import { KUBELET, type PodRecord, readRecord, recordsOn } from "./records";
import { requestSync } from "./sync-queue";

export { isMirror };

/** Uid of a mirror -> uid of its static pod, under which the kubelet keeps everything. */
const mirrors = (sim: Sim) => sim.kernel.table<string>("kubelet.mirrors");

/** The uid under which the kubelet knows a pod of the API. */
export const kubeletUid = (sim: Sim, uid: string): string => mirrors(sim).get(uid) ?? uid;

/** Somebody deleted a mirror, or it came: the static pod's worker looks. */
export function mirrorChanged(sim: Sim, { type, object }: Change): void {
  const own = object.metadata.annotations![MIRROR]!;
  if (type === "DELETED") mirrors(sim).delete(object.metadata.uid);
  const leaving = type === "DELETED" || object.metadata.deletionTimestamp !== undefined;
  if (leaving && readRecord(sim, own)) requestSync(sim, own, 0);
}

/** Sees to it that the API shows this static pod, and no other one under its name. */
export function keepMirror(sim: Sim, record: PodRecord): void {
  if (isApiDown(sim) || isDown(sim, "cut-off", record.node)) return;
  const node = sim.store.get("nodes", undefined, record.node);
  if (!node) return;
  const mirror = sim.store.get("pods", record.namespace, record.name) as Pod | undefined;
  if (mirror && isMirror(mirror)) {
    if (mirror.metadata.annotations![MIRROR] === record.uid && !mirror.metadata.deletionTimestamp) return;
    if (!removeMirror(sim, mirror)) return;
  }
  const { name, namespace, labels, annotations } = record.static!.metadata;
  const owner = { apiVersion: "v1", controller: true, kind: "Node", name: record.node, uid: node.metadata.uid };
  try {
    const made = sim.api(KUBELET).create("pods", {
      apiVersion: "v1",
      kind: "Pod",
      metadata: {
        name,
        namespace: namespace!,
        ...(labels && { labels: clone(labels) }),
        annotations: { ...annotations, [MIRROR]: record.uid },
        ownerReferences: [owner],
      },
      spec: clone(record.static!.spec),
    } as any);
    mirrors(sim).set(made.metadata.uid, record.uid);
  } catch (error) {
    // A namespace that is not there yet: the next sync tries again.
    if (!(error instanceof StatusError)) throw error;
  }
}

/** Mirrors of static pods that the node does not run any more. */
export function removeOrphanedMirrors(sim: Sim, node: string): void {
  if (isApiDown(sim) || isDown(sim, "cut-off", node)) return;
  const kept = new Set(recordsOn(sim, node).flatMap(({ static: own, uid, gone }) => (own && !gone ? [uid] : [])));
  for (const pod of sim.store.list("pods") as readonly Pod[]) {
    if (pod.spec.nodeName === node && isMirror(pod) && !kept.has(pod.metadata.annotations![MIRROR]!))
      removeMirror(sim, pod);
  }
}

function removeMirror(sim: Sim, mirror: Pod): boolean {
  const { name, namespace, uid } = mirror.metadata;
  try {
    sim.api(KUBELET).delete("pods", namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
    return true;
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    return false;
  }
}
