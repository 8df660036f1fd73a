import { type IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { failure } from "@/sim/apiserver/status";
import { send, statusAnswer } from "./responses";

/** Answers with the Status of an error. What nobody foresaw is told to the log and not to the client. */
export function refuse(response: ServerResponse, error: unknown, headers: Record<string, string> = {}): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  try {
    send(response, { ...statusAnswer(error), headers });
  } catch (unexpected) {
    console.error(unexpected);
    send(response, statusAnswer(failure(500, "InternalError", "Internal error occurred: unexpected condition")));
  }
}

/** The same where a connection should have been upgraded: it ends. */
export function refuseUpgrade(request: IncomingMessage, socket: Duplex, error: unknown): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket as never);
  response.on("finish", () => socket.end());
  refuse(response, error);
  return response;
}
