import type { FileOverlay } from "@/posix/files/layered";
import type { FileTree } from "@/posix/files/tree";
import type { Sim } from "../../component";

/** What a pod's volume holds, as plain data. */
export type VolumeRow =
  /** Written by the kubelet alone: ConfigMap, Secret, downward API, projected. */
  | { kind: "tree"; tree: FileTree }
  | { kind: "empty-dir"; overlay: FileOverlay }
  | { kind: "host-path"; path: string }
  /** A PersistentVolume, by its name: what it holds outlives the pod. */
  | { kind: "persistent"; volume: string };

const table = (sim: Sim) => sim.kernel.table<VolumeRow>("kubelet.volumes");

/** What PersistentVolumes hold that are not a path of one node, by their names. */
export const persistentData = (sim: Sim) => sim.kernel.table<FileOverlay>("kubelet.persistent");

export const readVolume = (sim: Sim, podUid: string, volume: string): VolumeRow | undefined =>
  table(sim).get(`${podUid}/${volume}`);

export function writeVolume(sim: Sim, podUid: string, volume: string, row: VolumeRow): void {
  table(sim).set(`${podUid}/${volume}`, row);
}

export function dropVolume(sim: Sim, podUid: string, volume: string): void {
  table(sim).delete(`${podUid}/${volume}`);
}

/** Whatever is left of a pod that nobody can tell the volumes of any more. */
export function dropVolumesOf(sim: Sim, podUid: string): void {
  const keys = [...table(sim).keys()].filter((key) => key.startsWith(`${podUid}/`));
  for (const key of keys) table(sim).delete(key);
}
