import type { Component, Sim } from "../../component";
import { isApiDown, isStorageDown } from "../../faults";
import { clone } from "../../kernel/freeze";
import { API_SERVICES } from "../../kinds/api-service/availability";
import type { NetworkResponse } from "../../network/types";
import type { KubeObject } from "../../types";

/** Asks the servers behind this one whether they are there (kube-aggregator, pkg/controllers/status/remote). */

const NAME = "kube-aggregator-availability";
const SYNC_MS = 5;
/** A check that failed is made again after so long. */
const RETRY_MS = 30_000;
const PATIENCE_MS = 5000;

export const apiServiceAvailability: Component = {
  name: NAME,
  onChange(sim, { type, resource, object }) {
    if (resource === API_SERVICES) {
      if (type !== "DELETED" && object.spec.service) check(sim, object.metadata.name);
    } else if (resource === "services" || resource === "endpointslices.discovery.k8s.io") {
      for (const { metadata, spec } of sim.store.list(API_SERVICES))
        if (concerns(spec.service, resource, object)) check(sim, metadata.name);
    }
  },
  onTimer(sim, { key }) {
    const service = sim.store.get(API_SERVICES, undefined, key);
    if (!service?.spec.service || isApiDown(sim) || isStorageDown(sim)) return;
    const found = conditionOf(sim, service);
    write(sim, service, found);
    if (found.reason === "FailedDiscoveryCheck") sim.kernel.schedule(RETRY_MS, NAME, key);
  },
};

const check = (sim: Sim, name: string) => sim.kernel.schedule(SYNC_MS, NAME, name);

function concerns(reference: any, resource: string, { metadata }: KubeObject): boolean {
  if (reference?.namespace !== metadata.namespace) return false;
  return reference.name === (resource === "services" ? metadata.name : metadata.labels?.[SERVICE_NAME]);
}

const SERVICE_NAME = "kubernetes.io/service-name";

interface Found {
  status: "True" | "False";
  reason: string;
  message: string;
}

const failed = (reason: string, message: string): Found => ({ status: "False", reason, message });

function conditionOf(sim: Sim, { spec }: KubeObject): Found {
  const { name, namespace, port } = spec.service;
  const about = `service/${name} in "${namespace}"`;
  const service = sim.store.get("services", namespace, name);
  if (!service) return failed("ServiceNotFound", `${about} is not present`);
  if (service.spec.type === "ClusterIP") {
    const own = service.spec.ports?.find((one: { port: number }) => one.port === port);
    if (!own) return failed("ServicePortError", `${about} is not listening on port ${port}`);
    const slices = sim.store
      .list("endpointslices.discovery.k8s.io", namespace)
      .filter(({ metadata }) => metadata.labels?.[SERVICE_NAME] === name);
    if (slices.length === 0) return failed("EndpointsNotFound", `cannot find endpointslices for ${about}`);
    const portName = own.name ?? "";
    if (!slices.some((slice) => hasAddress(slice, portName)))
      return failed("MissingEndpoints", `endpointslices for ${about} have no addresses with port name "${portName}"`);
  }
  const complaint = discover(sim, service, spec);
  if (complaint) return failed("FailedDiscoveryCheck", complaint);
  return { status: "True", reason: "Passed", message: "all checks passed" };
}

const hasAddress = (slice: any, portName: string): boolean =>
  (slice.endpoints ?? []).some(({ conditions }: any) => conditions?.ready !== false) &&
  (slice.ports ?? []).some((port: any) => (port.name ?? "") === portName && port.port !== undefined);

/** Asks for the list of what it serves; gives the complaint where that fails. */
function discover(sim: Sim, service: KubeObject, spec: KubeObject["spec"]): string | undefined {
  const host = service.spec.clusterIP;
  const path = `/apis/${spec.group}/${spec.version}`;
  const url = `https://${host}:${spec.service.port}${path}`;
  const node = sim.options.nodes.find(({ role }) => role === "control-plane") ?? sim.options.nodes[0]!;
  const response = sim.network.request({
    from: { kind: "node", node: node.name },
    host,
    port: spec.service.port,
    payload: {
      kind: "http",
      http: { method: "GET", path, headers: [["Host", `${host}:${spec.service.port}`]], body: "" },
      tls: {},
    },
  });
  const { http, latencyMs } = response;
  if (!http || latencyMs > PATIENCE_MS)
    return `failing or missing response from ${url}: Get "${url}": ${goError(response, `${host}:${spec.service.port}`)}`;
  if (http.status >= 200 && http.status < 300) return undefined;
  return `failing or missing response from ${url}: bad status from ${url}: ${http.status}`;
}

function goError({ outcome }: NetworkResponse, address: string): string {
  switch (outcome) {
    case "refused":
      return `dial tcp ${address}: connect: connection refused`;
    case "unreachable":
      return `dial tcp ${address}: connect: no route to host`;
    case "tls-not-spoken":
      return "http: server gave HTTP response to HTTPS client";
    case "reset":
      return "read: connection reset by peer";
    case "empty-reply":
      return "EOF";
    default:
      return "net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)";
  }
}

function write(sim: Sim, service: KubeObject, { status, reason, message }: Found): void {
  const conditions: any[] = service.status?.conditions ?? [];
  const old = conditions.find(({ type }) => type === "Available");
  if (old?.status === status && old.reason === reason && old.message === message) return;
  const lastTransitionTime = old?.status === status ? old.lastTransitionTime : sim.kernel.now();
  const condition = { lastTransitionTime, message, reason, status, type: "Available" };
  const draft = clone(service);
  draft.status = { ...draft.status, conditions: [...conditions.filter(({ type }) => type !== "Available"), condition] };
  sim.api("kube-aggregator").updateStatus(API_SERVICES, draft);
}
