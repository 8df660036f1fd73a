import type { Sim } from "../../component";
import { parseRfc3339 } from "../../kernel/time";
import { parseQuantity, quantityMilliValue, quantityValue } from "../../kinds/quantity";
import type { Node } from "../../kinds/types";
import { readRecord, recordsOn } from "../records";
import { readInstance } from "../runtime/instances";
import { markAt } from "../usage/account";
import { accountOf } from "../usage/accounts";

/** What the system itself takes beside all pods: kubelet, container runtime, sshd and the kernel's own. */
export const SYSTEM = { millicores: 25, memoryBytes: 360 * 1024 * 1024 };

export interface NodeUsage {
  /** CPU time in core-microseconds of what runs now; only differences of two moments mean anything. */
  usedUs: number;
  memoryBytes: number;
  capacityNanocores: number;
}

/** What a node had used at one of the moments at which its kubelet samples. */
export function usageOf(sim: Sim, node: Node, atMs: number): NodeUsage {
  const bootedMs = parseRfc3339(node.metadata.creationTimestamp!)!;
  let usedUs = SYSTEM.millicores * Math.max(0, atMs - bootedMs);
  let memoryBytes = SYSTEM.memoryBytes;
  for (const { uid } of recordsOn(sim, node.metadata.name)) {
    for (const container of Object.keys(readRecord(sim, uid)!.containers)) {
      const row = readInstance(sim, { podUid: uid, container });
      const mark = row?.state === "running" ? markAt(accountOf(sim, row), row.startedMs, atMs) : undefined;
      usedUs += mark?.usedUs ?? 0;
      memoryBytes += mark?.memoryBytes ?? 0;
    }
  }
  const { cpu = "1", memory = "1Gi" } = (node.status?.capacity ?? {}) as Record<string, string>;
  return {
    usedUs,
    memoryBytes: Math.min(memoryBytes, quantityValue(parseQuantity(memory))),
    capacityNanocores: quantityMilliValue(parseQuantity(cpu)) * 1_000_000,
  };
}
