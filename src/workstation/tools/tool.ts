import type { FileSystem } from "@/posix/files/file-system";
import type { RecordType } from "@/sim/network/dns/types";
import type { Ask } from "@/sim/network/resolver";
import type { DnsAnswer, NetworkRequest, NetworkResponse } from "@/sim/network/types";
import type { KubeApi } from "../lab/types";
import type { Login, NodeAccess } from "./node/access";

/** A program of a machine. `run` resolves with the exit code; what it throws ends it with 1 and a line on stderr. */
export interface Tool {
  name: string;
  run(context: ToolContext): Promise<number>;
  /** Words that may stand where the cursor is. Those that do not start with the word under it are dropped. */
  complete?(context: CompletionContext): Promise<Completion[]> | Completion[];
}

export interface Completion {
  value: string;
  /** A directory and the like: no space after it. */
  open?: boolean;
}

export interface CompletionContext {
  /** Words of the command up to the cursor, unquoted; the last is the one under it (perhaps empty). */
  words: string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  files: FileSystem;
  kube: KubeApi;
  /** Names of the cluster's machines. */
  nodes?: readonly string[];
}

/**
 * What a running program may do. Once its process has ended (a signal without a listener), every promise given here
 * rejects with `ProcessEnded`, which the tool lets pass, and writes go nowhere.
 */
export interface ToolContext {
  /** argv[0] is the name under which it was called. */
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  cwd: string;
  pid: number;
  /** Paths are absolute: `resolvePath(cwd, path)` of posix/files/path first. */
  files: FileSystem;
  stdin: ToolInput;
  stdout: ToolOutput;
  stderr: ToolOutput;
  isTty(fd: 0 | 1 | 2): boolean;
  /** Of the terminal; 80 × 24 where there is none. */
  columns: number;
  rows: number;
  onResize(listener: (columns: number, rows: number) => void): void;
  /** Lab time. */
  nowMs: number;
  sleep(delayMs: number): Promise<void>;
  /** Instead of ending (or stopping), calls `listener`. SIGKILL cannot be caught. */
  onSignal(signal: SignalName, listener: () => void): void;
  /** Runs when the process ends, for whatever reason: stop watches, close streams. */
  onEnd(cleanup: () => void): void;
  /** Waits for something of the tool's own; rejects with `ProcessEnded` when the process ends before. */
  wait<T>(promise: Promise<T>): Promise<T>;
  kube: KubeApi;
  /** A request from this place on the network, with its latency waited for. `timeout` resolves after `patienceMs`. */
  network(request: Omit<NetworkRequest, "from">, patienceMs?: number): Promise<NetworkResponse>;
  resolve(name: string, type?: RecordType, how?: Ask): Promise<DnsAnswer>;
  /** Listens on 127.0.0.1 of this machine, for port-forward and proxy. Undefined where the port is taken; 0 picks one. */
  listen(
    port: number,
    handler: (request: LocalRequest) => Promise<NetworkResponse>,
  ): { port: number; close(): void } | undefined;
  /** Opens the page's editor; null where the learner gave up; undefined where there is no page (headless). */
  edit(request: {
    title: string;
    path: string;
    content: string;
    language: "yaml" | "text";
  }): Promise<string | null | undefined>;
  /**
   * Hands over key strokes as they come, without echo, line editing or signals, until it is turned off or the process
   * ends: what `kubectl exec -it` does with its own terminal. False where standard input is no terminal.
   */
  rawMode(on: boolean): boolean;
  /** Asks on the terminal with echo off. Undefined where there is no terminal or at its end (Ctrl-D). */
  readPassword(prompt: string): Promise<string | undefined>;
  /** Runs another command with this one's files and environment; its streams are this one's unless given. */
  run(
    argv: string[],
    options?: {
      env?: Record<string, string>;
      cwd?: string;
      stdin?: string;
      stdout?: (data: string) => void;
      stderr?: (data: string) => void;
      /** Told of the process id. */
      onStart?: (pid: number) => void;
    },
  ): Promise<number>;
  /** In [0, 1). */
  random(): number;
  machine: MachineInfo;
  /** Set on a node. */
  node?: NodeAccess;
  login?: Login;
  processes(): ProcessEntry[];
  signalProcess(pid: number, signal: SignalName): boolean;
}

export type LocalRequest = Omit<NetworkRequest, "from" | "host" | "port">;

export interface MachineInfo {
  hostname: string;
  user: { name: string; uid: number; gid: number };
  home: string;
  kind: "workstation" | "container" | "node";
  /** Where its packets start. */
  place: NetworkRequest["from"];
  /** Set in a container. */
  userland?: "busybox" | "alpine" | "debian";
  podIp?: string;
  /** `kubectl` forms of old notes are accepted. */
  kubectl?: "current" | "classic";
}

export interface ProcessEntry {
  pid: number;
  parentPid: number;
  user: string;
  argv: readonly string[];
  startedMs: number;
  state: "running" | "stopped";
  tty?: string;
}

export interface ToolInput {
  /** The next piece, of any length above zero; null at the end. */
  read(): Promise<string | null>;
  /** The next line without its newline; null at the end. */
  readLine(): Promise<string | null>;
  readAll(): Promise<string>;
}

export interface ToolOutput {
  /** Resolves when the reader has kept up. Need not be awaited for short texts. Ends the process with SIGPIPE where nobody reads. */
  write(data: string): Promise<void>;
}

export type SignalName =
  | "SIGHUP"
  | "SIGINT"
  | "SIGQUIT"
  | "SIGKILL"
  | "SIGTERM"
  | "SIGPIPE"
  | "SIGTSTP"
  | "SIGSTOP"
  | "SIGCONT"
  | "SIGUSR1"
  | "SIGUSR2"
  | "SIGALRM"
  | "SIGCHLD"
  | "SIGWINCH"
  | "SIGTTIN";

/** The process that asked has ended; nothing that it does counts any more. */
export class ProcessEnded extends Error {
  constructor() {
    super("the process has ended");
    this.name = "ProcessEnded";
  }
}
