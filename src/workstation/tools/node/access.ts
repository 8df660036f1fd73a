import type { Sim } from "@/sim/component";
import type { MachineChange, MachineChangeResult } from "@/sim/machines/change";

/** What a tool that runs on a node may do to that machine: look at it, and change it by inputs that are journaled. */
export interface NodeAccess {
  node: string;
  /** Read-only. */
  sim: Sim;
  change(change: MachineChange): MachineChangeResult;
}

/** A session on another machine, as ssh opens it. */
export interface RemoteSession {
  input(data: string): void;
  endInput(): void;
  resize(columns: number, rows: number): void;
  close(): void;
}

export interface RemoteOptions {
  tty: boolean;
  stdin: boolean;
  columns: number;
  rows: number;
  onOutput(channel: 1 | 2, data: string): void;
  onExit(code: number): void;
}

/** Opens a shell (or runs a command line) on the machine of this name or address; the error is ssh's own words. */
export type Login = (
  host: string,
  command: string | undefined,
  options: RemoteOptions,
) => RemoteSession | { error: string };
