import { FileError } from "@/posix/files/file-system";
import type { Sim } from "../component";
import { isDown } from "../faults";
import { wakeProbes } from "../kubelet/probes/lazy";
import { recordsOn } from "../kubelet/records";
import { changeFiles, type FileChange } from "../kubelet/runtime/change-files";
import { endInstance, signalInstance } from "../kubelet/runtime/execution";
import { machineFiles } from "./files";
import { enableUnit, reloadUnits, startUnit, stopUnit } from "./services";
import { UNITS, type UnitName } from "./units";

/** What a learner does on a node: an input of the cluster, so it is journaled and replayed. */
export type MachineChange =
  | FileChange
  | { op: "unit"; action: "start" | "stop" | "restart" | "enable" | "disable"; unit: string }
  | { op: "daemon-reload" }
  /** `crictl stop` (with a grace) and `crictl rm -f`: the kubelet finds the container dead. */
  | { op: "stop-container"; podUid: string; container: string; force?: boolean };

export interface MachineChangeResult {
  /** As errno names it. */
  error?: string;
}

export function changeMachine(sim: Sim, node: string, change: MachineChange): MachineChangeResult {
  if (!sim.options.nodes.some(({ name }) => name === node) || isDown(sim, "node", node))
    return { error: "EHOSTUNREACH" };
  switch (change.op) {
    case "unit":
      return changeUnit(sim, node, change.action, change.unit);
    case "daemon-reload":
      reloadUnits(sim, node);
      return {};
    case "stop-container": {
      const ref = { podUid: change.podUid, container: change.container };
      if (change.force) endInstance(sim, ref, 137);
      else signalInstance(sim, ref, "SIGTERM");
      return {};
    }
    default:
      return changeFile(sim, node, change);
  }
}

function changeFile(sim: Sim, node: string, change: FileChange): MachineChangeResult {
  try {
    changeFiles(machineFiles(sim, node), change);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return { error: error.code };
  }
  sim.kernel.schedule(0, "machines", `files/${node}`);
  for (const { uid } of recordsOn(sim, node)) wakeProbes(sim, uid);
  return {};
}

function changeUnit(sim: Sim, node: string, action: string, unit: string): MachineChangeResult {
  const name = unit.replace(/\.service$/, "") as UnitName;
  if (!UNITS.includes(name)) return { error: "ENOENT" };
  if (action === "enable" || action === "disable") enableUnit(sim, node, name, action === "enable");
  if (action === "stop" || action === "restart") stopUnit(sim, node, name);
  if (action === "start" || action === "restart") startUnit(sim, node, name);
  return {};
}
