import { FileError, type FileErrorCode, type FileSystem } from "@/posix/files/file-system";
import type { ContainerChange, ContainerRef } from "@/sim/runtime";
import type { MachineContext } from "./container-machine";

/** A container's files: read as it has them now, changed by inputs of the cluster, so that they are journaled. */
export function containerFiles(
  { cluster, apply }: Pick<MachineContext, "cluster" | "apply">,
  ref: ContainerRef,
): FileSystem {
  const files = (path: string): FileSystem => {
    const container = cluster.runtime.inspect(ref);
    if (!container) throw new FileError("ENOENT", path);
    return container.files;
  };
  const change = (path: string, input: ContainerChange) => {
    const { error } = apply({ kind: "container", ref, change: input });
    if (error) throw new FileError(error as FileErrorCode, path);
  };
  return {
    stat: (path) => files(path).stat(path),
    lstat: (path) => files(path).lstat(path),
    readFile: (path) => files(path).readFile(path),
    readLink: (path) => files(path).readLink(path),
    readDirectory: (path) => files(path).readDirectory(path),
    writeFile: (path, content, mode) =>
      change(path, { op: "write-file", path, content, ...(mode !== undefined && { mode }) }),
    appendFile: (path, content) => change(path, { op: "append-file", path, content }),
    makeDirectory: (path, options) => change(path, { op: "make-directory", path, ...options }),
    makeLink: (path, target) => change(path, { op: "make-link", path, target }),
    remove: (path, options) => change(path, { op: "remove", path, ...options }),
    rename: (path, to) => change(path, { op: "rename", path, to }),
    chmod: (path, mode) => change(path, { op: "chmod", path, mode }),
    touch: (path, modifiedMs) => change(path, { op: "touch", path, modifiedMs }),
  };
}
