import { dirname, normalise } from "./path";

interface NodeMeta {
  mode: number;
  uid: number;
  gid: number;
  modifiedMs: number;
}

/** A file, directory or link as plain data. */
export type FileNode = NodeMeta &
  (
    | { type: "file"; content: string }
    | { type: "directory" }
    | { type: "symlink"; target: string }
    | { type: "device"; device: string }
  );

/** Absolute normal path -> node. Frozen and shared by all who start from it; every parent of an entry is in it. */
export type FileTree = Readonly<Record<string, FileNode>>;

/** What `fileTree` accepts for one path: content of a file, or a node with as much as matters. */
export type FileEntry =
  | string
  | ({ mode?: number; uid?: number; gid?: number; modifiedMs?: number } & (
      | { content: string }
      | { target: string }
      | { directory: true }
      | { device: string }
    ));

/** Builds a tree, once: parents are made (root's, 0755), and `#!` scripts and whatever lies in a `bin` are executable. */
export function fileTree(entries: Record<string, FileEntry>, modifiedMs = 0): FileTree {
  const nodes: Record<string, FileNode> = { "/": directory(modifiedMs) };
  for (const path of Object.keys(entries).sort()) {
    const clean = normalise(path);
    for (let parent = dirname(clean); !nodes[parent]; parent = dirname(parent)) nodes[parent] = directory(modifiedMs);
    nodes[clean] = nodeOf(clean, entries[path]!, modifiedMs);
  }
  for (const node of Object.values(nodes)) Object.freeze(node);
  return Object.freeze(nodes);
}

const directory = (modifiedMs: number): FileNode => ({ type: "directory", mode: 0o755, uid: 0, gid: 0, modifiedMs });

function nodeOf(path: string, entry: FileEntry, modifiedMs: number): FileNode {
  if (typeof entry === "string") return nodeOf(path, { content: entry }, modifiedMs);
  const meta = { uid: entry.uid ?? 0, gid: entry.gid ?? 0, modifiedMs: entry.modifiedMs ?? modifiedMs };
  if ("target" in entry) return { type: "symlink", target: entry.target, mode: 0o777, ...meta };
  if ("directory" in entry) return { type: "directory", mode: entry.mode ?? 0o755, ...meta };
  if ("device" in entry) return { type: "device", device: entry.device, mode: entry.mode ?? 0o666, ...meta };
  const executable = entry.content.startsWith("#!") || /\/s?bin\/[^/]+$/.test(path);
  return { type: "file", content: entry.content, mode: entry.mode ?? (executable ? 0o755 : 0o644), ...meta };
}

const childrenOf = new WeakMap<FileTree, Map<string, string[]>>();

/** Names in a directory of the tree, sorted. Indexed once per tree. */
export function treeChildren(tree: FileTree, path: string): readonly string[] {
  let index = childrenOf.get(tree);
  if (!index) {
    index = new Map();
    for (const child of Object.keys(tree).sort()) {
      if (child === "/") continue;
      const parent = dirname(child);
      const names = index.get(parent);
      const name = child.slice(parent === "/" ? 1 : parent.length + 1);
      if (names) names.push(name);
      else index.set(parent, [name]);
    }
    childrenOf.set(tree, index);
  }
  return index.get(path) ?? [];
}

export const EMPTY_TREE: FileTree = fileTree({});
