import type { ApiRequest } from "@/sim/apiserver/request";
import { formatLog, podLog } from "@/sim/apiserver/subresources/pods";
import type { LogLine } from "@/sim/runtime";
import type { KubeObject } from "@/sim/types";
import type { ApiStream } from "../types";
import { queryFlag, queryText, type StreamContext, StreamPair } from "./stream";

const STDOUT = 1;

/** `?follow=true`: the log so far, then each line as it comes, until the container has ended. */
export function followLog(context: StreamContext, pod: KubeObject, container: string, request: ApiRequest): ApiStream {
  const ref = { podUid: pod.metadata.uid, container };
  const cluster = () => context.cluster();
  let remove: () => void = () => {};
  const pair = new StreamPair({ onClose: () => remove() });
  const previous = queryFlag(request, "previous");
  pair.send(STDOUT, podLog(cluster().inside, pod, request));
  if (previous || !queryFlag(request, "follow")) {
    pair.end();
    return pair.client;
  }
  let last: LogLine | undefined = cluster().runtime.log(ref)?.at(-1);
  const timestamps = queryText(request, "timestamps");
  const poll = () => {
    const lines = cluster().runtime.log(ref);
    if (lines && lines.at(-1) !== last) {
      // Lines are kept as they are: the last one seen marks the place. A new instance's log begins anew.
      const from = last ? lines.lastIndexOf(last) + 1 : 0;
      last = lines.at(-1);
      pair.send(
        STDOUT,
        formatLog(lines.slice(from), { ...request, query: timestamps ? { timestamps } : {} }, cluster().nowMs),
      );
    }
    if (!cluster().runtime.inspect(ref)) pair.end();
  };
  remove = context.addPoller(poll);
  poll();
  return pair.client;
}
