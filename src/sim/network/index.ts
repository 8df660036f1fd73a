import type { Sim } from "../component";
import type { Network } from "./network";

export function createNetwork(_sim: Sim): Network {
  return {
    request: () => ({ outcome: "timeout", latencyMs: 0, hops: [] }),
    resolve: (_from, name) => ({ outcome: "nxdomain", name, server: "10.96.0.10", records: [], latencyMs: 1 }),
  };
}
