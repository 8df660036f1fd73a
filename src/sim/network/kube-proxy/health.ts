import type { Sim } from "../../component";
import type { OutgoingResponse } from "../../images/program";
import { httpDate } from "../../images/programs/http";
import type { Service } from "../../kinds/types";
import { backendsOf } from "../endpoints";
import type { NetworkRequest } from "../types";
import { type Rules, stopped } from "./rules";

/** What the health check port of a Service says on a node: whether the node has endpoints of its own (KEP-27, kube-proxy's healthcheck package). */
export function healthOf(
  sim: Sim,
  payload: NetworkRequest["payload"],
  rules: Rules,
  service: Service,
  node: string,
): OutgoingResponse {
  if (payload.kind !== "http" || payload.tls) return payload.kind === "connect" ? {} : { reset: true };
  const ports = service.spec.ports ?? [];
  const local = new Set(
    ports.flatMap((port) => backendsOf(rules.slices, service, port, node).map((one) => one.address)),
  );
  const healthy = !stopped(sim).has(node);
  const { namespace, name } = service.metadata;
  const body = `${JSON.stringify({ service: { namespace, name }, localEndpoints: local.size, serviceProxyHealthy: healthy }, undefined, "\t")}\n`;
  return {
    http: {
      status: local.size > 0 && healthy ? 200 : 503,
      headers: [
        ["Content-Type", "application/json"],
        ["X-Content-Type-Options", "nosniff"],
        ["X-Load-Balancing-Endpoint-Weight", String(local.size)],
        ["Date", httpDate(sim.kernel.nowMs)],
        ["Content-Length", String(body.length)],
      ],
      body,
    },
  };
}
