import { type FileOverlay, LayeredFiles } from "@/posix/files/layered";
import type { Sim } from "../component";
import { machineTree } from "./tree";

/** What pods and learners together may write on one machine. */
export const MACHINE_LIMIT_BYTES = 16 * 1024 * 1024;

export const machineOverlays = (sim: Sim) => sim.kernel.table<FileOverlay>("machines.files");

/** The files of a node as root sees them; `onChange` is told after each write, when it is kept already. */
export function machineFiles(sim: Sim, node: string, onChange?: () => void): LayeredFiles {
  const overlay = machineOverlays(sim).get(node);
  const files: LayeredFiles = new LayeredFiles(machineTree(sim.options, node), {
    ...(overlay && { overlay }),
    nowMs: () => sim.kernel.nowMs,
    limitBytes: MACHINE_LIMIT_BYTES,
    onChange: () => {
      machineOverlays(sim).set(node, files.overlay());
      onChange?.();
    },
  });
  return files;
}

/** A text file of a node; undefined where there is none. */
export function machineText(sim: Sim, node: string, path: string): string | undefined {
  const files = machineFiles(sim, node);
  return files.stat(path)?.type === "file" ? files.readFile(path) : undefined;
}
