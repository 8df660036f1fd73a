import type { Sim } from "../component";
import type { Service } from "../kinds/types";
import type { Backend } from "./endpoints";
import type { Rules } from "./kube-proxy/rules";

const DEFAULT_TIMEOUT_SECONDS = 10_800;
/** Above this many remembered clients, those whose time is over are forgotten. */
const SWEEP_SIZE = 1000;

interface Memory {
  address: string;
  untilMs: number;
}

/** Who chooses: the client's address, the node whose rules these are, and the mode of its kube-proxy. */
export interface Chooser {
  client: string;
  node: string | undefined;
  mode: Rules["mode"];
}

/** Chooses as the kernel does for a Service, or where it asks for affinity the backend that this client had before. */
export function chooseBackend(
  sim: Sim,
  service: Service,
  port: number,
  chooser: Chooser,
  backends: readonly Backend[],
): Backend {
  const { client } = chooser;
  const pick = () => backends[backends.length > 1 ? turn(sim, service, port, chooser, backends.length) : 0]!;
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

/** At random as iptables chooses, or one after the other as ipvs does (rr), each node with a turn of its own. */
function turn(sim: Sim, service: Service, port: number, { node, mode }: Chooser, count: number): number {
  if (mode === "iptables") return sim.kernel.randomInt(count);
  const turns = sim.kernel.table<number>("network.ipvs");
  const key = `${node}/${service.metadata.uid}/${port}`;
  const next = turns.get(key) ?? 0;
  turns.set(key, next + 1);
  return next % count;
}
