import type { Sim } from "../component";
import { KUBELET } from "./records";
import { RELIST_MS } from "./timing";

/** Has the pod's worker look at it after this time, or sooner if it is to do so already. */
export function requestSync(sim: Sim, uid: string, delayMs: number): void {
  const key = `pod/${uid}`;
  const due = sim.kernel.queue.get(KUBELET, key);
  if (due && due.atMs <= sim.kernel.nowMs + delayMs) return;
  sim.kernel.schedule(delayMs, KUBELET, key);
}

/** When containers are next listed: that is how the kubelet learns that one has started or ended. */
export const untilRelistMs = (sim: Sim): number => RELIST_MS - (sim.kernel.nowMs % RELIST_MS);
