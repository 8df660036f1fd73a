import type { Sim } from "../../component";
import type { KubeObject } from "../../types";
import { keyOf } from "../controller";
import { CONTROLLER } from "./names";

/** A daemon that fails is replaced at once, then after ever longer waits. */
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15 * 60_000;

interface Wait {
  /** A change of the DaemonSet begins anew. */
  generation: string;
  waitMs: number;
  sinceMs: number;
}

const waits = (sim: Sim) => sim.kernel.table<Wait>(`${CONTROLLER}.failed`);
const waitKey = (daemonSet: KubeObject, node: string) => `${keyOf(daemonSet)}/${node}`;
const generationOf = ({ metadata, status }: KubeObject) => `${metadata.uid}/${status?.observedGeneration ?? 0}`;

/** How long a failed pod on this node has yet to stay; zero where it may go now, which is noted. */
export function waitOfFailed(sim: Sim, daemonSet: KubeObject, node: string): number {
  const key = waitKey(daemonSet, node);
  const generation = generationOf(daemonSet);
  const { nowMs } = sim.kernel;
  const known = waits(sim).get(key);
  const fresh = known?.generation === generation && nowMs - known.sinceMs <= 2 * LONGEST_WAIT_MS ? known : undefined;
  const left = fresh ? fresh.sinceMs + fresh.waitMs - nowMs : 0;
  if (left > 0) return left;
  const waitMs = fresh ? Math.min(LONGEST_WAIT_MS, fresh.waitMs * 2) : FIRST_WAIT_MS;
  waits(sim).set(key, { generation, waitMs, sinceMs: nowMs });
  return 0;
}

/** A DaemonSet is gone, and with it what was remembered of its pods. */
export function forgetFailed(sim: Sim, key: string): void {
  const keys = [...waits(sim).entries()].map(([known]) => known).filter((known) => known.startsWith(`${key}/`));
  for (const known of keys) waits(sim).delete(known);
}
