import type { Sim } from "../../component";
import { machineFiles } from "../../machines/files";
import { MountError } from "./payload";

/** A path of the node itself: checked, and made where its type or the runtime makes it. */
export function setUpHostPath(sim: Sim, node: string, source: { path: string; type?: string }): void {
  const { path, type = "" } = source;
  const files = machineFiles(sim, node);
  const found = files.stat(path)?.type;
  const wanted = type.startsWith("File") ? "file" : type.startsWith("Directory") ? "directory" : undefined;
  if (found === undefined) {
    if (type === "Directory") throw new MountError(`hostPath type check failed: ${path} is not a directory`);
    if (type === "File") throw new MountError(`hostPath type check failed: ${path} is not a file`);
    if (type === "Socket") throw new MountError(`hostPath type check failed: ${path} is not a socket file`);
    if (type === "FileOrCreate") files.writeFile(path, "");
    else files.makeDirectory(path, { recursive: true });
  } else if (wanted && found !== wanted) {
    throw new MountError(`hostPath type check failed: ${path} is not a ${wanted}`);
  }
}
