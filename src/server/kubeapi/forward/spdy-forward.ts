import type { Duplex } from "node:stream";
import { SpdyConnection, type SpdyStream } from "../spdy/connection";
import { forwardConnection } from "./connection";
import type { PodForward } from "./pod-forward";

export const FORWARD_PROTOCOL = "portforward.k8s.io";

/** As the kubelet's streamCreationTimeout. */
const PAIR_WITHIN_MS = 30_000;
const LAST_PORT = 65_535;

interface Pair {
  data?: SpdyStream;
  error?: SpdyStream;
  timer: NodeJS.Timeout;
}

/** Streams come in pairs, one for the data and one for an error, that share a request's id. */
export function forwardOverSpdy(transport: Duplex, forward: PodForward): void {
  const pairs = new Map<string, Pair>();
  const connection = new SpdyConnection(transport, receive, () => {
    for (const { timer } of pairs.values()) clearTimeout(timer);
    forward.close();
  });
  void forward.closed.then(() => connection.close());

  function receive(stream: SpdyStream): void {
    const { port: portText = "", streamtype: type, requestid: id = "" } = stream.headers;
    const port = Number(portText);
    if ((type !== "data" && type !== "error") || !Number.isInteger(port) || port < 1 || port > LAST_PORT) {
      stream.reset();
      return;
    }
    const pair = pairs.get(id) ?? newPair(id);
    pair[type] ??= stream;
    const { data, error } = pair;
    if (!data || !error) return;
    pairs.delete(id);
    clearTimeout(pair.timer);
    void forwardConnection(forward, port, data, (text) => {
      if (text !== undefined) error.write(Buffer.from(text));
      error.end();
    });
  }

  function newPair(id: string): Pair {
    const pair: Pair = {
      timer: setTimeout(() => {
        pairs.delete(id);
        pair.error?.write(Buffer.from(`(request=${id}) timed out waiting for streams`));
        pair.error?.end();
        pair.data?.reset();
      }, PAIR_WITHIN_MS),
    };
    pairs.set(id, pair);
    return pair;
  }
}
