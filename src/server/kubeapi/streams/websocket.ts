import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import type { ApiStream } from "@/workstation/lab/types";
import { type Carrier, CommandRelay } from "./command";

/** What carries the channels of exec and attach, in the words of apimachinery's `wsstream`: binary, or base64 in text. */
const COMMAND_PROTOCOLS = [
  "v5.channel.k8s.io",
  "v4.channel.k8s.io",
  "v4.base64.channel.k8s.io",
  "channel.k8s.io",
  "base64.channel.k8s.io",
];
export const TUNNEL_PROTOCOL = "SPDY/3.1+portforward.k8s.io";
/** Ports that the query names, two channels each: what clients used before the tunnel. */
export const PORT_PROTOCOLS = ["v4.channel.k8s.io", "v4.base64.channel.k8s.io"];

/** A message carries no more than a client would send at once. */
const FRAME_LIMIT_BYTES = 4 * 1024 * 1024;
/** Less than this may wait when a held up writer goes on. */
const DRAINED_BYTES = 64 * 1024;

const CLOSE_CHANNEL = 255;
const NORMAL = 1000;

/** kubectl sets its channels up after the connection stands, and drops what comes for one before that. */
const CLIENT_READY_MS = 50;

const offered = ({ headers }: IncomingMessage): string[] =>
  String(headers["sec-websocket-protocol"] ?? "")
    .split(",")
    .map((protocol) => protocol.trim())
    .filter(Boolean);

export const isWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === "websocket";

/** The first protocol of the client's that can be given; "" where it names none, undefined where none fits. */
export function chosenProtocol(request: IncomingMessage, known: readonly string[]): string | undefined {
  const wanted = offered(request);
  return wanted.length === 0 ? "" : wanted.find((protocol) => known.includes(protocol));
}

export const commandProtocol = (request: IncomingMessage) => chosenProtocol(request, COMMAND_PROTOCOLS);

/** Answers the handshake. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  protocol: string,
): Promise<WebSocket> {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: FRAME_LIMIT_BYTES,
    handleProtocols: () => protocol || false,
  });
  return new Promise((resolve) => server.handleUpgrade(request, socket, head, resolve));
}

/** Messages of a WebSocket as numbered channels: the first byte (in text: digit) names the channel. */
export class ChannelSocket implements Carrier {
  private readonly base64: boolean;
  private drained: (() => void) | undefined;

  constructor(
    private readonly webSocket: WebSocket,
    events: { receive(channel: number, bytes: Uint8Array): void; end?(channel: number): void; gone(): void },
  ) {
    this.base64 = webSocket.protocol.includes("base64");
    webSocket.on("message", (message: Buffer) => {
      const channel = this.base64 ? message[0]! - 48 : message[0];
      if (channel === undefined) return;
      if (channel === CLOSE_CHANNEL && !this.base64) {
        if (message[1] !== undefined) events.end?.(message[1]);
        return;
      }
      const rest = message.subarray(1);
      events.receive(channel, this.base64 ? Buffer.from(rest.toString("latin1"), "base64") : rest);
    });
    webSocket.on("close", () => events.gone());
    webSocket.on("error", () => events.gone());
  }

  get backlogBytes(): number {
    return this.webSocket.bufferedAmount;
  }

  send(channel: number, bytes: Uint8Array): void {
    if (this.webSocket.readyState !== this.webSocket.OPEN) return;
    const message = this.base64
      ? `${channel}${Buffer.from(bytes).toString("base64")}`
      : Buffer.concat([Buffer.from([channel]), bytes]);
    this.webSocket.send(message, () => {
      if (!this.drained || this.webSocket.bufferedAmount > DRAINED_BYTES) return;
      const { drained } = this;
      this.drained = undefined;
      drained();
    });
  }

  onceDrained(listener: () => void): void {
    this.drained = listener;
  }

  finish(): void {
    this.webSocket.close(NORMAL);
  }

  pause(): void {
    if (this.webSocket.readyState === this.webSocket.OPEN) this.webSocket.pause();
  }

  resume(): void {
    this.webSocket.resume();
  }
}

/** exec and attach over WebSocket. */
export function commandOverWebSocket(webSocket: WebSocket, stream: ApiStream): void {
  let relay!: CommandRelay;
  const carrier = new ChannelSocket(webSocket, {
    receive: (channel, bytes) => relay.receive(channel, bytes),
    end: (channel) => relay.end(channel),
    gone: () => relay.gone(),
  });
  relay = new CommandRelay(stream, carrier);
  setTimeout(() => relay.start(), CLIENT_READY_MS);
}
