import type { FileSystem } from "@/posix/files/file-system";
import type { Image } from "./images/image";
import type { IncomingRequest, OutgoingResponse } from "./images/program";

/** A container of a pod, by the pod's uid (a pod of the same name made anew is another). */
export interface ContainerRef {
  podUid: string;
  container: string;
}

export interface ProcessInfo {
  pid: number;
  parentPid: number;
  user: string;
  argv: string[];
  startedMs: number;
}

export interface LogLine {
  atMs: number;
  stream: "stdout" | "stderr";
  /** Without its newline. */
  text: string;
}

/** What the learner or an exec'd process does to a container: an input of the cluster, so it is journaled and replayed. */
export type ContainerChange =
  | { op: "write-file"; path: string; content: string; mode?: number }
  | { op: "append-file"; path: string; content: string }
  | { op: "make-directory"; path: string; recursive?: boolean; mode?: number }
  | { op: "make-link"; path: string; target: string }
  | { op: "remove"; path: string; recursive?: boolean }
  | { op: "rename"; path: string; to: string }
  | { op: "chmod"; path: string; mode: number }
  | { op: "touch"; path: string; modifiedMs: number }
  /** `fromNode`: from outside the container, which SIGKILL to its first process must come from. */
  | { op: "signal"; pid: number; signal: string; fromNode?: boolean; exitCode?: number }
  | { op: "stdin"; data: string | null }
  /** A program's own command, e.g. `nginx -s reload`. */
  | { op: "command"; argv: string[] }
  /** What the processes of exec sessions take from now on, beside the main one. */
  | { op: "load"; millicores: number; memoryBytes: number }
  /** An exec'd process wrote to /proc/1/fd/1. */
  | { op: "log"; stream: "stdout" | "stderr"; text: string };

/** Result of a change: what a shell would print of it. `error` is a FileErrorCode. */
export interface ContainerChangeResult {
  error?: string;
  exitCode?: number;
  stdout?: string;
  stderr?: string;
}

/** Containers as they run on the nodes: made by `kubelet/runtime`, used by network, API subresources and labs. */
export interface Runtime {
  /** Undefined where the container does not run (exec: "container not found"). */
  inspect(ref: ContainerRef): RunningContainer | undefined;
  change(ref: ContainerRef, change: ContainerChange): ContainerChangeResult;
  /** The log, oldest first; `previous` is the instance before the last restart. Undefined where there is none. */
  log(ref: ContainerRef, previous?: boolean): readonly LogLine[] | undefined;
  /** Offers a connection to whatever listens in the pod's network namespace. */
  deliver(
    podUid: string,
    request: IncomingRequest,
    local: boolean,
  ): { outcome: "ok"; container: string; response: OutgoingResponse } | { outcome: "refused" };
  /** The address of the pod's network, which it has before the API server hears of it. */
  address(podUid: string): string | undefined;
  listening(podUid: string): { port: number; container: string; address: string }[];
  /** What it takes at this moment. */
  usage(ref: ContainerRef): { memoryBytes: number; cpuMillicores: number } | undefined;
  /** What it had used when the kubelet last looked, for metrics. */
  sample(ref: ContainerRef, atMs: number): UsageSample | undefined;
}

/** What one instance of a container had used at a moment. */
export interface UsageSample {
  startedMs: number;
  /** CPU time since its start, in core-microseconds. */
  usedUs: number;
  memoryBytes: number;
}

export interface RunningContainer {
  ref: ContainerRef;
  image: Image;
  env: Readonly<Record<string, string>>;
  workingDirectory: string;
  user: { uid: number; gid: number };
  hostname: string;
  /** Reads see volumes; writes go to the container's own layer or its volumes. Only the runtime itself writes here. */
  files: FileSystem;
  processes: ProcessInfo[];
  tty: boolean;
  stdin: boolean;
}
