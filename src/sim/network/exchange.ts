import type { Sim } from "../component";
import type { IncomingRequest, OutgoingResponse } from "../images/program";
import type { Pod } from "../kinds/types";
import { podHop } from "./places";
import type { Hop, NetworkRequest, NetworkResponse } from "./types";
import { whyRefused } from "./why";

/** Linux gives up on a SYN after six retries. */
export const CONNECT_TIMEOUT_MS = 134_000;
/** Outgoing connections take a port of Linux's ephemeral range. */
const EPHEMERAL_START = 32_768;
const EPHEMERAL_COUNT = 28_232;

/** What has been decided of a request so far. */
export interface Leg {
  address: string;
  latencyMs: number;
  hops: Hop[];
}

export function failed(outcome: NetworkResponse["outcome"], leg: Leg, why: string): NetworkResponse {
  const latencyMs = outcome === "timeout" ? CONNECT_TIMEOUT_MS : leg.latencyMs;
  return { outcome, latencyMs, address: leg.address, hops: leg.hops, why };
}

/** Offers the request to a pod that packets have reached. `local`: from inside its own network namespace. */
export function exchange(
  sim: Sim,
  request: NetworkRequest,
  pod: Pod,
  port: number,
  client: string,
  leg: Leg,
  local: boolean,
): NetworkResponse {
  const { uid } = pod.metadata;
  const hops = [...leg.hops, podHop(pod)];
  const here = { ...leg, hops };
  const { payload } = request;
  if (payload.kind === "connect") {
    const open = sim.runtime
      .listening(uid)
      .some((item) => item.port === port && (local || !item.address.startsWith("127.")));
    if (!open) return failed("refused", here, whyRefused(sim, pod, port));
    return { outcome: "ok", latencyMs: leg.latencyMs, address: leg.address, hops };
  }
  const incoming: IncomingRequest = {
    port,
    remote: { address: client, port: EPHEMERAL_START + sim.kernel.randomInt(EPHEMERAL_COUNT) },
    ...(payload.kind === "raw" && { raw: payload.data }),
    ...(payload.kind === "dns" && { dns: { name: payload.name, type: payload.type } }),
    ...(payload.kind === "handshake" && {
      tls: payload.serverName === undefined ? {} : { serverName: payload.serverName },
    }),
    ...(payload.kind === "http" && { http: payload.http, ...(payload.tls && { tls: payload.tls }) }),
  };
  const delivered = sim.runtime.deliver(uid, incoming, local);
  if (delivered.outcome === "refused") return failed("refused", here, whyRefused(sim, pod, port));
  return answered(payload, delivered.response, here);
}

/** What the client makes of the server's answer. */
export function answered(payload: NetworkRequest["payload"], response: OutgoingResponse, leg: Leg): NetworkResponse {
  const latencyMs = leg.latencyMs + (response.delayMs ?? 0);
  const base = { latencyMs, address: leg.address, hops: leg.hops };
  const tls = response.tls && { tls: response.tls };
  if (response.reset) return { outcome: "reset", ...base, ...tls, why: "the server broke the connection off" };
  const secure = payload.kind === "handshake" || (payload.kind === "http" && payload.tls !== undefined);
  if (secure && !response.tls) {
    return { outcome: "tls-not-spoken", ...base, why: "the server does not speak TLS on this port" };
  }
  if (payload.kind === "handshake") return { outcome: "ok", ...base, ...tls };
  if (payload.kind === "http") {
    if (!response.http)
      return { outcome: "empty-reply", ...base, ...tls, why: "the server does not speak HTTP on this port" };
    return { outcome: "ok", ...base, ...tls, http: response.http };
  }
  if (payload.kind === "dns")
    return response.dns
      ? { outcome: "ok", ...base, dns: response.dns }
      : { outcome: "timeout", ...base, why: "the server does not speak DNS on this port" };
  return { outcome: "ok", ...base, ...(response.raw !== undefined && { raw: response.raw }) };
}
