import { failure } from "@/sim/apiserver/status";
import type { NetworkRequest, NetworkResponse } from "@/sim/network/types";
import type { KubeObject } from "@/sim/types";
import type { ApiStream } from "../types";
import { type StreamContext, StreamPair } from "./stream";

const DATA = 0;
const ERROR = 1;

/** One exchange over a forwarded connection. The network decides exchanges whole, so that is what travels on channel 0. */
export interface ForwardRequest {
  id: number;
  port: number;
  payload: NetworkRequest["payload"];
}

export interface ForwardResponse {
  id: number;
  response: NetworkResponse;
}

/** Forwards exchanges into the pod's network namespace. A refused connection is told on channel 1 as kubectl prints it. */
export function portForward(context: StreamContext, pod: KubeObject): ApiStream {
  const { name, uid } = pod.metadata;
  const namespace = pod.metadata.namespace ?? "default";
  if (pod.status?.phase !== "Running") {
    throw failure(
      400,
      "BadRequest",
      `unable to forward port because pod is not running. Current status=${pod.status?.phase ?? "Pending"}`,
    );
  }
  let remove: () => void = () => {};
  const pair = new StreamPair({
    onData: (channel, data) => {
      if (channel !== DATA) return;
      const request = JSON.parse(data) as ForwardRequest;
      const response = context.apply({
        kind: "network",
        request: {
          from: { kind: "workstation" },
          host: "localhost",
          port: request.port,
          payload: request.payload,
          intoPod: { namespace, pod: name },
        },
      });
      if (response.outcome === "refused") {
        pair.send(
          ERROR,
          `an error occurred forwarding ${request.port} -> ${request.port}: error forwarding port ${request.port} to pod ${uid}, uid : failed to connect to localhost:${request.port} inside namespace "${uid}", IPv4: dial tcp4 127.0.0.1:${request.port}: connect: connection refused`,
        );
      }
      context.after(response.latencyMs, () =>
        pair.send(DATA, JSON.stringify({ id: request.id, response } satisfies ForwardResponse)),
      );
    },
    onClose: () => remove(),
  });
  remove = context.addPoller(() => {
    const now = context.cluster().store.get("pods", namespace, name);
    if (now?.metadata.uid !== uid || now?.status?.phase !== "Running") {
      pair.send(ERROR, "lost connection to pod");
      pair.end();
    }
  });
  return pair.client;
}
