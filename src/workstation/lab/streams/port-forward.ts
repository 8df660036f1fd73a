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
  /** What the kubelet says of a connection that the pod refused. */
  error?: string;
}

const refusal = (port: number, podUid: string) =>
  `error forwarding port ${port} to pod ${podUid}, uid : failed to execute portforward in network namespace: failed to connect to localhost:${port} inside namespace, IPv4: dial tcp4 127.0.0.1:${port}: connect: connection refused IPv6 dial tcp6 [::1]:${port}: connect: connection refused `;

/** Forwards exchanges into the pod's network namespace until the pod runs no more. */
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
      if (channel !== DATA) return true;
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
      const { id, port } = request;
      const error = response.outcome === "refused" ? refusal(port, uid) : undefined;
      context.after(response.latencyMs, () =>
        pair.send(DATA, JSON.stringify({ id, response, ...(error && { error }) } satisfies ForwardResponse)),
      );
      return true;
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
