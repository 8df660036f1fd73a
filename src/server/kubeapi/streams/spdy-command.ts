import type { Duplex } from "node:stream";
import type { ApiStream } from "@/workstation/lab/types";
import { SpdyConnection, type SpdyStream } from "../spdy/connection";
import { type Carrier, CommandRelay, ERROR, RESIZE, STDERR, STDIN, STDOUT } from "./command";

/** Newest first, as apimachinery's `remotecommand` names them. */
export const COMMAND_VERSIONS = ["v4.channel.k8s.io", "v3.channel.k8s.io", "v2.channel.k8s.io", "channel.k8s.io"];

/** As the kubelet's streamCreationTimeout. */
const STREAMS_WITHIN_MS = 30_000;

const CHANNELS: Record<string, number> = { stdin: STDIN, stdout: STDOUT, stderr: STDERR, error: ERROR, resize: RESIZE };

interface Wanted {
  stdin: boolean;
  stdout: boolean;
  stderr: boolean;
  tty: boolean;
}

/** exec and attach over plain SPDY (kubectl up to 1.29): one stream per channel, opened by the client. */
export function commandOverSpdy(socket: Duplex, version: string, wanted: Wanted, stream: ApiStream): void {
  const resizes = !["v2.channel.k8s.io", "channel.k8s.io"].includes(version);
  const expected = [true, wanted.stdin, wanted.stdout, wanted.stderr && !wanted.tty, wanted.tty && resizes];
  const streams = new Map<number, SpdyStream>();
  const connection = new SpdyConnection(
    socket,
    (opened) => {
      const channel = CHANNELS[opened.headers.streamtype ?? ""];
      if (channel === undefined || streams.has(channel)) {
        opened.reset();
        return;
      }
      streams.set(channel, opened);
      opened.onData((bytes) => relay.receive(channel, bytes));
      if (channel === STDIN) opened.onEnd(() => relay.end(channel));
      if (streams.size < expected.filter(Boolean).length) return;
      clearTimeout(timer);
      relay.start();
    },
    () => {
      clearTimeout(timer);
      relay.gone();
    },
  );
  const carrier: Carrier = {
    send(channel, bytes) {
      const told = channel === ERROR ? errorText(version, bytes) : bytes;
      if (told.length > 0) streams.get(channel)?.write(told);
    },
    finish() {
      for (const each of streams.values()) each.end();
      connection.close();
    },
    get backlogBytes() {
      return connection.backlogBytes;
    },
    onceDrained: (listener) => connection.onceDrained(listener),
    pause: () => connection.pause(),
    resume: () => connection.resume(),
  };
  const relay = new CommandRelay(stream, carrier);
  const timer = setTimeout(() => connection.close(), STREAMS_WITHIN_MS);
}

/** From version 4 on a Status; before that, the text of a failure. */
function errorText(version: string, status: Uint8Array): Uint8Array {
  if (version === COMMAND_VERSIONS[0]) return status;
  const { message, status: outcome } = JSON.parse(Buffer.from(status).toString()) as {
    message?: string;
    status: string;
  };
  return Buffer.from(outcome === "Success" ? "" : (message ?? ""));
}
