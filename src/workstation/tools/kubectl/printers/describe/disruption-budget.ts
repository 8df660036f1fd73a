import { formatSelector } from "../../resource/labels";
import { eventsLines } from "./events";
import type { Describer } from "./types";

export const describePodDisruptionBudget: Describer = async (w, budget, world) => {
  const { metadata, spec = {}, status = {} } = budget;
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  if (spec.minAvailable !== undefined) w.line(`Min available:\t${spec.minAvailable}`);
  else if (spec.maxUnavailable !== undefined) w.line(`Max unavailable:\t${spec.maxUnavailable}`);
  w.line(`Selector:\t${spec.selector ? formatSelector(spec.selector) : "<unset>"}`);
  w.line("Status:");
  w.line(`    Allowed disruptions:\t${status.disruptionsAllowed ?? 0}`);
  w.line(`    Current:\t${status.currentHealthy ?? 0}`);
  w.line(`    Desired:\t${status.desiredHealthy ?? 0}`);
  w.line(`    Total:\t${status.expectedPods ?? 0}`);
  eventsLines(w, await world.events(budget), world.nowMs);
};
