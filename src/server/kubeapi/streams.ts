import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { StringDecoder } from "node:string_decoder";
import { type WebSocket, WebSocketServer } from "ws";
import type { ApiStream } from "@/workstation/lab/types";

const PROTOCOLS = ["v5.channel.k8s.io", "v4.channel.k8s.io"];

/** A frame carries no more than kubectl itself would send at once. */
const FRAME_LIMIT_BYTES = 4 * 1024 * 1024;

const CLOSE_CHANNEL = 255;
const NORMAL = 1000;

/** kubectl sets its channels up after the connection stands, and drops what comes for one before that. */
const CLIENT_READY_MS = 50;

const sockets = new WebSocketServer({
  noServer: true,
  maxPayload: FRAME_LIMIT_BYTES,
  handleProtocols: (offered) => PROTOCOLS.find((protocol) => offered.has(protocol)) ?? false,
});

/** Whether a client asks for channels over WebSocket that can be given. */
export function wantsChannels(request: IncomingMessage): boolean {
  const offered = String(request.headers["sec-websocket-protocol"] ?? "").split(",");
  return (
    request.headers.upgrade?.toLowerCase() === "websocket" &&
    offered.some((protocol) => PROTOCOLS.includes(protocol.trim()))
  );
}

/** Numbered channels of a stream as frames: the first byte names the channel, 255 closes the one named after it. */
export function serveChannels(request: IncomingMessage, socket: Duplex, head: Buffer, stream: ApiStream): void {
  sockets.handleUpgrade(request, socket, head, (webSocket) => connect(webSocket, stream));
}

function connect(webSocket: WebSocket, stream: ApiStream): void {
  const decoders = new Map<number, StringDecoder>();
  webSocket.on("message", (message: Buffer) => {
    const channel = message[0];
    if (channel === undefined) return;
    if (channel === CLOSE_CHANNEL) {
      if (message[1] !== undefined) stream.closeChannel(message[1]);
      return;
    }
    const decoder = decoders.get(channel) ?? new StringDecoder("utf8");
    decoders.set(channel, decoder);
    const text = decoder.write(message.subarray(1));
    if (text) stream.send(channel, text);
  });
  webSocket.on("close", () => stream.close());
  webSocket.on("error", () => stream.close());
  setTimeout(() => {
    stream.onData((channel, data) => webSocket.send(Buffer.concat([Buffer.from([channel]), Buffer.from(data)])));
    void stream.closed.then(() => webSocket.close(NORMAL));
  }, CLIENT_READY_MS);
}
