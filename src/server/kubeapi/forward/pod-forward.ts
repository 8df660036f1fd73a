import type { NetworkRequest } from "@/sim/network/types";
import type { ForwardRequest, ForwardResponse } from "@/workstation/lab/streams/port-forward";
import type { ApiStream } from "@/workstation/lab/types";

/** Exchanges that may be under way in one forward. */
const EXCHANGES_LIMIT = 10_000;

/** The way into one pod's network, for as long as the pod runs. */
export class PodForward {
  private readonly waiting = new Map<number, (response: ForwardResponse | undefined) => void>();
  private nextId = 1;
  /** Keeps its promise when the pod runs no more, or the client has gone. */
  readonly closed: Promise<void>;

  constructor(private readonly stream: ApiStream) {
    stream.onData((channel, data) => {
      if (channel !== 0) return;
      const response = JSON.parse(data) as ForwardResponse;
      const resolve = this.waiting.get(response.id);
      this.waiting.delete(response.id);
      resolve?.(response);
    });
    this.closed = stream.closed.then(() => {
      for (const resolve of this.waiting.values()) resolve(undefined);
      this.waiting.clear();
    });
  }

  /** What came back; undefined where the pod went away in between. */
  exchange(port: number, payload: NetworkRequest["payload"]): Promise<ForwardResponse | undefined> {
    if (this.waiting.size >= EXCHANGES_LIMIT) return Promise.resolve(undefined);
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.stream.send(0, JSON.stringify({ id, port, payload } satisfies ForwardRequest));
    });
  }

  close(): void {
    this.stream.close();
  }
}
