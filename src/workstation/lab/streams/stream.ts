import type { ApiRequest } from "@/sim/apiserver/request";
import type { Cluster, ClusterInput, ClusterOutput } from "@/sim/cluster";
import type { ContainerRef } from "@/sim/runtime";
import type { ApiStream } from "../types";

/** What streams need of their lab. */
export interface StreamContext {
  cluster(): Cluster;
  /** Applies an input and journals it. */
  apply<I extends ClusterInput>(input: I): ClusterOutput[I["kind"]];
  after(delayMs: number, run: () => void): () => void;
  addPoller(poll: () => void): () => void;
  /** Starts a command in a container; the streams are the channels of exec. */
  exec(ref: ContainerRef, argv: string[], options: ExecOptions): ExecSession | { error: string };
}

export interface ExecOptions {
  tty: boolean;
  stdin: boolean;
  onOutput(channel: 1 | 2, data: string): void;
  onExit(code: number): void;
}

export interface ExecSession {
  /** False where the command reads slowly. */
  input(data: string): boolean;
  onDrain(listener: () => void): void;
  pause(): void;
  resume(): void;
  endInput(): void;
  resize(columns: number, rows: number): void;
  close(): void;
}

/** The server's end of a stream: what it sends arrives at the client's listener, or waits for one. */
export class StreamPair {
  private listener: ((channel: number, data: string) => void) | undefined;
  private waiting: [number, string][] = [];
  private resolve!: () => void;
  private ended = false;
  private drain: () => void = () => {};
  readonly client: ApiStream;

  constructor(
    private readonly server: {
      /** False where it should not be sent more until `drained` was called. */
      onData?(channel: number, data: string): boolean | undefined;
      onPause?(paused: boolean): void;
      onCloseChannel?(channel: number): void;
      onClose?(): void;
    },
  ) {
    const closed = new Promise<void>((resolve) => {
      this.resolve = resolve;
    });
    this.client = {
      send: (channel, data) => this.ended || this.server.onData?.(channel, data) !== false,
      onDrain: (listener) => {
        this.drain = listener;
      },
      pause: () => this.server.onPause?.(true),
      resume: () => this.server.onPause?.(false),
      closeChannel: (channel) => {
        if (!this.ended) this.server.onCloseChannel?.(channel);
      },
      onData: (listener) => {
        this.listener = listener;
        const waiting = this.waiting.splice(0);
        for (const [channel, data] of waiting) listener(channel, data);
        if (waiting.length > 0) this.server.onPause?.(false);
      },
      closed,
      close: () => this.end(true),
    };
  }

  send(channel: number, data: string): void {
    if (this.ended || data === "") return;
    if (this.listener) this.listener(channel, data);
    else {
      this.waiting.push([channel, data]);
      // A client that is not ready yet holds its command up.
      this.server.onPause?.(true);
    }
  }

  /** What the client sends may come again. */
  drained(): void {
    this.drain();
  }

  end(byClient = false): void {
    if (this.ended) return;
    this.ended = true;
    // A client that waits is let go.
    this.drain();
    this.server.onClose?.();
    if (byClient) this.waiting = [];
    this.resolve();
  }
}

export const queryText = (request: ApiRequest, name: string): string | undefined => {
  const value = request.query?.[name];
  return Array.isArray(value) ? value[0] : value;
};

export const queryList = (request: ApiRequest, name: string): string[] => {
  const value = request.query?.[name];
  return value === undefined ? [] : Array.isArray(value) ? value : [value];
};

export const queryFlag = (request: ApiRequest, name: string): boolean =>
  /^(1|true)$/.test(queryText(request, name) ?? "");
