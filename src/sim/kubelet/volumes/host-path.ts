import { type FileOverlay, LayeredFiles } from "@/posix/files/layered";
import type { Sim } from "../../component";
import { NODE_TREE } from "../runtime/volume-rows";
import { MountError } from "./payload";

/** A path of the node itself: checked, and made where its type or the runtime makes it. */
export function setUpHostPath(sim: Sim, node: string, source: { path: string; type?: string }): void {
  const { path, type = "" } = source;
  const table = sim.kernel.table<FileOverlay>("kubelet.host-layers");
  const overlay = table.get(node);
  const files = new LayeredFiles(NODE_TREE, { ...(overlay && { overlay }), nowMs: () => sim.kernel.nowMs });
  const found = files.stat(path)?.type;
  const wanted = type.startsWith("File") ? "file" : type.startsWith("Directory") ? "directory" : undefined;
  if (found === undefined) {
    if (type === "Directory") throw new MountError(`hostPath type check failed: ${path} is not a directory`);
    if (type === "File") throw new MountError(`hostPath type check failed: ${path} is not a file`);
    if (type === "Socket") throw new MountError(`hostPath type check failed: ${path} is not a socket file`);
    if (type === "FileOrCreate") files.writeFile(path, "");
    else files.makeDirectory(path, { recursive: true });
    table.set(node, files.overlay());
  } else if (wanted && found !== wanted) {
    throw new MountError(`hostPath type check failed: ${path} is not a ${wanted}`);
  }
}
