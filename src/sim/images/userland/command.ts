import type { FileSystem } from "@/posix/files/file-system";
import type { ProgramContext } from "../program";
import type { UserlandProcess } from "./state";

/** What one step of a command comes to. */
export type CommandStep =
  | { exit: number }
  /** Goes on when standard input has more. */
  | { wait: "stdin" }
  /** Goes on at this moment of the cluster's time. */
  | { wakeMs: number }
  /** Would go on at once, for ever. */
  | { again: true }
  /** Goes on when these processes have ended, or at `wakeMs`. */
  | { children: number[]; wakeMs?: number };

/** What a command of a container's userland may do. It remembers between its steps what is in `memory`, and nothing else. */
export interface CommandIo {
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  nowMs: number;
  files: FileSystem;
  context: ProgramContext;
  /** Plain data. */
  memory: Record<string, any>;
  /** Some data, null at the end, undefined where the command must wait for it. */
  read(upTo?: string): string | null | undefined;
  out(text: string): void;
  err(text: string): void;
  resolve(path: string): string;
  processes(): readonly UserlandProcess[];
  kill(pid: number, signal: string): boolean;
  /** Starts a child with this command's streams. */
  spawn(
    argv: string[],
    options: { env?: Record<string, string>; cwd?: string; stdin?: string },
  ): { pid: number } | { error: "not-found" | "denied" };
  poll(pid: number): { code: number; signal?: string } | undefined;
  find(name: string): string | undefined;
}

export type Command = (io: CommandIo) => CommandStep;

export const DONE: CommandStep = { exit: 0 };
