import type { IncomingMessage, ServerResponse } from "node:http";
import { groupVersion } from "@/sim/apiserver/kind";
import { parseResourcePath } from "@/sim/apiserver/path";
import type { ApiRequest } from "@/sim/apiserver/request";
import type { ClusterApi } from "./backend";
import { isUnrouted, plain404, send } from "./responses";

/** As kube-apiserver's. */
const BOOKMARK_MS = 60_000;

/** A client that does not read is dropped once this much waits for it. */
const BACKLOG_LIMIT_BYTES = 16 * 1024 * 1024;

/** A watch as lines of JSON, until the client goes or the server ends it. */
export async function serveWatch(
  cluster: ClusterApi,
  request: ApiRequest,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  let ended = false;
  const write = (event: unknown) => {
    if (ended) return;
    response.write(`${JSON.stringify(event)}\n`);
    if (response.writableLength > BACKLOG_LIMIT_BYTES) response.destroy();
  };
  // Events may come before the headers are out: Node keeps them in order.
  const opened = await cluster.watch(request, {
    onEvent: write,
    onEnd: () => {
      if (!ended) response.end();
    },
  });
  if (!("stop" in opened)) {
    send(response, isUnrouted(opened) ? plain404 : opened);
    return;
  }
  const { kind, apiVersion } = watched(cluster, request);
  const bookmarks = setInterval(() => {
    if (!/^(true|1)$/.test(String(request.query?.allowWatchBookmarks ?? "")) || !kind) return;
    const metadata = { resourceVersion: String(cluster.resourceVersion()), creationTimestamp: null };
    write({ type: "BOOKMARK", object: { kind, apiVersion, metadata } });
  }, BOOKMARK_MS);
  const finish = () => {
    ended = true;
    clearInterval(bookmarks);
    opened.stop();
  };
  response.on("close", finish);
  if (incoming.destroyed && response.destroyed) return finish();
  if (!response.headersSent) {
    response.writeHead(200, { "cache-control": "no-cache, private", "content-type": "application/json" });
    response.flushHeaders();
  }
}

/** Bookmarks name the kind that is watched. */
function watched({ kinds }: ClusterApi, request: ApiRequest): { kind?: string; apiVersion?: string } {
  const path = parseResourcePath(request.path);
  const kind = path && kinds.find(path.group, path.version, path.plural);
  return kind ? { kind: kind.kind, apiVersion: groupVersion(kind) } : {};
}
