import { Duplex } from "node:stream";
import type { WebSocket } from "ws";
import { badRequest } from "@/sim/apiserver/status";
import { ChannelSocket } from "../streams/websocket";
import { type ClientEnd, forwardConnection } from "./connection";
import type { PodForward } from "./pod-forward";
import { forwardOverSpdy } from "./spdy-forward";

const LAST_PORT = 65_535;
const HIGH_WATER_BYTES = 256 * 1024;

/** SPDY's frames in the messages of a WebSocket: kubectl from 1.31 on. */
export function forwardOverTunnel(webSocket: WebSocket, forward: PodForward): void {
  const transport = new Duplex({
    writableHighWaterMark: HIGH_WATER_BYTES,
    read: () => webSocket.resume(),
    write(chunk: Buffer, _, done) {
      if (webSocket.readyState === webSocket.OPEN) webSocket.send(chunk, (error) => done(error));
      else done();
    },
    final(done) {
      webSocket.close(1000);
      done();
    },
    destroy(error, done) {
      webSocket.terminate();
      done(error);
    },
  });
  transport.on("error", () => {});
  webSocket.on("message", (message: Buffer) => {
    if (!transport.push(message)) webSocket.pause();
  });
  webSocket.on("close", () => {
    transport.push(null);
    transport.destroy();
  });
  webSocket.on("error", () => transport.destroy());
  forwardOverSpdy(transport, forward);
}

/** The ports that a client without SPDY names in its query, as the kubelet reads them. */
export function portsOf(query: string | string[] | undefined): number[] {
  const given = query === undefined ? [] : [query].flat();
  if (given.length === 0) throw badRequest('query parameter "ports" is required');
  return given.flatMap((text) => {
    if (text === "") throw badRequest('query parameter "ports" cannot be empty');
    return text.split(",").map((part) => {
      if (!/^\d+$/.test(part) || Number(part) > LAST_PORT)
        throw badRequest(
          `unable to parse "${text}" as a port: strconv.ParseUint: parsing "${part}": ${/^\d+$/.test(part) ? "value out of range" : "invalid syntax"}`,
        );
      if (Number(part) < 1) throw badRequest(`port "${text}" must be > 0`);
      return Number(part);
    });
  });
}

/** Two channels for each port, one of data and one of errors; each begins with the port's number. */
export function forwardOverChannels(webSocket: WebSocket, ports: number[], forward: PodForward): void {
  const ends = ports.map(() => new ChannelEnd());
  const socket = new ChannelSocket(webSocket, {
    receive: (channel, bytes) => ends[channel / 2]?.receive(Buffer.from(bytes)),
    gone: () => {
      for (const end of ends) end.gone();
      forward.close();
    },
  });
  void forward.closed.then(() => socket.finish());
  let open = ports.length;
  ports.forEach((port, index) => {
    const head = Buffer.from([port & 0xff, port >> 8]);
    const channels = { data: index * 2, error: index * 2 + 1 };
    socket.send(channels.data, head);
    socket.send(channels.error, head);
    const end = ends[index]!;
    let finished = false;
    end.write = (bytes) => socket.send(channels.data, bytes);
    void forwardConnection(forward, port, end, (text) => {
      if (text !== undefined) socket.send(channels.error, Buffer.from(text));
      if (finished) return;
      finished = true;
      open--;
      if (open === 0) socket.finish();
    });
  });
}

class ChannelEnd implements ClientEnd {
  private data: (bytes: Buffer) => void = () => {};
  private reset_: () => void = () => {};

  write: (bytes: Uint8Array) => void = () => {};
  onData(listener: (bytes: Buffer) => void): void {
    this.data = listener;
  }
  onEnd(): void {}
  onReset(listener: () => void): void {
    this.reset_ = listener;
  }
  end(): void {}
  reset(): void {}
  receive(bytes: Buffer): void {
    this.data(bytes);
  }
  gone(): void {
    this.reset_();
  }
}
