import type { Sim } from "../component";

/** Who leads where only one may act. */
export interface Leader {
  node: string;
  identity: string;
  acquiredMs: number;
  transitions: number;
}

export const ELECTED = ["kube-controller-manager", "kube-scheduler"] as const;
export const leaders = (sim: Sim) => sim.kernel.table<Leader>("control-plane.leaders");
