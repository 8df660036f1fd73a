import { LayeredFiles } from "@/posix/files/layered";
import type { Sim } from "../component";
import { parseRfc3339 } from "../kernel/time";
import { machineFiles } from "./files";
import { execStart, type KubeletSettings, unitLines } from "./kubelet-unit";
import { machineTree } from "./tree";

export type UnitName = "kubelet" | "containerd";
export const UNITS: readonly UnitName[] = ["kubelet", "containerd"];

/** A service of a machine, once something has happened to it: before, it has been running since the machine came up. */
export interface Unit {
  state: "active" | "inactive" | "activating";
  sinceMs: number;
  pid: number;
  enabled: boolean;
  /** How the last run ended. */
  ended?: { atMs: number; code: string; pid: number };
  restarts: number;
  /** What the unit says of its command as systemd has it loaded: what daemon-reload reads anew. */
  lines?: readonly string[];
  /** The command line of the last start. */
  argv?: readonly string[];
}

/** Process ids of services that have run since the machine came up. */
const FIRST_PIDS: Record<UnitName, number> = { kubelet: 1432, containerd: 618 };

const table = (sim: Sim) => sim.kernel.table<Unit>("machines.units");
const keyOf = (node: string, unit: UnitName) => `${node}/${unit}`;

export function readUnit(sim: Sim, node: string, unit: UnitName): Unit {
  return (
    table(sim).get(keyOf(node, unit)) ?? {
      state: "active",
      sinceMs: bootedMs(sim, node),
      pid: FIRST_PIDS[unit],
      enabled: true,
      restarts: 0,
    }
  );
}

export function writeUnit(sim: Sim, node: string, unit: UnitName, next: Unit): void {
  table(sim).set(keyOf(node, unit), next);
}

/** When the machine came up: about when its Node was made. */
export function bootedMs(sim: Sim, node: string): number {
  const created = sim.store.get("nodes", undefined, node)?.metadata.creationTimestamp;
  return created ? (parseRfc3339(created) ?? sim.options.startMs) : sim.options.startMs;
}

const untouched = (sim: Sim, node: string) => new LayeredFiles(machineTree(sim.options, node));

function loadedLines(sim: Sim, node: string): readonly string[] {
  return readUnit(sim, node, "kubelet").lines ?? unitLines(untouched(sim, node));
}

/** The command line with which systemd would start the kubelet now. */
export const nextArgv = (sim: Sim, node: string): readonly string[] =>
  execStart(machineFiles(sim, node), loadedLines(sim, node));

/** The command line with which the kubelet was last started. */
export function lastArgv(sim: Sim, node: string): readonly string[] {
  const { argv } = readUnit(sim, node, "kubelet");
  if (argv) return argv;
  const files = untouched(sim, node);
  return execStart(files, unitLines(files));
}

/** Whether the unit's files say something else than what is loaded. */
export const needsReload = (sim: Sim, node: string): boolean =>
  unitLines(machineFiles(sim, node)).join("\n") !== loadedLines(sim, node).join("\n");

const settings = (sim: Sim) => sim.kernel.table<KubeletSettings>("machines.kubelet");

/** What the running kubelet was started with. */
export function kubeletSettings(sim: Sim, node: string): KubeletSettings | undefined {
  return settings(sim).get(node);
}

export function keepSettings(sim: Sim, node: string, kept: KubeletSettings): void {
  settings(sim).set(node, kept);
}

/** A process id that the machine has not given out yet. */
export function nextPid(sim: Sim, node: string): number {
  const table = sim.kernel.table<number>("machines.pids");
  const pid = (table.get(node) ?? 21_400) + 7 + sim.kernel.randomInt(90);
  table.set(node, pid);
  return pid;
}
