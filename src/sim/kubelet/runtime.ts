import type { Sim } from "../component";
import type { Runtime } from "../runtime";

export function createRuntime(_sim: Sim): Runtime {
  return {
    inspect: () => undefined,
    change: () => ({ error: "ENOENT" }),
    log: () => undefined,
    deliver: () => ({ outcome: "refused" }),
    listening: () => [],
    usage: () => undefined,
  };
}
