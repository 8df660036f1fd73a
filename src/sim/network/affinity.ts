import type { Sim } from "../component";
import type { Service } from "../kinds/types";
import type { Backend } from "./endpoints";

const DEFAULT_TIMEOUT_SECONDS = 10_800;
/** Above this many remembered clients, those whose time is over are forgotten. */
const SWEEP_SIZE = 1000;

interface Memory {
  address: string;
  untilMs: number;
}

/** Chooses as iptables does: at random, or where the Service asks for it the backend that this client had before. */
export function chooseBackend(sim: Sim, service: Service, port: number, client: string, backends: Backend[]): Backend {
  const pick = () => backends[backends.length > 1 ? sim.kernel.randomInt(backends.length) : 0]!;
  if (service.spec.sessionAffinity !== "ClientIP") return pick();
  const table = sim.kernel.table<Memory>("network.affinity");
  const key = `${service.metadata.uid}/${port}/${client}`;
  const known = table.get(key);
  const remembered =
    known && known.untilMs > sim.kernel.nowMs && backends.find((item) => item.address === known.address);
  const chosen = remembered || pick();
  const seconds = service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? DEFAULT_TIMEOUT_SECONDS;
  if (table.size >= SWEEP_SIZE) {
    for (const [other, memory] of [...table.entries()]) if (memory.untilMs <= sim.kernel.nowMs) table.delete(other);
  }
  table.set(key, { address: chosen.address, untilMs: sim.kernel.nowMs + seconds * 1000 });
  return chosen;
}
