import type { ApiRequest, ApiResponse } from "@/sim/apiserver/request";
import { isProxied } from "@/sim/apiserver/subresources/proxy";
import type { ApiStream, LabApi } from "@/workstation/lab/types";
import type { ClusterApi, WatchListener } from "../kubeapi/backend";

/** What a hosted lab offers to clients that come over HTTP. */
export interface OutsideHost {
  /** The lab that stands at this moment: undo and reset put another in its place. */
  readonly lab: LabApi;
  /** Brings the lab to the present moment. */
  catchUp(): Promise<void>;
  /** A client is about to change something. */
  beforeWrite(request: ApiRequest): void;
  /** Something was done: what is due next, and who must hear of it? */
  afterWork(): void;
  /** Runs, in order, when all that the lab has done so far is on disk. */
  whenKept(run: () => void): void;
}

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

export const isWrite = ({ method, path }: ApiRequest): boolean => !READS.has(method) || isProxied(path);

/**
 * A hosted lab's API server for clients from outside. Nothing is answered before the journal holds what the answer
 * follows from. Watches and streams end with the lab that they were opened in.
 */
export class OutsideApi implements ClusterApi {
  private readonly open = new Set<() => void>();

  constructor(private readonly host: OutsideHost) {}

  get kinds() {
    return this.host.lab.cluster.inside.kinds;
  }

  resourceVersion(): number {
    return this.host.lab.cluster.store.resourceVersion;
  }

  async request(request: ApiRequest): Promise<ApiResponse> {
    await this.host.catchUp();
    if (isWrite(request)) this.host.beforeWrite(request);
    const response = this.host.lab.apply({ kind: "api", request });
    this.host.afterWork();
    await new Promise<void>((resolve) => this.host.whenKept(resolve));
    return response;
  }

  async watch(request: ApiRequest, listener: WatchListener): Promise<ApiResponse | { stop(): void }> {
    await this.host.catchUp();
    const opened = this.host.lab.cluster.watch(request);
    if (!("poll" in opened)) return opened;
    const finish = () => {
      this.open.delete(end);
      this.host.whenKept(() => listener.onEnd());
    };
    const watch = this.host.lab
      .kubeApi()
      .watch(request, (event) => this.host.whenKept(() => listener.onEvent(event)), finish);
    const end = () => {
      watch.stop();
      finish();
    };
    this.open.add(end);
    this.host.afterWork();
    return {
      stop: () => {
        this.open.delete(end);
        watch.stop();
      },
    };
  }

  async connect(request: ApiRequest): Promise<ApiStream> {
    await this.host.catchUp();
    // A log that is followed changes nothing.
    if (!/\/log$/.test(request.path)) this.host.beforeWrite(request);
    const connecting = this.host.lab.kubeApi().connect(request);
    this.host.afterWork();
    return this.kept(await connecting);
  }

  /** The lab makes room for another one, or falls asleep. */
  endAll(): void {
    for (const end of [...this.open]) end();
  }

  /** A stream whose output waits for the journal, and whose input may make something due. */
  private kept(stream: ApiStream): ApiStream {
    const { host, open } = this;
    let ended: () => void = () => {};
    const over = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const end = () => {
      stream.close();
      host.whenKept(ended);
      open.delete(end);
    };
    open.add(end);
    void stream.closed.then(() => {
      open.delete(end);
      host.whenKept(ended);
    });
    const acts =
      <A extends unknown[], R>(act: (...given: A) => R) =>
      (...given: A): R => {
        const result = act(...given);
        host.afterWork();
        return result;
      };
    return {
      send: acts((channel: number, data: string) => stream.send(channel, data)),
      onDrain: (listener) => stream.onDrain(listener),
      closeChannel: acts((channel: number) => stream.closeChannel(channel)),
      onData: (listener) => stream.onData((channel, data) => host.whenKept(() => listener(channel, data))),
      pause: () => stream.pause(),
      resume: acts(() => stream.resume()),
      closed: over,
      close: acts(() => stream.close()),
    };
  }
}
