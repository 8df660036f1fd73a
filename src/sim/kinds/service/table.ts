import type { Cell, Column } from "../../apiserver/kind";
import { AGE_COLUMN, age, formatLabels, NAME_COLUMN, NONE, shown, wide } from "../printing";
import type { Service } from "../types";

export const serviceColumns: Column[] = [
  NAME_COLUMN,
  shown("Type"),
  shown("Cluster-IP"),
  shown("External-IP"),
  shown("Port(s)"),
  AGE_COLUMN,
  wide("Selector"),
];

/** Addresses of the load balancer, each once and in order: an IP, else a host name. */
function balancerAddresses(service: Service): string[] {
  const ingress = service.status?.loadBalancer?.ingress ?? [];
  return [...new Set(ingress.map(({ ip, hostname }) => ip || hostname || "").filter(Boolean))].sort();
}

export function externalIp(service: Service): string {
  const { type, externalIPs = [], externalName } = service.spec;
  if (type === "ExternalName") return externalName ?? "";
  if (type === "LoadBalancer") return [...balancerAddresses(service), ...externalIPs].join(",") || "<pending>";
  return externalIPs.join(",") || NONE;
}

/** `80:30080/TCP,443/TCP` */
export function formatPorts(ports: Service["spec"]["ports"]): string {
  const texts = (ports ?? []).map(
    ({ port, nodePort, protocol }) => `${port}${nodePort ? `:${nodePort}` : ""}/${protocol}`,
  );
  return texts.join(",") || NONE;
}

export function serviceRow(service: Service, nowMs: number): Cell[] {
  const { metadata, spec } = service;
  return [
    metadata.name,
    spec.type ?? "",
    spec.clusterIPs?.[0] || spec.clusterIP || NONE,
    externalIp(service),
    formatPorts(spec.ports),
    age(metadata.creationTimestamp, nowMs),
    formatLabels(spec.selector as Record<string, string> | undefined),
  ];
}
