import type { Sim } from "../../component";
import { parseQuantity, quantityMilliValue } from "../../kinds/quantity";
import type { ContainerRef } from "../../runtime";
import { type InstanceRow, instanceKey, runningInstance } from "../runtime/instances";
import { type Account, advance, type Demand, openAccount, paceOf, queueingMs } from "./account";

/** What a container takes at least: its process and the page cache of its files. */
const BASE_MEMORY_BYTES = 2 * 1024 * 1024;

/** Only containers that ever did more than idle have one: the others' follows from when they started. */
const accounts = (sim: Sim) => sim.kernel.table<Account>("kubelet.usage");

/** Memory of the main process. */
export const memoryOf = (row: InstanceRow): number => Math.max(row.memoryBytes, BASE_MEMORY_BYTES);

function demandOf(sim: Sim, row: InstanceRow): Demand {
  const limitMillicores = row.cpuLimitMillicores ?? nodeMillicores(sim, row.node);
  return { millicores: row.cpuMillicores, limitMillicores, memoryBytes: memoryOf(row) };
}

const nodeMillicores = (sim: Sim, name: string): number => {
  const node = sim.store.get("nodes", undefined, name);
  return quantityMilliValue(parseQuantity(node?.status?.capacity?.cpu ?? "1"));
};

/** The account of a running container as it is now. Writes nothing. */
export function accountOf(sim: Sim, row: InstanceRow): Account {
  const kept = accounts(sim).get(instanceKey(row));
  const account = kept?.id === row.id ? kept : openAccount(row.id, row.startedMs);
  return advance(account, demandOf(sim, row), sim.kernel.nowMs);
}

/** To be called before the container's demand changes: what it used until now is of the old one. */
export function settleAccount(sim: Sim, row: InstanceRow): void {
  if (sim.kernel.nowMs > row.startedMs) accounts(sim).set(instanceKey(row), accountOf(sim, row));
}

/** Takes on work, and gives how long it takes until it is done. */
export function charge(sim: Sim, row: InstanceRow, workUs: number): number {
  const account = accountOf(sim, row);
  const delayMs = queueingMs(account, demandOf(sim, row), workUs);
  accounts(sim).set(instanceKey(row), { ...account, backlogUs: account.backlogUs + workUs });
  return delayMs;
}

/** What the processes of exec sessions take from now on. */
export function setBeside(sim: Sim, ref: ContainerRef, millicores: number, memoryBytes: number): void {
  const row = runningInstance(sim, ref);
  if (!row) return;
  const account = accountOf(sim, row);
  accounts(sim).set(instanceKey(row), { ...account, besideMillicores: millicores, besideMemoryBytes: memoryBytes });
}

export const closeAccount = (sim: Sim, ref: ContainerRef): void => {
  accounts(sim).delete(instanceKey(ref));
};

/** What a container takes at this moment. */
export function usageNow(sim: Sim, row: InstanceRow): { memoryBytes: number; cpuMillicores: number } {
  const account = accountOf(sim, row);
  return {
    memoryBytes: memoryOf(row) + account.besideMemoryBytes,
    cpuMillicores: paceOf(account, demandOf(sim, row)),
  };
}
