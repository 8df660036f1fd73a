import { FileError, type FileErrorCode, type FileSystem } from "@/posix/files/file-system";
import { LayeredFiles } from "@/posix/files/layered";
import { type FileEntry, type FileTree, fileTree } from "@/posix/files/tree";
import type { Sim } from "@/sim/component";
import { rfc3339 } from "@/sim/kernel/time";
import { podOf, recordsOn } from "@/sim/kubelet/records";
import type { FileChange } from "@/sim/kubelet/runtime/change-files";
import { readInstance } from "@/sim/kubelet/runtime/instances";
import { readLog } from "@/sim/kubelet/runtime/logs";
import { MountedFiles } from "@/sim/kubelet/runtime/mounted-files";
import { machineFiles } from "@/sim/machines/files";

let tools: FileTree | undefined;

/** Executables of a node: the same tools as everywhere, and what Kubernetes installs. */
function toolTree(names: readonly string[]): FileTree {
  tools ??= fileTree(
    Object.fromEntries(
      ["sh", "bash", "containerd", "kubelet", ...names].map((name) => [
        `/${name}`,
        { content: "\x7fELF", mode: 0o755 },
      ]),
    ),
  );
  return tools;
}

/** /var/log/pods as the runtime writes it: a directory a pod, a file a container. */
function logTree(sim: Sim, node: string): FileTree {
  const entries: Record<string, FileEntry> = {};
  for (const record of recordsOn(sim, node)) {
    const uid = podOf(sim, record)?.metadata.uid ?? record.uid;
    for (const container of Object.keys(record.containers)) {
      const ref = { podUid: record.uid, container };
      const row = readInstance(sim, ref);
      if (!row) continue;
      for (const [attempt, previous] of [
        [row.attempt - 1, true],
        [row.attempt, false],
      ] as const) {
        const lines = attempt < 0 ? undefined : readLog(sim, ref, previous);
        if (!lines) continue;
        const text = lines
          .map((line) => `${rfc3339(line.atMs).replace("Z", ".000000000Z")} ${line.stream} F ${line.text}\n`)
          .join("");
        entries[`/${record.namespace}_${record.name}_${uid}/${container}/${attempt}.log`] = {
          content: text,
          mode: 0o640,
        };
      }
    }
  }
  return fileTree(entries);
}

/** A node's files: read as the machine has them now, changed by inputs of the cluster, so that they are journaled. */
export function nodeFiles(
  sim: Sim,
  node: string,
  toolNames: readonly string[],
  change: (change: FileChange) => { error?: string },
): FileSystem {
  const files = new MountedFiles([
    { path: "/", root: "/", files: () => machineFiles(sim, node) },
    { path: "/usr/bin", root: "/", files: () => new LayeredFiles(toolTree(toolNames), { readOnly: true }) },
    { path: "/var/log/pods", root: "/", files: () => new LayeredFiles(logTree(sim, node), { readOnly: true }) },
  ]);
  const apply = (path: string, input: FileChange) => {
    const { error } = change(input);
    if (error) throw new FileError(error as FileErrorCode, path);
  };
  return {
    stat: (path) => files.stat(path),
    lstat: (path) => files.lstat(path),
    readFile: (path) => files.readFile(path),
    readLink: (path) => files.readLink(path),
    readDirectory: (path) => files.readDirectory(path),
    writeFile: (path, content, mode) =>
      apply(path, { op: "write-file", path, content, ...(mode !== undefined && { mode }) }),
    appendFile: (path, content) => apply(path, { op: "append-file", path, content }),
    makeDirectory: (path, options) => apply(path, { op: "make-directory", path, ...options }),
    makeLink: (path, target) => apply(path, { op: "make-link", path, target }),
    remove: (path, options) => apply(path, { op: "remove", path, ...options }),
    rename: (path, to) => apply(path, { op: "rename", path, to }),
    chmod: (path, mode) => apply(path, { op: "chmod", path, mode }),
    touch: (path, modifiedMs) => apply(path, { op: "touch", path, modifiedMs }),
  };
}
