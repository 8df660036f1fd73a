import { createServer, type IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { failure } from "@/sim/apiserver/status";
import { refuse, refuseUpgrade } from "../kubeapi/refuse";
import type { HostedLab } from "./hosted-lab";

/** The header in which the web process names the lab. Clients cannot set it: what they send under this name is left out. */
export const LAB_HEADER = "x-podium-lab";

const asleep = failure(503, "ServiceUnavailable", "the lab is asleep; try again in a moment");

/** Answers requests to the APIs of a worker's labs, on a socket that only the web process reaches. */
export async function serveLabApis(
  apiSocket: string,
  find: (labId: string) => Promise<HostedLab | undefined>,
): Promise<{ close(): Promise<void> }> {
  const labOf = async (request: IncomingMessage) => {
    const labId = String(request.headers[LAB_HEADER]);
    delete request.headers[LAB_HEADER];
    return (await find(labId))?.kubeApi;
  };
  const server = createServer(async (request, response) => {
    const api = await labOf(request).catch(() => undefined);
    if (api) api.handle(request, response);
    else refuse(response, asleep, RETRY);
  });
  server.on("upgrade", async (request, socket, head) => {
    socket.on("error", () => socket.destroy());
    const api = await labOf(request).catch(() => undefined);
    if (api) api.upgrade(request, socket, head);
    else refuseUpgrade(request, socket, asleep);
  });
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  // Who asks is the web process, which keeps its connections, and limits how long others take.
  server.requestTimeout = 0;
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(apiSocket, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const RETRY = { "retry-after": "1" };
