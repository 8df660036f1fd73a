import type { Component } from "../component";
import { KUBELET } from "../kubelet/records";
import { attemptKubelet, RESTART_MS } from "./services";
import { readUnit } from "./units";

export const MACHINES = "machines";

/** The machines' own reactions: a kubelet watches its manifests, and systemd starts it again after it has failed. */
export const machines: Component = {
  name: MACHINES,
  onTimer(sim, { key }) {
    const [what, node = ""] = key.split("/");
    const unit = readUnit(sim, node, "kubelet");
    if (what === "restart") {
      if (unit.state === "activating") attemptKubelet(sim, node);
    } else if (unit.state === "active") sim.kernel.schedule(0, KUBELET, `manifests/${node}`);
    else if (unit.state === "activating") {
      // Attempts that would end as the last one did are not made; the next one keeps their rhythm.
      const missed = Math.ceil((sim.kernel.nowMs - unit.sinceMs + 1) / RESTART_MS);
      sim.kernel.schedule(unit.sinceMs + missed * RESTART_MS - sim.kernel.nowMs, MACHINES, `restart/${node}`);
    }
  },
};
