import type { KindRegistry } from "@/sim/apiserver/registry";
import type { ApiRequest, ApiResponse, WatchEvent } from "@/sim/apiserver/request";
import type { Lab } from "@/workstation/lab/lab";
import type { ApiStream } from "@/workstation/lab/types";

export interface WatchListener {
  onEvent(event: WatchEvent): void;
  onEnd(): void;
}

/** The cluster behind the wire, wherever it runs. */
export interface ClusterApi {
  readonly kinds: KindRegistry;
  request(request: ApiRequest): Promise<ApiResponse>;
  /** Opens a watch, or gives the response that refuses it. */
  watch(request: ApiRequest, listener: WatchListener): Promise<ApiResponse | { stop(): void }>;
  /** Throws StatusError where the server refuses. */
  connect(request: ApiRequest): Promise<ApiStream>;
  /** The newest resourceVersion, for bookmarks. */
  resourceVersion(): number;
}

/** What lets a lab's time run: brought to the present before each request, and woken when something became due. */
export interface Pace {
  catchUp(): Promise<void>;
  wake(): void;
}

/** A lab in this process. */
export function labCluster(lab: Lab, pace: Pace): ClusterApi {
  return {
    /** Grows with the cluster's CRDs. */
    get kinds() {
      return lab.cluster.inside.kinds;
    },
    async request(request) {
      await pace.catchUp();
      const response = lab.apply({ kind: "api", request });
      pace.wake();
      return response;
    },
    async watch(request, listener) {
      await pace.catchUp();
      const opened = lab.cluster.watch(request);
      if (!("poll" in opened)) return opened;
      const watch = lab.kubeApi().watch(request, listener.onEvent, listener.onEnd);
      pace.wake();
      return watch;
    },
    async connect(request) {
      await pace.catchUp();
      const stream = lab.kubeApi().connect(request);
      pace.wake();
      return wakingStream(await stream, pace);
    },
    resourceVersion: () => lab.cluster.store.resourceVersion,
  };
}

/** What a client types may make something due at once. */
function wakingStream(stream: ApiStream, pace: Pace): ApiStream {
  return {
    ...stream,
    send(channel, data) {
      const more = stream.send(channel, data);
      pace.wake();
      return more;
    },
    closeChannel(channel) {
      stream.closeChannel(channel);
      pace.wake();
    },
    resume() {
      stream.resume();
      pace.wake();
    },
  };
}
