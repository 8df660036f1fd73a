import type { FileOverlay } from "@/posix/files/layered";
import type { FileNode, FileTree } from "@/posix/files/tree";
import { signGrant, type TokenGrant } from "../../apiserver/authentication/tokens";
import type { Sim } from "../../component";

/** What a pod's volume holds, as plain data. */
export type VolumeRow =
  /** Written by the kubelet alone: ConfigMap, Secret, downward API, projected. */
  | TreeRow
  | { kind: "empty-dir"; overlay: FileOverlay }
  | { kind: "host-path"; path: string }
  /** A PersistentVolume, by its name: what it holds outlives the pod. */
  | { kind: "persistent"; volume: string };

export interface TreeRow {
  kind: "tree";
  tree: FileTree;
  /** The files of the tree that are tokens, by their paths. */
  tokens?: Readonly<Record<string, TokenGrant>>;
}

const signed = new WeakMap<TreeRow, FileTree>();

/** The files of such a volume as they are read: tokens are signed when somebody first asks for one. */
export function filesOf(sim: Sim, row: TreeRow): FileTree {
  if (!row.tokens) return row.tree;
  let tree = signed.get(row);
  if (!tree) {
    tree = withTokens(sim.options, row.tree, row.tokens);
    signed.set(row, tree);
  }
  return tree;
}

function withTokens(options: Sim["options"], tree: FileTree, tokens: Readonly<Record<string, TokenGrant>>): FileTree {
  const nodes: Record<string, FileNode> = { ...tree };
  for (const [path, grant] of Object.entries(tokens)) {
    let token: string | undefined;
    const content = { get: () => (token ??= signGrant({ options }, grant).token), enumerable: true };
    nodes[path] = Object.defineProperty({ ...tree[path] } as FileNode, "content", content);
  }
  return nodes;
}

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
