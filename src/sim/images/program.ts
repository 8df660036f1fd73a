import type { FileSystem } from "@/posix/files/file-system";
import type { Objects, RecordType, ZoneAnswer } from "../network/dns/types";
import type { HttpRequest, HttpResponse, NetworkRequest, NetworkResponse } from "../network/types";
import type { Json } from "../types";

/** What a running program may look at and do. `files` are the container's own, volumes mounted. */
export interface ProgramContext {
  nowMs: number;
  argv: readonly string[];
  env: Readonly<Record<string, string>>;
  workingDirectory: string;
  files: FileSystem;
  hostname: string;
  podIp: string;
  podNamespace: string;
  podName: string;
  containerName: string;
  memoryLimitBytes?: number;
  /** Whether somebody may write to standard input (`stdin: true`). */
  stdin?: boolean;
  /** Whether another container of the pod listens on this port already (EADDRINUSE). */
  portTaken?(port: number): boolean;
  /** A random number in [0, 1) from the cluster's own generator. */
  random(): number;
  /** A request from inside the pod, answered at once; `latencyMs` says how long the program should wait. */
  request(request: Omit<NetworkRequest, "from">): NetworkResponse;
  resolve(name: string): { addresses: string[] };
  /** What a client of the API sees that watches these objects, as CoreDNS and ingress controllers do. */
  objects: Objects;
}

export interface Listener {
  port: number;
  /** 0.0.0.0 or 127.0.0.1: the latter is reachable from the same pod (and port-forward) only. */
  address?: string;
}

/** What a step leaves behind besides the new state. Whatever is left out stays as it was. */
export interface Effects {
  stdout?: string;
  stderr?: string;
  /** All listeners from now on. */
  listen?: Listener[];
  /** Timers by name: `afterMs` sets, null cancels. */
  timers?: Record<string, number | null>;
  /** Memory in use from now on; above the container's limit the process is OOM-killed. */
  memoryBytes?: number;
  cpuMillicores?: number;
  /** CPU time that this step took, beside what it always takes. Answers to requests wait until it is done. */
  workMs?: number;
  /** Ends the main process with this exit code. */
  exit?: number;
  /** The main process turns into another program of the image (execve). */
  become?: Replacement;
}

/** What `exec` of a shell hands on. */
export interface Replacement {
  argv: string[];
  env: Record<string, string>;
  workingDirectory: string;
}

export type Step<S> = { state: S } & Effects;

export interface IncomingRequest {
  port: number;
  remote: { address: string; port: number };
  /** Set where the client speaks TLS. */
  tls?: { serverName?: string };
  http?: HttpRequest;
  raw?: string;
  /** A query in the language of DNS; the name is in lower case and without its final dot. */
  dns?: { name: string; type: RecordType };
}

export interface OutgoingResponse {
  http?: HttpResponse;
  raw?: string;
  dns?: ZoneAnswer;
  /** Set where the server answered in TLS. A TLS request with no `tls` in its answer fails in the handshake. */
  tls?: { chainPem: string };
  /** How long the program takes. Longer than the client's patience is a timeout. */
  delayMs?: number;
  /** The connection breaks with no answer. */
  reset?: boolean;
}

/**
 * A program that images name: pure functions over plain state. The runtime owns the state and hands it back; it may be
 * snapshotted, forked and restored between any two steps.
 */
export interface Program<S extends Json = any> {
  name: string;
  /** `exit` in the result is a program that ends at once, as `echo` does. */
  start(context: ProgramContext): Step<S>;
  onTimer?(state: S, timer: string, context: ProgramContext): Step<S>;
  onRequest?(state: S, request: IncomingRequest, context: ProgramContext): Step<S> & { response: OutgoingResponse };
  /** Default: the process ends with 128 + signal number. A program that ignores SIGTERM returns its state and no exit. */
  onSignal?(state: S, signal: string, context: ProgramContext, pid?: number): Step<S>;
  /** All processes, the main one (pid 1) first; left out: there is only that one. Signals to the others come with their `pid`. */
  processes?(
    state: S,
    context: ProgramContext,
  ): { pid: number; parentPid: number; argv: readonly string[]; startedMs?: number; user?: string }[];
  /** A line or chunk on standard input (`kubectl attach -i`); null is its end. */
  onStdin?(state: S, data: string | null, context: ProgramContext): Step<S>;
  /**
   * A command of this image run beside the main process: `nginx -s reload`, `redis-cli ping`. Exec probes, lifecycle
   * hooks and exec sessions come here with argv[0] among `commands`.
   */
  commands?: Record<string, (state: S, argv: string[], context: ProgramContext) => Step<S> & { exitCode: number }>;
}
