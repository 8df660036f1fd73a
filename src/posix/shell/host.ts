import type { FileSystem } from "../files/file-system";
import type { FdTable, ShellState } from "./state";

/** A program to start. The host duplicates the handles; the shell keeps its own. */
export interface SpawnRequest {
  argv: string[];
  env: Record<string, string>;
  cwd: string;
  fds: FdTable;
  /** `new`: the first of a job of an interactive shell; a pid: joins that job; left out: as the shell itself. */
  group?: "new" | number;
  background?: boolean;
}

export type SpawnResult =
  | { pid: number }
  | { error: "not-found" | "denied" | "directory" | "limit" | "missing-interpreter" };

export type Ended = { code: number; signal?: string };

/** System calls as a shell needs them. All are immediate: a shell waits by returning `blocked` from `run`. */
export interface ShellHost {
  files: FileSystem;
  nowMs: number;
  /** Throws FileError. */
  open(path: string, mode: "read" | "write" | "append" | "read-write", umask: number): number;
  /** A handle that reads this text: here-documents. */
  openText(text: string): number;
  pipe(): { read: number; write: number };
  /** Another reference to the same open file. */
  dup(handle: number): number;
  close(handle: number): void;
  /** `full`: it was taken, but the reader is behind. */
  write(handle: number, data: string): "ok" | "full" | "broken";
  /** Some data, null at the end, undefined where nothing is there yet. `upTo`: not beyond the first of these. */
  read(handle: number, options?: { upTo?: string; limit?: number }): string | null | undefined;
  isTty(handle: number): boolean;
  /** Whether a command of this name could be started, and where it lies; for `type`, `command -v`, `which`. */
  find(name: string, path: string, cwd: string): string | undefined;
  spawn(request: SpawnRequest): SpawnResult;
  /** Starts a copy of this shell that runs by itself. The host duplicates the handles of `state.fds` and sets its pids. */
  spawnShell(
    state: ShellState,
    options: { group?: "new" | number; background?: boolean },
  ): { pid: number } | { error: "limit" };
  /** How a child ended; undefined while it runs; `stopped` where a signal stopped it. */
  poll(pid: number): Ended | "stopped" | undefined;
  /** Returns false where there is no such process, or it is not ours. */
  kill(pid: number, signal: string): boolean | "denied";
  /** Continues a stopped job, in the foreground or not. */
  resume?(pids: number[], foreground: boolean): void;
  /** The job that gets the terminal's signals; undefined: the shell itself. */
  foreground?(pids: number[] | undefined): void;
  /** Whether the terminal shows what is typed: `read -s`. */
  setEcho?(on: boolean): void;
  /** The user's name and home by name, for `~user`. */
  home?(user: string): string | undefined;
}

export type Blocked =
  | { on: "wait"; pids: number[] }
  | { on: "read"; handle: number; deadlineMs?: number }
  | { on: "write"; handle: number };

export type RunResult =
  | { kind: "exited"; code: number; signal?: string }
  /** An interactive shell wants its next line. */
  | { kind: "idle" }
  | { kind: "blocked"; blocked: Blocked }
  | { kind: "out-of-budget" }
  /** The process turns into this program (`exec`, or the last command of a subshell). */
  | { kind: "exec"; request: SpawnRequest };
