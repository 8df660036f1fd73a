import type { Sim } from "../component";

/** A line of a machine's journal. Those of the start of the cluster are not kept: see `bootLines`. */
export interface JournalLine {
  atMs: number;
  unit: string;
  /** `kubelet`, `systemd`, `containerd`: who wrote it. */
  program: string;
  pid: number;
  text: string;
}

/** Lines that each machine keeps, the newest. */
export const JOURNAL_LIMIT = 300;

const table = (sim: Sim) => sim.kernel.table<readonly JournalLine[]>("machines.journal");

export function writeJournal(sim: Sim, node: string, line: Omit<JournalLine, "atMs">): void {
  const lines = table(sim).get(node) ?? [];
  table(sim).set(node, [...lines.slice(1 - JOURNAL_LIMIT), { atMs: sim.kernel.nowMs, ...line }]);
}

export const journalOf = (sim: Sim, node: string): readonly JournalLine[] => table(sim).get(node) ?? [];
