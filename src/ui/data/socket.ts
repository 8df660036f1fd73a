import { io, type Socket } from "socket.io-client";
import type { Ack, ClientEvents, ServerEvents } from "@/server/realtime/protocol";

export type PodiumSocket = Socket<ServerEvents, ClientEvents>;

let socket: PodiumSocket | undefined;

/** The page's one connection. It reconnects by itself; whoever watches something opens it again on `connect`. */
export function podiumSocket(): PodiumSocket {
  socket ??= io({ transports: ["websocket", "polling"], reconnectionDelay: 300, reconnectionDelayMax: 3_000 });
  return socket;
}

/** Who one is has changed: the next event goes out under the new session. */
export function renewSocket(): void {
  if (socket) socket.disconnect().connect();
}

export class RequestError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const ANSWER_LIMIT_MS = 20_000;

type AskEvent = {
  [E in keyof ClientEvents]: Parameters<ClientEvents[E]> extends [any, Ack<any>] ? E : never;
}[keyof ClientEvents];
type Input<E extends AskEvent> = Parameters<ClientEvents[E]>[0];
type Answer<E extends AskEvent> = Parameters<ClientEvents[E]> extends [any, Ack<infer T>] ? T : never;

/** Sends an event and waits for its acknowledgement. Rejects with `RequestError`. */
export function ask<E extends AskEvent>(event: E, input: Input<E>): Promise<Answer<E>> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new RequestError("timeout", "The server did not answer.")), ANSWER_LIMIT_MS);
    const ack: Ack<Answer<E>> = (answer) => {
      clearTimeout(limit);
      if (answer.ok) resolve(answer.data);
      else reject(new RequestError(answer.error.code, answer.error.message));
    };
    (podiumSocket() as any).emit(event, input, ack);
  });
}
