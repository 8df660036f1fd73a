import type { Sim } from "../../component";
import type { Node } from "../../kinds/types";
import { recordsOn } from "../records";
import { readInstance } from "../runtime/instances";
import { SAMPLE_MS } from "../usage/account";
import { accountOf, usageNow } from "../usage/accounts";
import { usageOf } from "./node";

/** `/metrics/resource` of a kubelet, in the text form of Prometheus: what metrics-server reads. */
export function resourceMetrics(sim: Sim, node: Node): string {
  const { nowMs } = sim.kernel;
  const cpu: string[] = [];
  const memory: string[] = [];
  const starts: string[] = [];
  for (const { uid, name, namespace, containers } of recordsOn(sim, node.metadata.name)) {
    for (const container of Object.keys(containers).sort()) {
      const row = readInstance(sim, { podUid: uid, container });
      if (row?.state !== "running") continue;
      const labels = `{container="${container}",namespace="${namespace}",pod="${name}"}`;
      const usedUs = accountOf(sim, row).usedUs;
      cpu.push(`container_cpu_usage_seconds_total${labels} ${usedUs / 1_000_000} ${nowMs}`);
      memory.push(`container_memory_working_set_bytes${labels} ${usageNow(sim, row).memoryBytes} ${nowMs}`);
      starts.push(`container_start_time_seconds${labels} ${row.startedMs / 1000}`);
    }
  }
  const whole = usageOf(sim, node, Math.floor(nowMs / SAMPLE_MS) * SAMPLE_MS);
  const families: [name: string, kind: string, help: string, lines: string[]][] = [
    [
      "container_cpu_usage_seconds_total",
      "counter",
      "[STABLE] Cumulative cpu time consumed by the container in core-seconds",
      cpu,
    ],
    ["container_memory_working_set_bytes", "gauge", "[STABLE] Current working set of the container in bytes", memory],
    [
      "container_start_time_seconds",
      "gauge",
      "[STABLE] Start time of the container since unix epoch in seconds",
      starts,
    ],
    [
      "node_cpu_usage_seconds_total",
      "counter",
      "[STABLE] Cumulative cpu time consumed by the node in core-seconds",
      [`node_cpu_usage_seconds_total ${whole.usedUs / 1_000_000} ${nowMs}`],
    ],
    [
      "node_memory_working_set_bytes",
      "gauge",
      "[STABLE] Current working set of the node in bytes",
      [`node_memory_working_set_bytes ${whole.memoryBytes} ${nowMs}`],
    ],
    [
      "resource_scrape_error",
      "gauge",
      "[STABLE] 1 if there was an error while getting container metrics, 0 otherwise",
      ["resource_scrape_error 0"],
    ],
  ];
  return families
    .filter(([, , , lines]) => lines.length > 0)
    .map(([name, kind, help, lines]) => `# HELP ${name} ${help}\n# TYPE ${name} ${kind}\n${lines.join("\n")}\n`)
    .join("");
}
