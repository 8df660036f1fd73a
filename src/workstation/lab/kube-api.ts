import type { ApiRequest, ApiResponse, WatchEvent } from "@/sim/apiserver/request";
import type { Cluster } from "@/sim/cluster";
import { connectStream } from "./streams/connect";
import type { StreamContext } from "./streams/stream";
import type { ApiStream, KubeApi } from "./types";

/** What one request to the API server takes, and how it grows with what comes back. */
const REQUEST_MS = 3;

export interface KubeApiContext extends StreamContext {
  /** Applies and journals. */
  request(request: ApiRequest): ApiResponse;
  cluster(): Cluster;
  sleep(delayMs: number): Promise<void>;
  /** Watches are polled by the lab each time that the cluster may have moved. */
  addPoller(poll: () => void): () => void;
}

/** The API server as a client on the network sees it. */
export function createKubeApi(context: KubeApiContext): KubeApi {
  return {
    async request(request) {
      const response = context.request(request);
      await context.sleep(REQUEST_MS);
      return response;
    },
    watch: (request, onEvent, onEnd) => startWatch(context, request, onEvent, onEnd),
    async connect(request): Promise<ApiStream> {
      await context.sleep(REQUEST_MS);
      return connectStream(context, request);
    },
  };
}

/** How long a watch is left open without `timeoutSeconds`, as kube-apiserver's --min-request-timeout. */
const WATCH_MS = 1800_000;

function startWatch(
  context: KubeApiContext,
  request: ApiRequest,
  onEvent: (event: WatchEvent) => void,
  onEnd?: (status?: unknown) => void,
) {
  const opened = context.cluster().watch({ ...request, query: { ...request.query, watch: "true" } });
  let stopped = false;
  let remove: () => void = () => {};
  let cancel: () => void = () => {};
  const end = (status?: unknown) => {
    if (stopped) return;
    stop();
    onEnd?.(status);
  };
  const stop = () => {
    stopped = true;
    remove();
    cancel();
  };
  if (!("poll" in opened)) {
    void context.sleep(REQUEST_MS).then(() => end(opened.body));
    return { stop };
  }
  const poll = () => {
    if (stopped) return;
    for (const event of opened.poll()) {
      if (stopped) return;
      onEvent(event);
      if (event.type === "ERROR") {
        end();
        return;
      }
    }
  };
  const timeout = Number(request.query?.timeoutSeconds);
  cancel = context.after(timeout > 0 ? timeout * 1000 : WATCH_MS, () => end());
  void context.sleep(REQUEST_MS).then(() => {
    if (stopped) return;
    remove = context.addPoller(poll);
    poll();
  });
  return { stop };
}
