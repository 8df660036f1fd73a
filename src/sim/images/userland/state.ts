import type { ShellState } from "@/posix/shell/state";

/** The processes of one container's script, as plain data: kept in the container's row, forked and restored with it. */
export interface UserlandState {
  processes: UserlandProcess[];
  files: Record<number, OpenFile>;
  pipes: Record<number, Pipe>;
  nextPid: number;
  nextId: number;
  /** Standard input that has come and was not read yet; `stdinEnded` once nothing more will come. */
  stdin: string;
  stdinEnded: boolean;
  /** How often in a row it used up its time without resting. */
  restless?: number;
}

export interface UserlandProcess {
  pid: number;
  parentPid: number;
  argv: string[];
  /** fd -> id of an open file. For a shell the table is in its own state. */
  fds: Record<number, number>;
  shell?: ShellState;
  command?: CommandState;
  ended?: { code: number; signal?: string };
  startedMs: number;
}

/** A command that is not over yet: what it is called with, and what it remembers between steps. */
export interface CommandState {
  env: Record<string, string>;
  cwd: string;
  memory: Record<string, any>;
  wakeMs?: number;
  /** It goes on for ever, and nobody sees what it does. */
  busy?: true;
  /** Children that it waits for. */
  children?: number[];
}

export type OpenFile = { refs: number } & (
  | { kind: "file"; path: string; position: number; append: boolean }
  | { kind: "text"; text: string }
  | { kind: "pipe"; pipe: number; end: "read" | "write" }
  | { kind: "output"; stream: "stdout" | "stderr" }
  | { kind: "stdin" }
  | { kind: "null" }
  | { kind: "zero" }
);

export interface Pipe {
  buffer: string;
  readers: number;
  writers: number;
}

export const PROCESS_LIMIT = 128;
export const PIPE_LIMIT = 64 * 1024;

export function newUserland(stdinOpen: boolean): UserlandState {
  return {
    processes: [],
    files: {
      1: { kind: "stdin", refs: 1 },
      2: { kind: "output", stream: "stdout", refs: 1 },
      3: { kind: "output", stream: "stderr", refs: 1 },
    },
    pipes: {},
    nextPid: 1,
    nextId: 4,
    stdin: "",
    stdinEnded: !stdinOpen,
  };
}

/** Ids of the three standard files of a new container. */
export const STANDARD_FDS: Record<number, number> = { 0: 1, 1: 2, 2: 3 };
