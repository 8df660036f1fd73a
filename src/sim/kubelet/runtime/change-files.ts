import type { FileSystem } from "@/posix/files/file-system";
import type { ContainerChange } from "../../runtime";

/** The changes of files among the inputs of a cluster. */
export type FileChange = Exclude<ContainerChange, { op: "signal" | "stdin" | "log" | "command" }>;

/** Carries out one change. Throws `FileError`. */
export function changeFiles(files: FileSystem, change: FileChange): void {
  switch (change.op) {
    case "write-file":
      files.writeFile(change.path, change.content, change.mode);
      break;
    case "append-file":
      files.appendFile(change.path, change.content);
      break;
    case "make-directory":
      files.makeDirectory(change.path, {
        ...(change.recursive && { recursive: true }),
        ...(change.mode !== undefined && { mode: change.mode }),
      });
      break;
    case "make-link":
      files.makeLink(change.path, change.target);
      break;
    case "remove":
      files.remove(change.path, { ...(change.recursive && { recursive: true }) });
      break;
    case "rename":
      files.rename(change.path, change.to);
      break;
    case "chmod":
      files.chmod(change.path, change.mode);
      break;
    case "touch":
      files.touch(change.path, change.modifiedMs);
      break;
  }
}
