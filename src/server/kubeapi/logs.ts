import type { ServerResponse } from "node:http";
import { encodeBytes } from "@/posix/files/bytes";
import type { ApiRequest } from "@/sim/apiserver/request";
import type { ClusterApi } from "./backend";

const STDOUT = 1;

/** A log that is followed, as plain text, until its container ends or the client goes. Throws where it is refused. */
export async function serveLog(cluster: ClusterApi, request: ApiRequest, response: ServerResponse): Promise<void> {
  // The same refusals as without following, before anything is sent.
  const stream = await cluster.connect(request);
  response.writeHead(200, { "cache-control": "no-cache, private", "content-type": "text/plain" });
  response.flushHeaders();
  response.on("close", () => stream.close());
  stream.onData((channel, data) => {
    // Whoever reads slowly makes the container wait, as with a pipe that is full.
    if (channel === STDOUT && !response.write(encodeBytes(data))) stream.pause();
  });
  response.on("drain", () => stream.resume());
  await stream.closed;
  response.end();
}
