import type { Sim } from "../../component";
import { rfc3339 } from "../../kernel/time";
import { parseQuantity, quantityValue } from "../../kinds/quantity";
import type { Node } from "../../kinds/types";
import { podOf, recordsOn } from "../records";
import { readInstance } from "../runtime/instances";
import { type Mark, markAt, SAMPLE_MS } from "../usage/account";
import { accountOf } from "../usage/accounts";
import { usageOf } from "./node";

/** `/stats/summary` of a kubelet (https://kubernetes.io/docs/reference/instrumentation/node-metrics/). */
export function statsSummary(sim: Sim, node: Node): unknown {
  const atMs = Math.floor(sim.kernel.nowMs / SAMPLE_MS) * SAMPLE_MS;
  const time = rfc3339(atMs);
  const { name, creationTimestamp } = node.metadata;
  const last = usageOf(sim, node, atMs);
  const before = usageOf(sim, node, atMs - SAMPLE_MS);
  const capacityBytes = quantityValue(parseQuantity(String(node.status?.capacity?.memory ?? "0")));
  return {
    node: {
      nodeName: name,
      startTime: creationTimestamp,
      cpu: cpu(time, last.usedUs, before.usedUs),
      memory: { ...memory(time, last.memoryBytes), availableBytes: Math.max(0, capacityBytes - last.memoryBytes) },
    },
    pods: recordsOn(sim, name).flatMap((record) => {
      const pod = podOf(sim, record);
      if (!pod) return [];
      const found = Object.keys(record.containers).flatMap((container) => {
        const row = readInstance(sim, { podUid: record.uid, container });
        if (row?.state !== "running") return [];
        const account = accountOf(sim, row);
        const mark = markAt(account, row.startedMs, atMs);
        if (!mark) return [];
        const old = markAt(account, row.startedMs, atMs - SAMPLE_MS);
        return [{ name: container, startedMs: row.startedMs, mark, old }];
      });
      const total = (pick: (one: { mark: Mark; old: Mark | undefined }) => number) =>
        found.reduce((sum, one) => sum + pick(one), 0);
      return [
        {
          podRef: { name: record.name, namespace: record.namespace, uid: record.uid },
          startTime: rfc3339(record.startTimeMs),
          containers: found.map((one) => ({
            name: one.name,
            startTime: rfc3339(one.startedMs),
            cpu: cpu(time, one.mark.usedUs, one.old?.usedUs ?? 0),
            memory: memory(time, one.mark.memoryBytes),
          })),
          cpu: cpu(
            time,
            total(({ mark }) => mark.usedUs),
            total(({ old }) => old?.usedUs ?? 0),
          ),
          memory: memory(
            time,
            total(({ mark }) => mark.memoryBytes),
          ),
        },
      ];
    }),
  };
}

const cpu = (time: string, usedUs: number, beforeUs: number) => ({
  time,
  usageNanoCores: Math.round((Math.max(0, usedUs - beforeUs) * 1_000_000) / SAMPLE_MS),
  usageCoreNanoSeconds: usedUs * 1000,
});

const memory = (time: string, bytes: number) => ({
  time,
  usageBytes: bytes,
  workingSetBytes: bytes,
  rssBytes: bytes,
  pageFaults: 0,
  majorPageFaults: 0,
});
