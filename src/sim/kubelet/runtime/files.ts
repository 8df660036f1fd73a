import { FileError, type FileSystem } from "@/posix/files/file-system";
import { type FileOverlay, LayeredFiles } from "@/posix/files/layered";
import { dirname, joinPath } from "@/posix/files/path";
import { EMPTY_TREE, type FileTree, fileTree } from "@/posix/files/tree";
import type { Sim } from "../../component";
import { findImage } from "../../images/catalog";
import type { Pod } from "../../kinds/types";
import { machineOverlays } from "../../machines/files";
import { machineTree } from "../../machines/tree";
import { wakeProbes } from "../probes/lazy";
import { recordsOn } from "../records";
import { hostsFile, procTree, resolvFile } from "./generated-files";
import { imageTree } from "./image-tree";
import { type InstanceRow, instanceKey, type Mount } from "./instances";
import { MountedFiles, type MountPoint } from "./mounted-files";
import { filesOf, persistentData, readVolume, type VolumeRow, writeVolume } from "./volume-rows";

/** Bytes that a container may write to its own layer, and to each emptyDir. */
export const LAYER_LIMIT_BYTES = 8 * 1024 * 1024;

const layers = (sim: Sim) => sim.kernel.table<FileOverlay>("kubelet.layers");

type User = { uid: number; gid: number };

/** The files of a container as its processes see them. Stays current while others write. */
export function openFiles(sim: Sim, row: InstanceRow, user: User = row.user): FileSystem {
  return new MountedFiles([
    { path: "/", root: "/", files: rootLayer(sim, row, user) },
    { path: "/proc", root: "/", files: once(() => new LayeredFiles(procTree(sim, row), { readOnly: true })) },
    ...row.mounts.map((mount) => mountPoint(sim, row, mount, user)),
  ]);
}

/**
 * What the runtime makes before a container starts: its working directory, and something to mount over. Gives runc's
 * complaint where a directory would lie on a file or the other way round.
 */
export function prepareFiles(sim: Sim, row: InstanceRow): string | undefined {
  const root: User = { uid: 0, gid: 0 };
  const made: Mount[] = [];
  // What the kubelet itself writes has its place in every image.
  const volumes = row.mounts.filter((mount) => "volume" in mount.source);
  for (const mount of volumes.sort((a, b) => a.path.length - b.path.length)) {
    const below = openFiles(sim, { ...row, mounts: made, readOnlyRoot: false }, root);
    const above = openFiles(sim, { ...row, mounts: [mount] }, root).stat(mount.path);
    const there = below.stat(mount.path);
    const isFile = above?.type === "file";
    if (there && (there.type === "directory") === isFile) return mountError(row, mount);
    if (!there) {
      attempt(() => {
        below.makeDirectory(isFile ? dirname(mount.path) : mount.path, { recursive: true });
        if (isFile) below.writeFile(mount.path, "");
      });
    }
    made.push(mount);
  }
  const files = openFiles(sim, { ...row, readOnlyRoot: false }, root);
  attempt(() => {
    if (!files.stat(row.workingDirectory)) files.makeDirectory(row.workingDirectory, { recursive: true });
  });
  return undefined;
}

function mountError(row: InstanceRow, mount: Mount): string {
  const volume = "volume" in mount.source ? mount.source.volume : mount.source.generated;
  const path = mount.frozen
    ? `volume-subpaths/${volume}/${row.container}/0`
    : `volumes/kubernetes.io~configmap/${volume}`;
  return `error mounting "/var/lib/kubelet/pods/${row.podUid}/${path}" to rootfs at "${mount.path}": mount src=/var/lib/kubelet/pods/${row.podUid}/${path}, dst=${mount.path}, dstFd=/proc/thread-self/fd/11, flags=MS_BIND|MS_REC: not a directory: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`;
}

export function dropLayer(sim: Sim, ref: { podUid: string; container: string }): void {
  layers(sim).delete(instanceKey(ref));
}

function attempt(act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
  }
}

function once<T>(make: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= make());
}

/** Opens anew whenever `source` gives something else than last time. */
function current<S>(source: () => S, open: (value: S) => LayeredFiles): () => LayeredFiles {
  let seen: S;
  let files: LayeredFiles | undefined;
  return () => {
    const value = source();
    if (!files || value !== seen) {
      seen = value;
      files = open(value);
    }
    return files;
  };
}

/** A layer whose changes are kept in a table as they are made. */
function keptLayer(
  sim: Sim,
  uid: string,
  base: FileTree,
  user: User,
  read: () => FileOverlay | undefined,
  keep: (overlay: FileOverlay) => void,
  readOnly: boolean,
): () => LayeredFiles {
  return current(read, (overlay) => {
    const files: LayeredFiles = new LayeredFiles(base, {
      ...(overlay && { overlay }),
      user,
      readOnly,
      nowMs: () => sim.kernel.nowMs,
      limitBytes: LAYER_LIMIT_BYTES,
      onChange: () => {
        keep(files.overlay());
        wakeProbes(sim, uid);
      },
    });
    return files;
  });
}

function rootLayer(sim: Sim, row: InstanceRow, user: User): () => LayeredFiles {
  const image = findImage(row.image);
  const key = instanceKey(row);
  const base = image ? imageTree(image) : EMPTY_TREE;
  return keptLayer(
    sim,
    row.podUid,
    base,
    user,
    () => layers(sim).get(key),
    (overlay) => layers(sim).set(key, overlay),
    row.readOnlyRoot,
  );
}

function mountPoint(sim: Sim, row: InstanceRow, mount: Mount, user: User): MountPoint {
  const { path, root, readOnly, source } = mount;
  if (mount.frozen) {
    const { frozen } = mount;
    return { path, root, files: once(() => new LayeredFiles(frozen, { user, readOnly: true })) };
  }
  if ("generated" in source) {
    return {
      path,
      root: "/file",
      files: once(() => new LayeredFiles(fileTree({ "/file": generated(sim, row, source.generated) }), { user })),
    };
  }
  const { volume } = source;
  const read = () => readVolume(sim, row.podUid, volume);
  const host = read();
  if (host?.kind === "host-path") {
    const files = keptLayer(
      sim,
      row.podUid,
      machineTree(sim.options, row.node),
      user,
      () => machineOverlays(sim).get(row.node),
      (overlay) => keepHostLayer(sim, row.node, overlay),
      readOnly,
    );
    return { path, root: joinPath(host.path, root), files };
  }
  if (host?.kind === "persistent") {
    const read = () => persistentData(sim).get(host.volume);
    const keep = (next: FileOverlay) => void persistentData(sim).set(host.volume, next);
    return { path, root, files: keptLayer(sim, row.podUid, EMPTY_DIR, user, read, keep, readOnly) };
  }
  if (host?.kind === "empty-dir") {
    const overlay = () => (read() as (VolumeRow & { kind: "empty-dir" }) | undefined)?.overlay;
    const keep = (next: FileOverlay) => writeVolume(sim, row.podUid, volume, { kind: "empty-dir", overlay: next });
    return { path, root, files: keptLayer(sim, row.podUid, EMPTY_DIR, user, overlay, keep, readOnly) };
  }
  const tree = () => {
    const now = read();
    return now?.kind === "tree" ? filesOf(sim, now) : EMPTY_TREE;
  };
  return { path, root, files: current(tree, (value) => new LayeredFiles(value, { user, readOnly: true })) };
}

/** Other pods of the node may have mounted the same path. */
function keepHostLayer(sim: Sim, node: string, overlay: FileOverlay): void {
  machineOverlays(sim).set(node, overlay);
  sim.kernel.schedule(0, "machines", `files/${node}`);
  for (const record of recordsOn(sim, node)) wakeProbes(sim, record.uid);
}

/** World-writable, as the kubelet makes emptyDirs. */
const EMPTY_DIR: FileTree = Object.freeze({
  "/": Object.freeze({ type: "directory", mode: 0o777, uid: 0, gid: 0, modifiedMs: 0 }),
}) as FileTree;

function generated(sim: Sim, row: InstanceRow, name: "hosts" | "hostname" | "resolv.conf"): string {
  const pod = sim.store.get("pods", row.namespace, row.pod) as Pod | undefined;
  if (name === "hosts") return hostsFile(sim, row, pod);
  if (name === "hostname") return `${row.hostname}\n`;
  return resolvFile(sim, row, pod);
}
