import type { FileSystem } from "@/posix/files/file-system";
import type { ApiRequest, ApiResponse, WatchEvent } from "@/sim/apiserver/request";
import type { Cluster, ClusterInput, ClusterOutput, ClusterSnapshot } from "@/sim/cluster";
import type { ClusterOptions } from "@/sim/options";

export interface LabOptions {
  seed: string;
  startMs: number;
  cluster?: Partial<ClusterOptions>;
  /** Path -> content, laid over the learner's home (`/home/learner`) before the first prompt. */
  files?: Record<string, string>;
  /** `classic` accepts the forms of old notes (`kubectl run --replicas`). */
  kubectl?: "current" | "classic";
  language?: string;
}

/** What must be kept to bring a lab back: plain JSON. Processes that ran are started again from their command lines. */
export interface LabSnapshot {
  options: LabOptions;
  cluster: ClusterSnapshot;
  /** Changed files of the workstation: path -> node, null where removed. */
  files: unknown;
  shells: Record<string, ShellMemory>;
}

/** What a terminal's shell remembers between prompts. */
export interface ShellMemory {
  workingDirectory: string;
  variables: Record<string, string>;
  exported: string[];
  aliases: Record<string, string>;
  functions: Record<string, string>;
  history: string[];
  lastExitCode: number;
  /** Command lines of jobs that were running, e.g. `kubectl port-forward web 8080:80`. */
  jobs: string[];
}

/** One entry of a lab's journal: with the snapshot before it, enough to bring the lab to the same state. */
export type JournalEntry = { atMs: number } & (
  | { kind: "cluster"; input: ClusterInput }
  /** The workstation's own files changed. */
  | { kind: "file"; path: string; node: unknown }
  | { kind: "shell"; terminal: string; memory: ShellMemory }
  /** A command line was entered (history, counts, graders' facts). */
  | { kind: "command"; terminal: string; line: string }
  /** A command ended. */
  | { kind: "exit"; terminal: string; line: string; exitCode: number }
);

/** The API server as tools see it: request and response, watches and streams, exactly what HTTP would carry. */
export interface KubeApi {
  request(request: ApiRequest): Promise<ApiResponse>;
  /** Calls `onEvent` for each event until the watch ends or `stop` is called. Starts with what came after resourceVersion. */
  watch(
    request: ApiRequest,
    onEvent: (event: WatchEvent) => void,
    onEnd?: (status?: unknown) => void,
  ): { stop(): void };
  /** exec, attach, port-forward, logs -f: a two-way stream with numbered channels, as over WebSocket. */
  connect(request: ApiRequest): Promise<ApiStream>;
}

/**
 * Channels as in `v5.channel.k8s.io`: 0 stdin, 1 stdout, 2 stderr, 3 error (a Status as JSON), 4 resize. Bytes travel as
 * `posix/files/bytes` writes them in text.
 */
export interface ApiStream {
  /** False: it was taken, but the other side reads slowly; send no more until `onDrain` calls. */
  send(channel: number, data: string): boolean;
  onDrain(listener: () => void): void;
  closeChannel(channel: number): void;
  onData(listener: (channel: number, data: string) => void): void;
  /** Asks whoever writes to wait. What is under way still comes. */
  pause(): void;
  resume(): void;
  /** Resolves when the stream has ended. */
  readonly closed: Promise<void>;
  close(): void;
}

export interface Terminal {
  readonly id: string;
  /** Key strokes as a terminal sends them (`\r`, `\x03`, escape sequences). */
  input(data: string): void;
  resize(columns: number, rows: number): void;
  onOutput(listener: (data: string) => void): void;
  close(): void;
}

/** A text that a tool wants edited on the page: vi, nano, `kubectl edit`. Resolves with the text as saved, or null where given up. */
export interface EditRequest {
  terminal: string;
  title: string;
  path: string;
  content: string;
  language: "yaml" | "text";
  resolve(content: string | null): void;
}

/** Everything that the host of a lab must be able to do that is not pure. */
export interface LabHost {
  /** Lets other work of the process happen: called by long-running loops. */
  breathe(): Promise<void>;
  /** Opens the page's editor. Absent in headless labs: there, editors run $EDITOR scripts or fail as without a terminal. */
  edit?(request: EditRequest): void;
}

export interface RunResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** One cluster, the learner's workstation on it, and its terminals. Implemented by `lab.ts`. */
export interface LabApi {
  readonly cluster: Cluster;
  readonly files: FileSystem;
  readonly nowMs: number;
  openTerminal(id: string, size: { columns: number; rows: number }, memory?: ShellMemory): Terminal;
  terminal(id: string): Terminal | undefined;
  /** Runs a script without a terminal (`terminal`: its output counts as one, so that tools print as on a screen), sharing nothing with the open ones but files and cluster. */
  run(
    script: string,
    options?: {
      onOutput?: (stream: "stdout" | "stderr", data: string) => void;
      name?: string;
      args?: string[];
      terminal?: boolean;
    },
  ): Promise<RunResult>;
  kubeApi(): KubeApi;
  /** Applies an input to the cluster at once and writes it into the journal, if it can change anything. */
  apply<I extends ClusterInput>(input: I): ClusterOutput[I["kind"]];
  /** Runs timers of cluster and processes that are due, in order. Microtasks of processes run between them. */
  advanceTo(timeMs: number): Promise<void>;
  nextEventMs(): number | undefined;
  /** Whether any process of the workstation still runs (a foreground command, a job). */
  busy(): boolean;
  onJournal(listener: (entry: JournalEntry) => void): () => void;
  snapshot(): LabSnapshot;
  /** A lab on a fork of the cluster with a copy of the files: for what-if and command checks. */
  fork(): LabApi;
}
