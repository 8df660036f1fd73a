import { canonicalQuantity } from "@/sim/kinds/quantity";
import { limitLines } from "./configuration";
import { eventsLines } from "./events";
import type { Describer } from "./types";
import { mapText } from "./writer";

const SCOPES: Record<string, string> = {
  Terminating:
    "Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.",
  NotTerminating:
    "Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.",
  BestEffort:
    "Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.",
  NotBestEffort:
    "Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.",
};

export const describeResourceQuota: Describer = async (w, { metadata, spec, status }) => {
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  const scopes: string[] = [...(spec?.scopes ?? [])].sort();
  if (scopes.length > 0) w.line(`Scopes:\t${scopes.join(", ")}`);
  for (const scope of scopes) if (SCOPES[scope]) w.line(` * ${SCOPES[scope]}`);
  w.line("Resource\tUsed\tHard");
  w.line("--------\t----\t----");
  const hard = status?.hard ?? {};
  for (const name of Object.keys(hard).sort())
    w.line(`${name}\t${canonicalQuantity(status.used?.[name] ?? "0")}\t${canonicalQuantity(hard[name])}`);
};

export const describeLimitRange: Describer = async (w, { metadata, spec }) => {
  w.line(`Name:\t${metadata.name}`);
  w.line(`Namespace:\t${metadata.namespace}`);
  w.line("Type\tResource\tMin\tMax\tDefault Request\tDefault Limit\tMax Limit/Request Ratio");
  w.line("----\t--------\t---\t---\t---------------\t-------------\t-----------------------");
  for (const item of spec?.limits ?? []) for (const line of limitLines(item)) w.line(line);
};

export const describePriorityClass: Describer = async (w, priority, world) => {
  w.line(`Name:\t${priority.metadata.name}`);
  w.line(`Value:\t${priority.value ?? 0}`);
  w.line(`GlobalDefault:\t${priority.globalDefault ?? false}`);
  w.line(`PreemptionPolicy:\t${priority.preemptionPolicy}`);
  w.line(`Description:\t${priority.description ?? ""}`);
  w.line(`Annotations:\t${mapText(priority.metadata.annotations)}`);
  eventsLines(w, await world.events(priority), world.nowMs);
};
