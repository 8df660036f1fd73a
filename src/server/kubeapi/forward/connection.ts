import { Duplex } from "node:stream";
import { decodeBytes, encodeBytes } from "@/posix/files/bytes";
import { serveHttp } from "./http";
import type { PodForward } from "./pod-forward";

/** The client's end of one forwarded connection, whatever carries it. */
export interface ClientEnd {
  onData(listener: (bytes: Buffer) => void): void;
  onEnd(listener: () => void): void;
  onReset(listener: () => void): void;
  write(bytes: Uint8Array): void;
  end(): void;
  reset(): void;
}

const HTTP_REQUEST = /^[A-Z]{3,16} \S/;

/** One connection through a forward. `fail` tells the client why there is none. */
export async function forwardConnection(
  forward: PodForward,
  port: number,
  client: ClientEnd,
  fail: (text: string | undefined) => void,
): Promise<void> {
  let tunnel: Duplex | undefined;
  const early: Buffer[] = [];
  let ended = false;
  let gone = false;
  let dialled = false;
  let failed = false;
  // Programs are asked whole requests, so what the client speaks must be known before anything is asked.
  const begin = () => {
    if (!dialled || failed || gone || tunnel) return;
    if (early.length === 0) {
      if (ended) finish();
      return;
    }
    tunnel = duplexOf(client, finish);
    if (HTTP_REQUEST.test(early[0]!.toString("latin1"))) serveHttp(forward, port, tunnel);
    else serveRaw(forward, port, tunnel);
    for (const bytes of early.splice(0)) tunnel.push(bytes);
    if (ended) tunnel.push(null);
  };
  const finish = () => {
    client.end();
    fail(undefined);
  };
  client.onData((bytes) => {
    if (tunnel) tunnel.push(bytes);
    else {
      early.push(bytes);
      begin();
    }
  });
  client.onEnd(() => {
    ended = true;
    if (tunnel) tunnel.push(null);
    else begin();
  });
  client.onReset(() => {
    gone = true;
    tunnel?.destroy();
  });
  const answer = await forward.exchange(port, { kind: "connect" });
  dialled = true;
  const error = answer?.error ?? (answer ? undefined : "lost connection to pod");
  if (error !== undefined) {
    failed = true;
    fail(error);
    client.end();
    return;
  }
  begin();
  void forward.closed.then(() => tunnel?.destroy());
}

/** The connection as Node's own HTTP server wants it. */
function duplexOf(client: ClientEnd, finish: () => void): Duplex {
  return new Duplex({
    allowHalfOpen: true,
    read() {},
    write(chunk: Buffer, _, done) {
      client.write(chunk);
      done();
    },
    final(done) {
      finish();
      done();
    },
    destroy(error, done) {
      finish();
      done(error);
    },
  });
}

/** A text protocol: what comes in one piece is one message, and gets one answer. */
function serveRaw(forward: PodForward, port: number, tunnel: Duplex): void {
  let work = Promise.resolve();
  tunnel.on("data", (bytes: Buffer) => {
    work = work.then(async () => {
      const answer = await forward.exchange(port, { kind: "raw", data: decodeBytes(bytes) });
      const { outcome, raw } = answer?.response ?? { outcome: "reset" };
      if (outcome === "timeout") return;
      if (outcome === "ok" && raw !== undefined) tunnel.write(encodeBytes(raw));
      else if (outcome !== "ok") tunnel.destroy();
    });
  });
  tunnel.on("end", () => void work.then(() => tunnel.end()));
  tunnel.on("error", () => {});
}
